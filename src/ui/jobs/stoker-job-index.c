/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-index.h"

#include "stoker-job-index-private.h"

/* So many gaps are told one by one. */
#define MOST_GAPS 16

enum {
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void stoker_job_index_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StokerJobIndex,
                               stoker_job_index,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      stoker_job_index_model_init))

/**
 * stoker_job_filter_parse:
 * @text: a value of the setting jobs-filter
 *
 * Returns: the filter
 */
StokerJobFilter
stoker_job_filter_parse (const char *text)
{
  static const char *const names[] = { "all", "running", "attention", "done", "failed" };

  for (int i = 0; i < STOKER_N_JOB_FILTERS; i++)
    if (g_str_equal (text, names[i]))
      return i;
  return STOKER_JOB_FILTER_ALL;
}

/**
 * stoker_job_filter_has:
 * @filter: a filter
 * @job: a job
 *
 * Returns: whether the filter lists the job
 */
gboolean
stoker_job_filter_has (StokerJobFilter filter, StokerJob *job)
{
  static const StokerJobStanding standings[] = {
    [STOKER_JOB_FILTER_RUNNING] = STOKER_JOB_IS_RUNNING,
    [STOKER_JOB_FILTER_ATTENTION] = STOKER_JOB_NEEDS_ATTENTION,
    [STOKER_JOB_FILTER_DONE] = STOKER_JOB_IS_DONE,
    [STOKER_JOB_FILTER_FAILED] = STOKER_JOB_HAS_FAILED,
  };

  return filter == STOKER_JOB_FILTER_ALL || stoker_job_get_standing (job) == standings[filter];
}

void
stoker_job_index_tell_done (StokerJobIndex *self)
{
  g_signal_emit (self, signals[DONE], 0);
}

/* Changes of the list. */

static void
show_first (StokerJobIndex *self, StokerJob *job)
{
  if (self->phase != PHASE_IDLE || self->grouping == STOKER_JOB_GROUP_PROVIDER)
    {
      stoker_job_index_start_ordering (self);
      return;
    }
  g_ptr_array_insert (self->shown, 0, job);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
  /* What was the first of its group may be so no more. */
  if (self->grouping != STOKER_JOB_GROUP_NONE && self->shown->len > 1)
    g_list_model_items_changed (G_LIST_MODEL (self), 1, 1, 1);
}

static void
jobs_changed_cb (StokerJobIndex *self, guint position, guint n_removed, guint n_added)
{
  g_autoptr (StokerJob) job = NULL;
  StokerJobIndexEntry entry = { NULL };

  if (n_added == 0)
    return; /* jobs-removed has told. */
  if (n_added != 1 || n_removed != 0 || position != 0 || self->phase != PHASE_IDLE)
    {
      stoker_job_index_start_ordering (self);
      return;
    }
  job = g_list_model_get_item (G_LIST_MODEL (self->jobs), 0);
  entry.job = job;
  g_array_prepend_val (self->entries, entry);
  if (stoker_job_index_matches (self, stoker_job_index_get_entry (self, 0)))
    show_first (self, job);
}

/* Something that was not listed is now of interest; what is listed stays where it is. */
static void
standing_changed_cb (StokerJobIndex *self, StokerJob *job)
{
  guint position = 0;

  if (self->filter == STOKER_JOB_FILTER_ALL || self->phase != PHASE_IDLE ||
      !stoker_job_filter_has (self->filter, job) || stoker_job_index_find (self, job, &position))
    return;
  for (guint i = 0; i < self->entries->len; i++)
    if (stoker_job_index_get_entry (self, i)->job == job &&
        stoker_job_index_matches (self, stoker_job_index_get_entry (self, i)))
      {
        show_first (self, job);
        return;
      }
}

static guint
count_runs (GPtrArray *array, GHashTable *doomed)
{
  gboolean was_doomed = FALSE;
  guint n_runs = 0;

  for (guint i = 0; i < array->len; i++)
    {
      gboolean is_doomed = g_hash_table_contains (doomed, array->pdata[i]);

      n_runs += is_doomed && !was_doomed;
      was_doomed = is_doomed;
    }
  return n_runs;
}

static void
remove_shown (StokerJobIndex *self, GHashTable *doomed)
{
  guint end = self->shown->len;

  while (end > 0)
    {
      guint start = end;

      while (start > 0 && g_hash_table_contains (doomed, self->shown->pdata[start - 1]))
        start--;
      if (start < end)
        {
          g_ptr_array_remove_range (self->shown, start, end - start);
          g_list_model_items_changed (G_LIST_MODEL (self), start, end - start, 0);
        }
      end = start > 0 ? start - 1 : 0;
    }
}

