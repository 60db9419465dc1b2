/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-candidate-list.h"

#include "stoker-candidate-row.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

/* More than these help nobody to choose; the rest follows on request. */
#define FIRST_CANDIDATES 8
/* So many rows can be made in a frame; who wants to see all has the table of Compare. */
#define MORE_CANDIDATES 12

struct _StokerCandidateList
{
  AdwBin parent_instance;

  StokerAdvice *advice; /* owned, nullable: the one shown */
  GHashTable *rows;     /* owned: key of the candidate → its row, borrowed from the list */
  guint n_wanted;
  int chosen; /* index; -1 none */

  GtkListBox *list;
  GtkButton *more_button;
};

G_DEFINE_FINAL_TYPE (StokerCandidateList, stoker_candidate_list, ADW_TYPE_BIN)

/* A provider can have a plan on the list several times; @seen tells them apart by their order. */
static char *
make_key (const StokerCandidate *candidate, GHashTable *seen)
{
  const StokerPlan *plan = candidate->offer.plan;
  g_autofree char *key = g_strdup_printf ("%s/%s", candidate->id,
                                          plan != NULL ? plan->id : "local");
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (seen, key));

  g_hash_table_insert (seen, g_strdup (key), GUINT_TO_POINTER (count + 1));
  return g_strdup_printf ("%s/%u", key, count);
}

static int
compare_rows (GtkListBoxRow *left, GtkListBoxRow *right, gpointer user_data)
{
  guint left_index = stoker_candidate_row_get_index (STOKER_CANDIDATE_ROW (left));
  guint right_index = stoker_candidate_row_get_index (STOKER_CANDIDATE_ROW (right));

  return (left_index > right_index) - (left_index < right_index);
}

/* The row that showed this candidate before, or a new one. */
static StokerCandidateRow *
take_row (StokerCandidateList *self, GHashTable *kept, const char *key)
{
  StokerCandidateRow *row = NULL;

  if (g_hash_table_lookup_extended (self->rows, key, NULL, (gpointer *) &row))
    {
      g_hash_table_remove (self->rows, key);
    }
  else
    {
      row = STOKER_CANDIDATE_ROW (stoker_candidate_row_new ());
      gtk_list_box_append (self->list, GTK_WIDGET (row));
    }
  g_hash_table_insert (kept, g_strdup (key), row);
  return row;
}

static void
remove_rows (StokerCandidateList *self, GHashTable *rows)
{
  GHashTableIter iter;
  gpointer row = NULL;

  g_hash_table_iter_init (&iter, rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    gtk_list_box_remove (self->list, row);
}

static void
show_more_button (StokerCandidateList *self)
{
  guint count = self->advice->candidates->len;
  guint n_more = MIN (count - MIN (count, self->n_wanted), MORE_CANDIDATES);
  g_autofree char *label =
    g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Show %u More", "Show %u More", n_more), n_more);

  gtk_button_set_label (self->more_button, label);
  gtk_widget_set_visible (GTK_WIDGET (self->more_button), n_more > 0);
}

static void
mark_chosen (StokerCandidateList *self)
{
  GHashTableIter iter;
  gpointer row = NULL;

  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    stoker_candidate_row_set_chosen (row,
                                     (int) stoker_candidate_row_get_index (row) == self->chosen);
}

/* The one that would be run is there, too, however far down it stands. */
static gboolean
is_wanted (StokerCandidateList *self, guint index)
{
  return index < self->n_wanted || (int) index == self->chosen;
}

static void
show_rows (StokerCandidateList *self)
{
  GPtrArray *candidates = self->advice->candidates;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) kept = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  StokerScoreScale scale;
  gint64 now_us = g_get_real_time ();

  stoker_score_scale_init (&scale, self->advice);
  for (guint i = 0; i < candidates->len; i++)
    {
      g_autofree char *key = make_key (g_ptr_array_index (candidates, i), seen);

      if (is_wanted (self, i))
        stoker_candidate_row_show (take_row (self, kept, key), self->advice, i, &scale, now_us);
    }
  remove_rows (self, self->rows);
  g_hash_table_unref (self->rows);
  self->rows = g_steal_pointer (&kept);
  gtk_list_box_invalidate_sort (self->list);
  show_more_button (self);
  mark_chosen (self);
}

static void
show_more_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerCandidateList *self = STOKER_CANDIDATE_LIST (widget);

  self->n_wanted += MORE_CANDIDATES;
  if (self->advice != NULL)
    show_rows (self);
}

static void
stoker_candidate_list_finalize (GObject *object)
{
  StokerCandidateList *self = STOKER_CANDIDATE_LIST (object);

  g_clear_pointer (&self->advice, stoker_advice_unref);
  g_hash_table_unref (self->rows);
  G_OBJECT_CLASS (stoker_candidate_list_parent_class)->finalize (object);
}

static void
stoker_candidate_list_class_init (StokerCandidateListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = stoker_candidate_list_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/advisor/stoker-candidate-list.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerCandidateList, list);
  gtk_widget_class_bind_template_child (widget_class, StokerCandidateList, more_button);
  gtk_widget_class_install_action (widget_class, "candidates.more", NULL, show_more_cb);
}

static void
stoker_candidate_list_init (StokerCandidateList *self)
{
  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->n_wanted = FIRST_CANDIDATES;
  self->chosen = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_sort_func (self->list, compare_rows, NULL, NULL);
}

/**
 * stoker_candidate_list_show:
 * @advice: an advice
 *
 * Shows its candidates.
 */
void
stoker_candidate_list_show (StokerCandidateList *self, StokerAdvice *advice)
{
  g_autoptr (StokerAdvice) previous = NULL;

  g_return_if_fail (STOKER_IS_CANDIDATE_LIST (self));

  previous = g_steal_pointer (&self->advice);
  self->advice = stoker_advice_ref (advice);
  show_rows (self);
  gtk_widget_set_visible (GTK_WIDGET (self), advice->candidates->len > 0);
}

/**
 * stoker_candidate_list_choose:
 * @index: the candidate that would be run; -1 none
 *
 * Marks it, and shows its row even when it stands below those that are shown.
 */
void
stoker_candidate_list_choose (StokerCandidateList *self, int index)
{
  int before = -1;

  g_return_if_fail (STOKER_IS_CANDIDATE_LIST (self));

  before = self->chosen;
  self->chosen = index;
  if (self->advice != NULL && MAX (before, index) >= (int) self->n_wanted)
    show_rows (self);
  mark_chosen (self);
}
