/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-sparkline.h"

#include "stoker-overview-phrases.h"
#include "stoker-ui.h"

#define HEIGHT 24
#define DAY_WIDTH 2
#define LEAST_DAY_WIDTH 1
#define MAX_BAR_WIDTH 10
/* A day without spending is a line of this height, so that the days can be told apart. */
#define FLOOR 1

struct _StokerSparkline
{
  GtkWidget parent_instance;

  double days[STOKER_SUMMARY_MAX_DAYS]; /* 0…1 of the dearest day */
  guint n_days;
};

G_DEFINE_FINAL_TYPE (StokerSparkline, stoker_sparkline, GTK_TYPE_WIDGET)

static void
stoker_sparkline_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  gboolean is_vertical = orientation == GTK_ORIENTATION_VERTICAL;

  *minimum = is_vertical ? HEIGHT : STOKER_SUMMARY_MAX_DAYS * LEAST_DAY_WIDTH;
  *natural = is_vertical ? HEIGHT : STOKER_SUMMARY_MAX_DAYS * DAY_WIDTH;
}

static void
stoker_sparkline_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  StokerSparkline *self = STOKER_SPARKLINE (widget);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  float height = (float) gtk_widget_get_height (widget);
  float step = self->n_days > 0 ? (float) gtk_widget_get_width (widget) / (float) self->n_days : 0;
  float width = MAX (1, MIN (step - 1, MAX_BAR_WIDTH));
  GdkRGBA color;

  step = MIN (step, MAX_BAR_WIDTH + 1);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &color);
  for (guint i = 0; i < self->n_days; i++)
    {
      float bar = MAX (FLOOR, (float) self->days[i] * height);
      float x = step * (float) i;

      if (is_rtl)
        x = (float) gtk_widget_get_width (widget) - x - width;
      gtk_snapshot_append_color (snapshot, &color,
                                 &GRAPHENE_RECT_INIT (x, height - bar, width, bar));
    }
}

static void
stoker_sparkline_class_init (StokerSparklineClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = stoker_sparkline_measure;
  widget_class->snapshot = stoker_sparkline_snapshot;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
  gtk_widget_class_set_css_name (widget_class, "sparkline");
}

static void
stoker_sparkline_init (StokerSparkline *self)
{
}

static double
find_largest (const StokerSpendingSummary *summary)
{
  double largest = 0;

  for (guint i = 0; i < summary->n_days; i++)
    {
      StokerMoney amount = stoker_sum_get_main (&summary->days[i]);

      largest = MAX (largest, amount.is_known ? stoker_money_to_double (amount) : 0);
    }
  return largest;
}

/**
 * stoker_sparkline_set_summary:
 * @summary: (nullable): what was spent
 *
 * Shows the days of a month in their first currency, relative to the dearest of them. The figures
 * are its accessible name and its tooltip. Where nothing was spent there is nothing to see.
 */
void
stoker_sparkline_set_summary (StokerSparkline *self, const StokerSpendingSummary *summary)
{
  double largest = summary != NULL ? find_largest (summary) : 0;
  g_autofree char *words = summary != NULL ? stoker_phrase_days (summary) : g_strdup ("");

  g_return_if_fail (STOKER_IS_SPARKLINE (self));

  self->n_days = summary != NULL ? summary->n_days : 0;
  for (guint i = 0; i < self->n_days; i++)
    {
      StokerMoney amount = stoker_sum_get_main (&summary->days[i]);

      self->days[i] = amount.is_known && largest > 0 ? stoker_money_to_double (amount) / largest
                                                     : 0;
    }
  stoker_ui_set_label (GTK_WIDGET (self), words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), words);
  gtk_widget_set_visible (GTK_WIDGET (self), largest > 0);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
