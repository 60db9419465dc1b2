/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cost-chart.h"

#include "stoker-cost-bar.h"
#include "stoker-cost-row.h"
#include "stoker-phrases.h"
#include "stoker-ui.h"
#include "stoker-wrap-layout.h"

struct _StokerCostChart
{
  AdwBin parent_instance;

  GtkListBox *rows;
  GtkBox *legend;
};

G_DEFINE_FINAL_TYPE (StokerCostChart, stoker_cost_chart, ADW_TYPE_BIN)

static double
find_full_scale (GPtrArray *candidates, guint limit)
{
  double largest = 0;

  for (guint i = 0; i < MIN (limit, candidates->len); i++)
    {
      const StokerCandidate *candidate = g_ptr_array_index (candidates, i);

      if (candidate->estimate != NULL && candidate->estimate->total.is_known)
        largest = MAX (largest, stoker_money_to_double (candidate->estimate->total));
    }
  return largest;
}

static gboolean
has_item (GPtrArray *candidates, guint limit, StokerItemKind kind)
{
  for (guint i = 0; i < MIN (limit, candidates->len); i++)
    {
      const StokerCandidate *candidate = g_ptr_array_index (candidates, i);
      StokerMoney sum = candidate->estimate != NULL
                          ? stoker_estimate_sum (candidate->estimate, kind)
                          : stoker_money_unknown ();

      if (sum.is_known && sum.nanos > 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_to_legend (StokerCostChart *self, StokerItemKind kind)
{
  GtkWidget *entry = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *swatch = g_object_new (GTK_TYPE_BOX, "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
  GtkWidget *label = gtk_label_new (stoker_phrase_item (kind));
  g_autofree char *style_class = g_strdup (stoker_cost_bar_get_color_name (kind));

  g_strdelimit (style_class, "_", '-');
  gtk_widget_add_css_class (swatch, "stoker-swatch");
  gtk_widget_add_css_class (swatch, style_class);
  gtk_widget_set_valign (swatch, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "caption");
  gtk_box_append (GTK_BOX (entry), swatch);
  gtk_box_append (GTK_BOX (entry), label);
  gtk_box_append (self->legend, entry);
}

static void
clear_chart (StokerCostChart *self)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rows))) != NULL)
    gtk_list_box_remove (self->rows, child);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->legend))) != NULL)
    gtk_box_remove (self->legend, child);
}

static void
stoker_cost_chart_class_init (StokerCostChartClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (STOKER_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/chart/stoker-cost-chart.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerCostChart, rows);
  gtk_widget_class_bind_template_child (widget_class, StokerCostChart, legend);
}

static void
stoker_cost_chart_init (StokerCostChart *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_cost_chart_set_advice:
 * @advice: (nullable): whose candidates to draw
 * @limit: the most that are drawn
 */
void
stoker_cost_chart_set_advice (StokerCostChart *self, StokerAdvice *advice, guint limit)
{
  double full_scale = 0;

  g_return_if_fail (STOKER_IS_COST_CHART (self));

  clear_chart (self);
  if (advice == NULL)
    return;
  full_scale = find_full_scale (advice->candidates, limit);
  for (guint i = 0; i < MIN (limit, advice->candidates->len); i++)
    gtk_list_box_append (self->rows, stoker_cost_row_new (g_ptr_array_index (advice->candidates, i),
                                                          full_scale, (int) i == advice->chosen));
  for (int kind = 0; kind < STOKER_N_ITEMS; kind++)
    if (has_item (advice->candidates, limit, kind))
      add_to_legend (self, kind);
}