static void
remove_all_shown (StokerJobIndex *self, GHashTable *doomed)
{
  guint n_before = self->shown->len;
  guint n_kept = 0;

  for (guint i = 0; i < n_before; i++)
    if (!g_hash_table_contains (doomed, self->shown->pdata[i]))
      self->shown->pdata[n_kept++] = self->shown->pdata[i];
  g_ptr_array_set_size (self->shown, (int) n_kept);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, n_kept);
}

static void
jobs_removed_cb (StokerJobIndex *self, GHashTable *doomed)
{
  gboolean was_busy = self->phase != PHASE_IDLE;
  guint n_kept = 0;

  stoker_job_index_stop (self);
  for (guint i = 0; i < self->entries->len; i++)
    {
      StokerJobIndexEntry *entry = stoker_job_index_get_entry (self, i);

      if (g_hash_table_contains (doomed, entry->job))
        g_clear_pointer (&entry->folded, g_free);
      else
        {
          StokerJobIndexEntry kept = *entry;

          entry->folded = NULL;
          *stoker_job_index_get_entry (self, n_kept++) = kept;
        }
    }
  g_array_set_size (self->entries, n_kept);
  if (count_runs (self->shown, doomed) <= MOST_GAPS)
    remove_shown (self, doomed);
  else
    remove_all_shown (self, doomed);
  if (was_busy)
    stoker_job_index_start_ordering (self);
  else
    stoker_job_index_tell_done (self);
}

/* The model. */

static GType
stoker_job_index_get_item_type (GListModel *model)
{
  return STOKER_TYPE_JOB;
}

static guint
stoker_job_index_get_n_items (GListModel *model)
{
  return STOKER_JOB_INDEX (model)->shown->len;
}

static gpointer
stoker_job_index_get_item (GListModel *model, guint position)
{
  StokerJobIndex *self = STOKER_JOB_INDEX (model);

  return position < self->shown->len ? g_object_ref (self->shown->pdata[position]) : NULL;
}

static void
stoker_job_index_model_init (GListModelInterface *iface)
{
  iface->get_item_type = stoker_job_index_get_item_type;
  iface->get_n_items = stoker_job_index_get_n_items;
  iface->get_item = stoker_job_index_get_item;
}

static void
stoker_job_index_dispose (GObject *object)
{
  StokerJobIndex *self = STOKER_JOB_INDEX (object);

  stoker_job_index_stop (self);
  for (gsize i = 0; i < G_N_ELEMENTS (self->handlers); i++)
    g_clear_signal_handler (&self->handlers[i], self->jobs);
  g_clear_object (&self->jobs);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (stoker_job_index_parent_class)->dispose (object);
}

static void
stoker_job_index_finalize (GObject *object)
{
  StokerJobIndex *self = STOKER_JOB_INDEX (object);

  g_array_unref (self->entries);
  g_ptr_array_unref (self->shown);
  g_ptr_array_unref (self->next);
  g_hash_table_unref (self->matching_providers);
  g_free (self->search);
  G_OBJECT_CLASS (stoker_job_index_parent_class)->finalize (object);
}

