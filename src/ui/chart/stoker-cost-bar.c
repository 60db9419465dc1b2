/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cost-bar.h"

#include "stoker-phrases.h"

#define BAR_HEIGHT 14
#define CORNER 4
/* So that a cent beside a hundred dollars is still seen. */
#define MIN_SEGMENT 2

struct _StokerCostBar
{
  GtkWidget parent_instance;

  StokerEstimate *estimate; /* owned, nullable */
  double full_scale;        /* amount that fills the width */
};

G_DEFINE_FINAL_TYPE (StokerCostBar, stoker_cost_bar, GTK_TYPE_WIDGET)

static double
get_amount (StokerCostBar *self, StokerItemKind kind)
{
  StokerMoney sum = stoker_money_unknown ();

  if (self->estimate == NULL)
    return 0;
  sum = stoker_estimate_sum (self->estimate, kind);
  return sum.is_known ? MAX (0, stoker_money_to_double (sum)) : 0;
}

static double
get_width_of (StokerCostBar *self, StokerItemKind kind, int width)
{
  double amount = get_amount (self, kind);

  if (amount <= 0 || self->full_scale <= 0)
    return 0;
  return MAX (MIN_SEGMENT, amount / self->full_scale * width);
}

static void
look_up_color (StokerCostBar *self, StokerItemKind kind, GdkRGBA *color)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));

  if (!gtk_style_context_lookup_color (context, stoker_cost_bar_get_color_name (kind), color))
    *color = (GdkRGBA){ 0.5f, 0.5f, 0.5f, 1 };
}

static double
get_length (StokerCostBar *self, int width)
{
  double length = 0;

  for (int kind = 0; kind < STOKER_N_ITEMS; kind++)
    length += get_width_of (self, kind, width);
  return MIN (length, width);
}

static void
push_rounded (GtkSnapshot *snapshot, double x, double width)
{
  GskRoundedRect area;

  gsk_rounded_rect_init_from_rect (&area,
                                   &GRAPHENE_RECT_INIT ((float) x, 0, (float) width, BAR_HEIGHT),
                                   CORNER);
  gtk_snapshot_push_rounded_clip (snapshot, &area);
}

static void
draw_segments (StokerCostBar *self, GtkSnapshot *snapshot, int width, gboolean is_rtl)
{
  double x = 0;

  for (int kind = 0; kind < STOKER_N_ITEMS; kind++)
    {
      double segment = get_width_of (self, kind, width);
      double left = is_rtl ? width - x - segment : x;
      GdkRGBA color;

      if (segment <= 0)
        continue;
      look_up_color (self, kind, &color);
      gtk_snapshot_append_color (snapshot, &color,
                                 &GRAPHENE_RECT_INIT ((float) left, 0, (float) segment,
                                                      BAR_HEIGHT));
      x += segment;
    }
}

static void
stoker_cost_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  StokerCostBar *self = STOKER_COST_BAR (widget);
  int width = gtk_widget_get_width (widget);
  double length = get_length (self, width);
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  if (length <= 0)
    return;
  push_rounded (snapshot, is_rtl ? width - length : 0, length);
  draw_segments (self, snapshot, width, is_rtl);
  gtk_snapshot_pop (snapshot);
}

static void
stoker_cost_bar_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? BAR_HEIGHT : 24;
}

static gboolean
stoker_cost_bar_query_tooltip (
  GtkWidget *widget, int x, int y, gboolean is_keyboard, GtkTooltip *tooltip)
{
  StokerCostBar *self = STOKER_COST_BAR (widget);
  int width = gtk_widget_get_width (widget);
  double at = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL ? width - x : x;
  double end = 0;

  for (int kind = 0; kind < STOKER_N_ITEMS && self->estimate != NULL; kind++)
    {
      double segment = get_width_of (self, kind, width);

      end += segment;
      if (segment > 0 && at < end)
        {
          g_autofree char *amount = stoker_phrase_money (
            stoker_estimate_sum (self->estimate, kind));
          g_autofree char *text = g_strdup_printf ("%s: %s", stoker_phrase_item (kind), amount);

          gtk_tooltip_set_text (tooltip, text);
          return TRUE;
        }
    }
  return FALSE;
}

static void
stoker_cost_bar_finalize (GObject *object)
{
  g_clear_pointer (&STOKER_COST_BAR (object)->estimate, stoker_estimate_unref);
  G_OBJECT_CLASS (stoker_cost_bar_parent_class)->finalize (object);
}

static void
stoker_cost_bar_class_init (StokerCostBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = stoker_cost_bar_finalize;
  widget_class->snapshot = stoker_cost_bar_snapshot;
  widget_class->measure = stoker_cost_bar_measure;
  widget_class->query_tooltip = stoker_cost_bar_query_tooltip;
  gtk_widget_class_set_css_name (widget_class, "costbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
stoker_cost_bar_init (StokerCostBar *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

/**
 * stoker_cost_bar_set_estimate:
 * @estimate: (nullable): what to draw
 * @full_scale: the amount that fills the width
 */
void
stoker_cost_bar_set_estimate (StokerCostBar *self, StokerEstimate *estimate, double full_scale)
{
  g_return_if_fail (STOKER_IS_COST_BAR (self));

  g_clear_pointer (&self->estimate, stoker_estimate_unref);
  if (estimate != NULL)
    self->estimate = stoker_estimate_ref (estimate);
  self->full_scale = full_scale;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/**
 * stoker_cost_bar_get_color_name:
 * @kind: a kind of cost
 *
 * Returns: (transfer none): name of its colour in the style sheet; with '-' for '_' also the style
 * class of its swatch
 */
const char *
stoker_cost_bar_get_color_name (StokerItemKind kind)
{
  static const char *const names[STOKER_N_ITEMS] = {
    [STOKER_ITEM_COMPUTE] = "stoker_compute",   [STOKER_ITEM_START] = "stoker_start",
    [STOKER_ITEM_IDLE] = "stoker_idle",         [STOKER_ITEM_STORAGE] = "stoker_storage",
    [STOKER_ITEM_TRANSFER] = "stoker_transfer", [STOKER_ITEM_REDO] = "stoker_redo",
  };

  g_return_val_if_fail ((guint) kind < STOKER_N_ITEMS, names[0]);

  return names[kind];
}
