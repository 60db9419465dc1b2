/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-index-private.h"

#include "stoker-provider-phrases.h"

#include <gtk/gtk.h>

#include <string.h>

/* How long one slice may take, and after how many jobs it looks at the clock. */
#define SLICE_US 3000
#define JOBS_A_LOOK 256
/* A list view of GTK 4.8 keeps about two hundred rows. They are told in pieces, because each piece
 * is laid out in a frame of its own; what comes after them costs nothing and is told at once. */
#define ROWS_A_PIECE 16
#define ROWS_A_CUT 64
#define ROWS_IN_PIECES 256

void
stoker_job_index_entry_clear (gpointer data)
{
  g_clear_pointer (&((StokerJobIndexEntry *) data)->folded, g_free);
}

/* Matching. */

char *
stoker_job_index_fold (const char *text)
{
  if (text == NULL)
    return g_strdup ("");
  return g_str_is_ascii (text) ? g_ascii_strdown (text, -1) : g_utf8_casefold (text, -1);
}

static char *
fold_job (StokerJob *job)
{
  const char *gpu = stoker_job_get_gpu (job);
  g_autofree char *text =
    g_strconcat (stoker_job_get_name (job) != NULL ? stoker_job_get_name (job) : "", "\n",
                 gpu != NULL ? gpu : "", "\n", stoker_job_get_id (job), NULL);

  return stoker_job_index_fold (text);
}

gboolean
stoker_job_index_matches (StokerJobIndex *self, StokerJobIndexEntry *entry)
{
  if (!stoker_job_filter_has (self->filter, entry->job))
    return FALSE;
  if (self->search == NULL)
    return TRUE;
  if (entry->folded == NULL)
    entry->folded = fold_job (entry->job);
  return strstr (entry->folded, self->search) != NULL ||
         g_hash_table_contains (self->matching_providers, stoker_job_get_provider_id (entry->job));
}

static void
find_matching_providers (StokerJobIndex *self)
{
  GListModel *providers = stoker_workspace_get_providers (self->workspace);

  g_hash_table_remove_all (self->matching_providers);
  for (guint i = 0; self->search != NULL && i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);
      g_autofree char *folded = stoker_job_index_fold (stoker_phrase_provider_name (provider));

      if (strstr (folded, self->search) != NULL)
        g_hash_table_add (self->matching_providers, g_strdup (stoker_provider_get_id (provider)));
    }
}

/* Slices. */

static gboolean slice_cb (gpointer user_data);

/* Below drawing, so that every piece is seen before the next one. */
static void
plan_slice (StokerJobIndex *self)
{
  if (self->slice_id == 0)
    self->slice_id = g_idle_add_full (GDK_PRIORITY_REDRAW + 5, slice_cb, self, NULL);
}

static void
enter (StokerJobIndex *self, StokerJobIndexPhase phase)
{
  self->phase = phase;
  self->position = 0;
  if (phase != PHASE_IDLE && phase != PHASE_SORTING)
    plan_slice (self);
}

static gboolean
is_in_order_of_list (StokerJobIndex *self)
{
  return self->order == STOKER_JOB_ORDER_NEWEST && self->grouping != STOKER_JOB_GROUP_PROVIDER;
}

static void
start_filtering (StokerJobIndex *self)
{
  g_ptr_array_set_size (self->next, 0);
  find_matching_providers (self);
  enter (self, PHASE_FILTERING);
}

static void
sort_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  stoker_job_keys_sort (data, GPOINTER_TO_INT (g_object_get_data (G_OBJECT (task), "descending")));
  g_task_return_boolean (task, TRUE);
}

StokerJobIndexEntry *
stoker_job_index_get_entry (StokerJobIndex *self, guint position)
{
  return &g_array_index (self->entries, StokerJobIndexEntry, position);
}