static void
stoker_job_index_class_init (StokerJobIndexClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = stoker_job_index_dispose;
  object_class->finalize = stoker_job_index_finalize;
  signals[DONE] = g_signal_new ("done", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
stoker_job_index_init (StokerJobIndex *self)
{
  self->entries = g_array_new (FALSE, FALSE, sizeof (StokerJobIndexEntry));
  g_array_set_clear_func (self->entries, stoker_job_index_entry_clear);
  self->shown = g_ptr_array_new ();
  self->next = g_ptr_array_new ();
  self->matching_providers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * stoker_job_index_new:
 * @workspace: the workspace
 *
 * Returns: (transfer full): an index of its jobs, newest first, that begins to work
 */
StokerJobIndex *
stoker_job_index_new (StokerWorkspace *workspace)
{
  StokerJobIndex *self = g_object_new (STOKER_TYPE_JOB_INDEX, NULL);

  self->workspace = g_object_ref (workspace);
  self->jobs = g_object_ref (STOKER_JOB_LIST (stoker_workspace_get_jobs (workspace)));
  self->handlers[0] = g_signal_connect_swapped (self->jobs, "items-changed",
                                                G_CALLBACK (jobs_changed_cb), self);
  self->handlers[1] = g_signal_connect_swapped (self->jobs, "jobs-removed",
                                                G_CALLBACK (jobs_removed_cb), self);
  self->handlers[2] = g_signal_connect_swapped (self->jobs, "standing-changed",
                                                G_CALLBACK (standing_changed_cb), self);
  stoker_job_index_start_ordering (self);
  return self;
}

/**
 * stoker_job_index_set_filter:
 * @filter: which jobs are listed
 */
void
stoker_job_index_set_filter (StokerJobIndex *self, StokerJobFilter filter)
{
  g_return_if_fail (STOKER_IS_JOB_INDEX (self));

  self->filter = filter;
  stoker_job_index_filter_again (self);
}

/**
 * stoker_job_index_set_search:
 * @text: (nullable): what name, GPU, id or provider have in them
 */
void
stoker_job_index_set_search (StokerJobIndex *self, const char *text)
{
  g_return_if_fail (STOKER_IS_JOB_INDEX (self));

  g_clear_pointer (&self->search, g_free);
  if (text != NULL && *text != '\0')
    self->search = stoker_job_index_fold (text);
  stoker_job_index_filter_again (self);
}

/**
 * stoker_job_index_set_order:
 * @order: what is compared
 * @is_descending: whether the largest come first
 */
void
stoker_job_index_set_order (StokerJobIndex *self, StokerJobOrder order, gboolean is_descending)
{
  g_return_if_fail (STOKER_IS_JOB_INDEX (self));

  self->order = order;
  self->is_descending = is_descending;
  stoker_job_index_start_ordering (self);
}

/**
 * stoker_job_index_set_grouping:
 * @grouping: how jobs are grouped
 */
void
stoker_job_index_set_grouping (StokerJobIndex *self, StokerJobGrouping grouping)
{
  g_return_if_fail (STOKER_IS_JOB_INDEX (self));

  if (self->grouping == grouping)
    return;
  self->grouping = grouping;
  /* Rows that stay where they are begin other groups now. */
  stoker_job_index_stop (self);
  stoker_job_index_forget_shown (self);
  stoker_job_index_start_ordering (self);
}

/**
 * stoker_job_index_get_grouping:
 *
 * Returns: how jobs are grouped
 */
StokerJobGrouping
stoker_job_index_get_grouping (StokerJobIndex *self)
{
  g_return_val_if_fail (STOKER_IS_JOB_INDEX (self), STOKER_JOB_GROUP_NONE);

  return self->grouping;
}

/**
 * stoker_job_index_sort_again:
 *
 * Puts jobs that have changed where they belong.
 */
void
stoker_job_index_sort_again (StokerJobIndex *self)
{
  g_return_if_fail (STOKER_IS_JOB_INDEX (self));

  stoker_job_index_start_ordering (self);
}

/**
 * stoker_job_index_is_busy:
 *
 * Returns: whether the answer is not complete yet
 */
gboolean
stoker_job_index_is_busy (StokerJobIndex *self)
{
  g_return_val_if_fail (STOKER_IS_JOB_INDEX (self), FALSE);

  return self->phase != PHASE_IDLE;
}

/**
 * stoker_job_index_starts_group:
 * @position: a position
 *
 * Returns: whether the job there is the first of its group
 */
gboolean
stoker_job_index_starts_group (StokerJobIndex *self, guint position)
{
  StokerJob *job = NULL;
  StokerJob *before = NULL;

  g_return_val_if_fail (STOKER_IS_JOB_INDEX (self), FALSE);

  if (self->grouping == STOKER_JOB_GROUP_NONE || position >= self->shown->len)
    return FALSE;
  if (position == 0)
    return TRUE;
  job = self->shown->pdata[position];
  before = self->shown->pdata[position - 1];
  if (self->grouping == STOKER_JOB_GROUP_DAY)
    return stoker_job_local_day (job) != stoker_job_local_day (before);
  return g_strcmp0 (stoker_job_get_provider_id (job), stoker_job_get_provider_id (before)) != 0;
}

/**
 * stoker_job_index_find:
 * @job: (nullable): a job
 * @position: (out): where it is
 *
 * Returns: whether it is listed
 */
gboolean
stoker_job_index_find (StokerJobIndex *self, StokerJob *job, guint *position)
{
  g_return_val_if_fail (STOKER_IS_JOB_INDEX (self), FALSE);

  return job != NULL && g_ptr_array_find (self->shown, job, position);
}
