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
/* Who wants to see all has the table of Compare. */
#define MORE_CANDIDATES 12
/* What is written has to be laid out and drawn, too, so that a frame of 16 ms has time for a row
 * that is new, or for a line below one, or for as many rows as are written anew in so long. */
#define WORK_BUDGET_US 2000
#define FRAME_WORK 2
#define ROW_WORK 2
#define LINE_WORK 2

/* A candidate that is to be seen. */
typedef struct
{
  char *key; /* owned */
  guint index;
} Place;

struct _StokerCandidateList
{
  AdwBin parent_instance;

  StokerAdvice *advice; /* owned, nullable: the one shown */
  StokerScoreScale scale;
  gint64 now_us;
  GArray *places; /* owned, of Place: from the top to the bottom */
  guint n_rows;
  guint n_done;        /* so many places have their row */
  guint filling;       /* tick callback while others have not, or 0 */
  gboolean is_toggled; /* a row was, a moment ago */
  guint n_wanted;
  int chosen; /* index; -1 none */

  GtkListBox *list;
  GtkButton *more_button;
};

G_DEFINE_FINAL_TYPE (StokerCandidateList, stoker_candidate_list, ADW_TYPE_BIN)

static void
clear_place (gpointer place)
{
  g_free (((Place *) place)->key);
}

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

static gboolean
is_current (StokerCandidateList *self, StokerCandidateRow *row)
{
  return stoker_candidate_row_get_advice (row) == self->advice;
}

/* What is still of the advice before comes after what is of this one. */
static int
compare_rows (GtkListBoxRow *left, GtkListBoxRow *right, gpointer user_data)
{
  StokerCandidateList *self = user_data;
  StokerCandidateRow *a = STOKER_CANDIDATE_ROW (left);
  StokerCandidateRow *b = STOKER_CANDIDATE_ROW (right);
  guint left_index = stoker_candidate_row_get_index (a);
  guint right_index = stoker_candidate_row_get_index (b);

  if (is_current (self, a) != is_current (self, b))
    return is_current (self, a) ? -1 : 1;
  return (left_index > right_index) - (left_index < right_index);
}

/* The one that would be run is there, too, however far down it stands. */
static gboolean
is_wanted (StokerCandidateList *self, guint index)
{
  return index < self->n_wanted || (int) index == self->chosen;
}

static void
find_places (StokerCandidateList *self)
{
  GPtrArray *candidates = self->advice->candidates;
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint n_candidates = MIN (candidates->len, MAX (self->n_wanted, (guint) (self->chosen + 1)));

  g_array_set_size (self->places, 0);
  for (guint i = 0; i < n_candidates; i++)
    {
      const Place place = { make_key (candidates->pdata[i], seen), i };

      if (is_wanted (self, i))
        g_array_append_val (self->places, place);
      else
        g_free (place.key);
    }
  self->n_done = 0;
}

/* What may still be done in this frame. */
typedef struct
{
  gint64 until_us;
  int work;
} Budget;

static gboolean
is_over (const Budget *budget)
{
  return budget->work <= 0 || g_get_monotonic_time () >= budget->until_us;
}

static StokerCandidateRow *
get_row (StokerCandidateList *self, guint position)
{
  return (StokerCandidateRow *) gtk_list_box_get_row_at_index (self->list, (int) position);
}

