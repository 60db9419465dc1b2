/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cost-row.h"

#include "stoker-advice-phrases.h"
#include "stoker-cost-bar.h"
#include "stoker-phrases.h"
#include "stoker-ui.h"
#include "stoker-wrap-layout.h"

#include <glib/gi18n-lib.h>

struct _StokerCostRow
{
  GtkListBoxRow parent_instance;

  GtkLabel *name_label;
  GtkLabel *facts_label;
  GtkLabel *total_label;
  GtkImage *chosen_image;
  StokerCostBar *bar;
};

G_DEFINE_FINAL_TYPE (StokerCostRow, stoker_cost_row, GTK_TYPE_LIST_BOX_ROW)

static void
stoker_cost_row_class_init (StokerCostRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (STOKER_TYPE_COST_BAR);
  g_type_ensure (STOKER_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               STOKER_UI_RESOURCE_PATH "/chart/stoker-cost-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerCostRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, StokerCostRow, facts_label);
  gtk_widget_class_bind_template_child (widget_class, StokerCostRow, total_label);
  gtk_widget_class_bind_template_child (widget_class, StokerCostRow, chosen_image);
  gtk_widget_class_bind_template_child (widget_class, StokerCostRow, bar);
}

static void
stoker_cost_row_init (StokerCostRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_cost_row_describe:
 * @candidate: an offer that could do it
 *
 * Returns: (transfer full): the bar in words: "RunPod · Pod: $0.14, of it Compute $0.13, Start-up
 * $0.01"
 */
char *
stoker_cost_row_describe (const StokerCandidate *candidate)
{
  g_autofree char *name = stoker_phrase_candidate (candidate);
  g_autofree char *total = stoker_phrase_estimate (candidate->estimate);
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean has_item = FALSE;

  g_string_printf (text, "%s: %s", name, total);
  for (int kind = 0; kind < STOKER_N_ITEMS && candidate->estimate != NULL; kind++)
    {
      StokerMoney sum = stoker_estimate_sum (candidate->estimate, kind);
      g_autofree char *amount = NULL;

      if (!sum.is_known || sum.nanos == 0)
        continue;
      amount = stoker_money_format (sum);
      g_string_append_printf (text, has_item ? ", %s %s" : _ (", of it %s %s"),
                              stoker_phrase_item (kind), amount);
      has_item = TRUE;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * stoker_cost_row_new:
 * @candidate: an offer that could do it
 * @full_scale: the amount that fills the width
 * @is_chosen: whether it is the advisor's choice
 *
 * Returns: (transfer floating): its row
 */
GtkWidget *
stoker_cost_row_new (const StokerCandidate *candidate, double full_scale, gboolean is_chosen)
{
  StokerCostRow *self = g_object_new (STOKER_TYPE_COST_ROW, NULL);
  StokerEstimate *estimate = candidate->estimate;
  g_autofree char *name = stoker_phrase_candidate (candidate);
  g_autofree char *facts = stoker_phrase_candidate_facts (candidate);
  g_autofree char *words = stoker_cost_row_describe (candidate);
  g_autofree char *total = stoker_phrase_estimate (estimate);

  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->facts_label, facts);
  gtk_label_set_label (self->total_label, total);
  gtk_widget_set_visible (GTK_WIDGET (self->chosen_image), is_chosen);
  stoker_cost_bar_set_estimate (self->bar, estimate, full_scale);
  stoker_ui_set_label (GTK_WIDGET (self), words);
  return GTK_WIDGET (self);
}