/* The entries in the order of the keys; texts that were folded stay with their jobs. */
static void
arrange_entries (StokerJobIndex *self, GArray *keys)
{
  g_autoptr (GArray) before = g_steal_pointer (&self->entries);
  g_autoptr (GHashTable) folded = g_hash_table_new (g_direct_hash, g_direct_equal);

  for (guint i = 0; i < before->len; i++)
    {
      StokerJobIndexEntry *entry = &g_array_index (before, StokerJobIndexEntry, i);

      if (entry->folded != NULL)
        g_hash_table_insert (folded, entry->job, g_steal_pointer (&entry->folded));
    }
  self->entries = g_array_sized_new (FALSE, FALSE, sizeof (StokerJobIndexEntry), keys->len);
  g_array_set_clear_func (self->entries, stoker_job_index_entry_clear);
  for (guint i = 0; i < keys->len; i++)
    {
      StokerJobIndexEntry entry = { .job = g_array_index (keys, StokerJobKey, i).job };

      entry.folded = g_hash_table_lookup (folded, entry.job);
      g_array_append_val (self->entries, entry);
    }
}

static void
sorted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  StokerJobIndex *self = STOKER_JOB_INDEX (source);

  if (!g_task_propagate_boolean (G_TASK (result), NULL))
    return;
  g_clear_object (&self->sorting);
  arrange_entries (self, g_task_get_task_data (G_TASK (result)));
  start_filtering (self);
}

static void
start_sorting (StokerJobIndex *self)
{
  g_autoptr (GTask) task = NULL;

  self->sorting = g_cancellable_new ();
  task = g_task_new (self, self->sorting, sorted_cb, NULL);
  g_task_set_task_data (task, g_steal_pointer (&self->keys), (GDestroyNotify) g_array_unref);
  g_object_set_data (G_OBJECT (task), "descending", GINT_TO_POINTER (self->is_descending));
  enter (self, PHASE_SORTING);
  g_task_run_in_thread (task, sort_in_thread);
}

static void
copy_key (StokerJobIndex *self)
{
  StokerJobKey key;

  stoker_job_key_init (&key, self->workspace,
                       stoker_job_index_get_entry (self, self->position)->job, self->order,
                       self->grouping);
  g_array_append_val (self->keys, key);
}

static void
filter_one (StokerJobIndex *self)
{
  StokerJobIndexEntry *entry = stoker_job_index_get_entry (self, self->position);

  if (stoker_job_index_matches (self, entry))
    g_ptr_array_add (self->next, entry->job);
}

/* Does @work with one entry after the other; TRUE when all are done. */
static gboolean
work_through (StokerJobIndex *self, void (*work) (StokerJobIndex *self))
{
  gint64 end_us = g_get_monotonic_time () + SLICE_US;

  while (self->position < self->entries->len)
    {
      work (self);
      self->position++;
      if (self->position % JOBS_A_LOOK == 0 && g_get_monotonic_time () > end_us)
        return FALSE;
    }
  return TRUE;
}