/* Who looks into a candidate, or has the focus on it, keeps it. */
static gboolean
is_kept (StokerCandidateRow *row)
{
  return stoker_candidate_row_is_open (row) ||
         (gtk_widget_get_state_flags (GTK_WIDGET (row)) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

/* A row that comes in between, or goes elsewhere, lets the toolkit look at the styles of all rows
 * after it. So the row that is there already shows whoever stands there now, unless one of both is
 * kept: NULL then, and for a place without a row. */
static StokerCandidateRow *
find_row (StokerCandidateList *self, const char *key)
{
  StokerCandidateRow *there = get_row (self, self->n_done);

  for (GtkWidget *row = (GtkWidget *) there; row != NULL; row = gtk_widget_get_next_sibling (row))
    if (is_kept (STOKER_CANDIDATE_ROW (row)) &&
        g_str_equal (stoker_candidate_row_get_key (STOKER_CANDIDATE_ROW (row)), key))
      return STOKER_CANDIDATE_ROW (row);
  return there != NULL && !is_kept (there) ? there : NULL;
}

/* A row that is new is written before it comes into the list: nobody sees it empty, and nothing is
 * laid out twice. */
static StokerCandidateRow *
show_place (StokerCandidateList *self, const Place *place, Budget *budget)
{
  StokerCandidateRow *row = find_row (self, place->key);
  gboolean is_new = row == NULL;

  if (is_new)
    row = STOKER_CANDIDATE_ROW (stoker_candidate_row_new ());
  if (!is_current (self, row) || stoker_candidate_row_get_index (row) != place->index)
    stoker_candidate_row_show (row, place->key, self->advice, place->index, &self->scale,
                               self->now_us);
  stoker_candidate_row_set_chosen (row, (int) place->index == self->chosen);
  if (is_new)
    {
      gtk_list_box_append (self->list, GTK_WIDGET (row));
      self->n_rows++;
      budget->work -= ROW_WORK;
    }
  if (get_row (self, self->n_done) != row)
    gtk_list_box_invalidate_sort (self->list);
  return row;
}

/* Returns whether all lines are there. */
static gboolean
write_lines (StokerCandidateRow *row, Budget *budget)
{
  while (!is_over (budget))
    {
      if (!stoker_candidate_row_write_line (row))
        return TRUE;
      budget->work -= LINE_WORK;
    }
  return FALSE;
}

/* Those of candidates that are not to be seen any more. Returns whether none is left. */
static gboolean
remove_others (StokerCandidateList *self, const Budget *budget)
{
  while (self->n_rows > self->places->len && !is_over (budget))
    gtk_list_box_remove (self->list, GTK_WIDGET (get_row (self, --self->n_rows)));
  return self->n_rows == self->places->len;
}

/* Gives places their rows, from the top, as long as the frame has time for it. */
static void
show_rows (StokerCandidateList *self, Budget *budget)
{
  while (self->n_done < self->places->len && !is_over (budget))
    {
      const Place *place = &g_array_index (self->places, Place, self->n_done);

      if (write_lines (show_place (self, place, budget), budget))
        self->n_done++;
    }
}

static gboolean
fill_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  StokerCandidateList *self = STOKER_CANDIDATE_LIST (widget);
  Budget budget = { g_get_monotonic_time () + WORK_BUDGET_US, FRAME_WORK };

  /* The style of all that is in the row follows in this frame. */
  if (self->is_toggled)
    {
      self->is_toggled = FALSE;
      return G_SOURCE_CONTINUE;
    }
  show_rows (self, &budget);
  if (self->n_done < self->places->len || !remove_others (self, &budget))
    return G_SOURCE_CONTINUE;
  self->filling = 0;
  return G_SOURCE_REMOVE;
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

/* Lets the next frames show the rows, each as many as it has time for. */
static void
begin_to_fill (StokerCandidateList *self)
{
  find_places (self);
  show_more_button (self);
  if (self->filling == 0)
    self->filling = gtk_widget_add_tick_callback (GTK_WIDGET (self), fill_cb, NULL, NULL);
}

static void
show_more_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerCandidateList *self = STOKER_CANDIDATE_LIST (widget);

  self->n_wanted += MORE_CANDIDATES;
  if (self->advice != NULL)
    begin_to_fill (self);
}

/* A row may still be of the advice before: what counts is the place its candidate has now. */
static void
take_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerCandidateList *self = STOKER_CANDIDATE_LIST (widget);
  const char *key = g_variant_get_string (parameter, NULL);

  for (guint i = 0; i < self->places->len; i++)
    {
      const Place *place = &g_array_index (self->places, Place, i);

      if (!g_str_equal (place->key, key))
        continue;
      gtk_widget_activate_action (widget, "answer.take", "u", place->index);
      return;
    }
}

static void
row_activated_cb (StokerCandidateList *self, StokerCandidateRow *row)
{
  stoker_candidate_row_toggle (row);
  self->is_toggled = TRUE;
  begin_to_fill (self);
}

static void
stoker_candidate_list_finalize (GObject *object)
{
  StokerCandidateList *self = STOKER_CANDIDATE_LIST (object);

  g_clear_pointer (&self->advice, stoker_advice_unref);
  g_array_unref (self->places);
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
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, stoker_ui_leave_list);
  gtk_widget_class_install_action (widget_class, "candidates.more", NULL, show_more_cb);
  gtk_widget_class_install_action (widget_class, "candidates.take", "s", take_cb);
}

static void
stoker_candidate_list_init (StokerCandidateList *self)
{
  self->places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_array_set_clear_func (self->places, clear_place);
  self->n_wanted = FIRST_CANDIDATES;
  self->chosen = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_list_box_set_sort_func (self->list, compare_rows, self, NULL);
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
  self->now_us = g_get_real_time ();
  stoker_score_scale_init (&self->scale, advice);
  begin_to_fill (self);
  gtk_widget_set_visible (GTK_WIDGET (self), advice->candidates->len > 0);
}

static void
mark_chosen (StokerCandidateList *self)
{
  for (guint i = 0; i < self->n_rows; i++)
    {
      StokerCandidateRow *row = get_row (self, i);

      if (is_current (self, row))
        stoker_candidate_row_set_chosen (row, (int) stoker_candidate_row_get_index (row) ==
                                                self->chosen);
    }
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
    begin_to_fill (self);
  mark_chosen (self);
}