static void
tell_rest (StokerJobIndex *self)
{
  guint position = self->position;
  guint n_removed = self->shown->len - position;
  guint n_added = self->next->len - position;
  GPtrArray *shown = self->shown;

  self->shown = self->next;
  self->next = shown;
  g_ptr_array_set_size (self->next, 0);
  enter (self, PHASE_IDLE);
  if (n_removed > 0 || n_added > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
  stoker_job_index_tell_done (self);
}

/* Rows that stay what they are, are not told. */
static guint
count_same (StokerJobIndex *self, guint limit)
{
  guint position = self->position;

  while (position < limit && self->shown->pdata[position] == self->next->pdata[position])
    position++;
  return position;
}

static void
splice (StokerJobIndex *self, guint n_removed, guint n_added)
{
  GPtrArray *shown = self->shown;
  guint position = self->position;
  guint n_after = shown->len - position - n_removed;

  if (n_added > n_removed)
    g_ptr_array_set_size (shown, (int) (shown->len + n_added - n_removed));
  memmove (shown->pdata + position + n_added, shown->pdata + position + n_removed,
           n_after * sizeof (gpointer));
  memcpy (shown->pdata + position, self->next->pdata + position, n_added * sizeof (gpointer));
  g_ptr_array_set_size (shown, (int) (position + n_added + n_after));
  self->position += n_added;
  plan_slice (self);
  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

/* All that was new is told; what is left of the old goes from its end. */
static void
cut (StokerJobIndex *self)
{
  guint n_before = self->shown->len;
  guint n_kept = n_before > ROWS_IN_PIECES ? ROWS_IN_PIECES : n_before - MIN (n_before, ROWS_A_CUT);

  n_kept = MAX (n_kept, self->next->len);
  g_ptr_array_set_size (self->shown, (int) n_kept);
  plan_slice (self);
  g_list_model_items_changed (G_LIST_MODEL (self), n_kept, n_before - n_kept, 0);
}

/* The next rows take the place of as many, or of all that is left of what was shown. */
static void
tell_piece (StokerJobIndex *self)
{
  guint n_shown;
  guint n_next;

  self->position = count_same (self, MIN (self->shown->len, self->next->len));
  n_shown = self->shown->len - self->position;
  n_next = self->next->len - self->position;
  if (self->position >= ROWS_IN_PIECES || MAX (n_shown, n_next) <= ROWS_A_PIECE)
    tell_rest (self);
  else if (n_next == 0)
    cut (self);
  else
    splice (self, MIN (n_shown, ROWS_A_PIECE), MIN (n_next, ROWS_A_PIECE));
}

static gboolean
slice_cb (gpointer user_data)
{
  StokerJobIndex *self = user_data;

  self->slice_id = 0;
  if (self->phase == PHASE_KEYS && work_through (self, copy_key))
    start_sorting (self);
  else if (self->phase == PHASE_FILTERING && work_through (self, filter_one))
    enter (self, PHASE_TELLING);
  else if (self->phase == PHASE_TELLING)
    tell_piece (self);
  else if (self->phase != PHASE_IDLE && self->phase != PHASE_SORTING)
    plan_slice (self);
  return G_SOURCE_REMOVE;
}

/* Beginning. */

void
stoker_job_index_stop (StokerJobIndex *self)
{
  g_clear_handle_id (&self->slice_id, g_source_remove);
  if (self->sorting != NULL)
    g_cancellable_cancel (self->sorting);
  g_clear_object (&self->sorting);
  g_clear_pointer (&self->keys, g_array_unref);
  self->phase = PHASE_IDLE;
}

static void
read_list (StokerJobIndex *self)
{
  GListModel *jobs = G_LIST_MODEL (self->jobs);
  guint n_jobs = g_list_model_get_n_items (jobs);

  g_array_set_size (self->entries, 0);
  for (guint i = 0; i < n_jobs; i++)
    {
      g_autoptr (StokerJob) job = g_list_model_get_item (jobs, i);
      StokerJobIndexEntry entry = { .job = job };

      g_array_append_val (self->entries, entry);
    }
}

void
stoker_job_index_start_ordering (StokerJobIndex *self)
{
  stoker_job_index_stop (self);
  /* What is equal stays in this order. */
  read_list (self);
  if (is_in_order_of_list (self))
    {
      start_filtering (self);
      return;
    }
  self->keys = g_array_sized_new (FALSE, FALSE, sizeof (StokerJobKey), self->entries->len);
  g_array_set_clear_func (self->keys, (GDestroyNotify) stoker_job_key_clear);
  enter (self, PHASE_KEYS);
}

/* A sorting that is under way goes on and is followed by a filtering anyway. */
void
stoker_job_index_filter_again (StokerJobIndex *self)
{
  if (self->phase == PHASE_KEYS || self->phase == PHASE_SORTING)
    return;
  stoker_job_index_stop (self);
  start_filtering (self);
}

void
stoker_job_index_forget_shown (StokerJobIndex *self)
{
  guint n_before = self->shown->len;

  g_ptr_array_set_size (self->shown, 0);
  if (n_before > 0)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, n_before, 0);
}

/**
 * stoker_job_index_tell_again:
 *
 * Takes all rows away and tells them piece by piece, for a view that is new.
 */
void
stoker_job_index_tell_again (StokerJobIndex *self)
{
  g_return_if_fail (STOKER_IS_JOB_INDEX (self));

  stoker_job_index_forget_shown (self);
  if (self->phase == PHASE_IDLE || self->phase == PHASE_TELLING)
    stoker_job_index_filter_again (self);
}
