/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-list.h"

#include "stoker-job-private.h"

#include <string.h>

/* So many gaps are told one by one; with more of them, the whole list is told as new. */
#define MOST_GAPS 64

struct _StokerJobList
{
  GObject parent_instance;

  GPtrArray *jobs;   /* owned, of StokerJob, newest first */
  GHashTable *by_id; /* owned: borrowed id → borrowed job */
  guint counts[STOKER_N_JOB_STANDINGS];
  GHashTable *live; /* owned: set of borrowed jobs that have not ended */
};

typedef enum {
  PROP_LIST_N_LIVE = 1,
  N_LIST_PROPS,
} StokerJobListProperty;

enum {
  STANDING_CHANGED,
  STATE_CHANGED,
  JOB_CHANGED,
  JOBS_REMOVED,
  N_SIGNALS,
};

static GParamSpec *properties[N_LIST_PROPS];
static guint signals[N_SIGNALS];

static void stoker_job_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StokerJobList,
                               stoker_job_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      stoker_job_list_model_init))

/* Counting. */

static void
count_in (StokerJobList *self, StokerJob *job)
{
  job->counted_as = stoker_job_get_standing (job);
  job->is_counted_live = !stoker_job_state_is_final (job->state);
  self->counts[job->counted_as]++;
  if (job->is_counted_live)
    g_hash_table_add (self->live, job);
}

static void
count_out (StokerJobList *self, StokerJob *job)
{
  self->counts[job->counted_as]--;
  g_hash_table_remove (self->live, job);
}

static void
tell_live (StokerJobList *self, guint n_before)
{
  if (g_hash_table_size (self->live) != n_before)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LIST_N_LIVE]);
}

/*
 * stoker_job_list_count_again:
 * @list: the list the job is in
 * @job: a job whose state or error has changed
 */
void
stoker_job_list_count_again (GObject *list, StokerJob *job)
{
  StokerJobList *self = STOKER_JOB_LIST (list);
  guint n_before = g_hash_table_size (self->live);

  if (job->counted_as == stoker_job_get_standing (job) &&
      job->is_counted_live == !stoker_job_state_is_final (job->state))
    return;
  count_out (self, job);
  count_in (self, job);
  g_signal_emit (self, signals[STANDING_CHANGED], 0, job);
  tell_live (self, n_before);
}

/*
 * stoker_job_list_tell_change:
 * @list: the list the job is in
 * @job: a job of which something but its log has changed
 */
void
stoker_job_list_tell_change (GObject *list, StokerJob *job)
{
  g_autoptr (GObject) kept_list = g_object_ref (list);
  g_autoptr (StokerJob) kept = g_object_ref (job);
  StokerJobState before = job->told_state;

  job->told_state = job->state;
  if (before != job->state)
    g_signal_emit (list, signals[STATE_CHANGED], 0, job, (int) before);
  g_signal_emit (list, signals[JOB_CHANGED], 0, job);
}

/* Keeping. */

static void
take_in (StokerJobList *self, StokerJob *job)
{
  job->list = G_OBJECT (self);
  job->told_state = job->state;
  g_hash_table_insert (self->by_id, job->id, job);
  count_in (self, job);
}

static void
let_go (StokerJobList *self, StokerJob *job)
{
  g_hash_table_remove (self->by_id, job->id);
  count_out (self, job);
  job->list = NULL;
}

/* Where a job of this age belongs: before the first that is not newer. */
static guint
find_place (StokerJobList *self, gint64 created_us)
{
  guint low = 0;
  guint high = self->jobs->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      StokerJob *job = g_ptr_array_index (self->jobs, middle);

      if (job->created_us > created_us)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* Newest first; what is as old is told apart by its id, so that the order never changes. */
static int
compare_ages (gconstpointer a, gconstpointer b)
{
  const StokerJob *first = *(StokerJob *const *) a;
  const StokerJob *second = *(StokerJob *const *) b;

  if (first->created_us != second->created_us)
    return first->created_us > second->created_us ? -1 : 1;
  return strcmp (second->id, first->id);
}

/* The end of the run of jobs to remove that ends before @end; @start gets its beginning. */
static gboolean
find_run (StokerJobList *self, GHashTable *doomed, guint *start, guint *end)
{
  while (*end > 0 && !g_hash_table_contains (doomed, self->jobs->pdata[*end - 1]))
    (*end)--;
  *start = *end;
  while (*start > 0 && g_hash_table_contains (doomed, self->jobs->pdata[*start - 1]))
    (*start)--;
  return *start < *end;
}

static guint
count_runs (StokerJobList *self, GHashTable *doomed)
{
  guint n_runs = 0;
  guint end = self->jobs->len;

  for (guint start = 0; find_run (self, doomed, &start, &end); end = start)
    n_runs++;
  return n_runs;
}

static void
remove_runs (StokerJobList *self, GHashTable *doomed)
{
  guint end = self->jobs->len;

  for (guint start = 0; find_run (self, doomed, &start, &end); end = start)
    {
      g_ptr_array_remove_range (self->jobs, start, end - start);
      g_list_model_items_changed (G_LIST_MODEL (self), start, end - start, 0);
    }
}

static void
keep_others (StokerJobList *self, GHashTable *doomed)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->jobs);

  self->jobs = g_ptr_array_new_full (before->len, g_object_unref);
  for (guint i = 0; i < before->len; i++)
    if (!g_hash_table_contains (doomed, before->pdata[i]))
      g_ptr_array_add (self->jobs, g_object_ref (before->pdata[i]));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, before->len, self->jobs->len);
}

/* The model. */

static GType
stoker_job_list_get_item_type (GListModel *model)
{
  return STOKER_TYPE_JOB;
}

static guint
stoker_job_list_get_n_items (GListModel *model)
{
  return STOKER_JOB_LIST (model)->jobs->len;
}

static gpointer
stoker_job_list_get_item (GListModel *model, guint position)
{
  StokerJobList *self = STOKER_JOB_LIST (model);

  return position < self->jobs->len ? g_object_ref (self->jobs->pdata[position]) : NULL;
}

static void
stoker_job_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = stoker_job_list_get_item_type;
  iface->get_n_items = stoker_job_list_get_n_items;
  iface->get_item = stoker_job_list_get_item;
}

static void
stoker_job_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LIST_N_LIVE)
    g_value_set_uint (value, g_hash_table_size (STOKER_JOB_LIST (object)->live));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_job_list_finalize (GObject *object)
{
  StokerJobList *self = STOKER_JOB_LIST (object);

  for (guint i = 0; i < self->jobs->len; i++)
    ((StokerJob *) self->jobs->pdata[i])->list = NULL;
  g_clear_pointer (&self->live, g_hash_table_unref);
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  G_OBJECT_CLASS (stoker_job_list_parent_class)->finalize (object);
}

static void
stoker_job_list_class_init (StokerJobListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = stoker_job_list_get_property;
  object_class->finalize = stoker_job_list_finalize;

  properties[PROP_LIST_N_LIVE] = g_param_spec_uint ("n-live", NULL, NULL, 0, G_MAXUINT, 0,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS |
                                                      G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_LIST_PROPS, properties);

  signals[STANDING_CHANGED] = g_signal_new ("standing-changed", G_TYPE_FROM_CLASS (klass),
                                            G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                            STOKER_TYPE_JOB);
  signals[STATE_CHANGED] = g_signal_new ("state-changed", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                         STOKER_TYPE_JOB, G_TYPE_INT);
  signals[JOB_CHANGED] = g_signal_new ("job-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, STOKER_TYPE_JOB);
  signals[JOBS_REMOVED] = g_signal_new ("jobs-removed", G_TYPE_FROM_CLASS (klass),
                                        G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                        G_TYPE_HASH_TABLE);
}

static void
stoker_job_list_init (StokerJobList *self)
{
  self->jobs = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->live = g_hash_table_new (g_direct_hash, g_direct_equal);
}

/**
 * stoker_job_list_new:
 *
 * Returns: (transfer full): an empty list
 */
StokerJobList *
stoker_job_list_new (void)
{
  return g_object_new (STOKER_TYPE_JOB_LIST, NULL);
}

/**
 * stoker_job_list_add:
 * @job: a job that is in no list
 *
 * Adds a job at the place of its age.
 */
void
stoker_job_list_add (StokerJobList *self, StokerJob *job)
{
  guint n_before;
  guint place;

  g_return_if_fail (STOKER_IS_JOB_LIST (self) && STOKER_IS_JOB (job) && job->list == NULL);

  n_before = g_hash_table_size (self->live);
  place = find_place (self, job->created_us);
  g_ptr_array_insert (self->jobs, place, g_object_ref (job));
  take_in (self, job);
  g_list_model_items_changed (G_LIST_MODEL (self), place, 0, 1);
  tell_live (self, n_before);
}

/**
 * stoker_job_list_add_all:
 * @jobs: (element-type StokerJob): jobs that are in no list, newest first
 *
 * Adds many jobs: at once to an empty list, else each at the place of its age.
 */
void
stoker_job_list_add_all (StokerJobList *self, GPtrArray *jobs)
{
  g_return_if_fail (STOKER_IS_JOB_LIST (self));

  if (self->jobs->len > 0)
    {
      for (guint i = jobs->len; i > 0; i--)
        stoker_job_list_add (self, jobs->pdata[i - 1]);
      return;
    }
  g_ptr_array_extend (self->jobs, jobs, (GCopyFunc) g_object_ref, NULL);
  for (guint i = 0; i < jobs->len; i++)
    take_in (self, jobs->pdata[i]);
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, self->jobs->len);
  tell_live (self, 0);
}

/**
 * stoker_job_list_remove_all:
 * @jobs: (element-type StokerJob): jobs; those that are not in the list are left out
 *
 * Takes jobs out of the list.
 */
void
stoker_job_list_remove_all (StokerJobList *self, GPtrArray *jobs)
{
  g_autoptr (GHashTable) doomed = g_hash_table_new (g_direct_hash, g_direct_equal);
  guint n_before;

  g_return_if_fail (STOKER_IS_JOB_LIST (self));

  n_before = g_hash_table_size (self->live);
  for (guint i = 0; i < jobs->len; i++)
    if (((StokerJob *) jobs->pdata[i])->list == G_OBJECT (self))
      {
        g_hash_table_add (doomed, jobs->pdata[i]);
        let_go (self, jobs->pdata[i]);
      }
  if (g_hash_table_size (doomed) == 0)
    return;
  g_signal_emit (self, signals[JOBS_REMOVED], 0, doomed);
  if (count_runs (self, doomed) <= MOST_GAPS)
    remove_runs (self, doomed);
  else
    keep_others (self, doomed);
  tell_live (self, n_before);
}

/**
 * stoker_job_list_lookup:
 * @id: (nullable): id of a job
 *
 * Returns: (transfer none) (nullable): the job
 */
StokerJob *
stoker_job_list_lookup (StokerJobList *self, const char *id)
{
  g_return_val_if_fail (STOKER_IS_JOB_LIST (self), NULL);

  return id == NULL ? NULL : g_hash_table_lookup (self->by_id, id);
}

/**
 * stoker_job_list_get_n_live:
 *
 * Returns: how many jobs have not ended
 */
guint
stoker_job_list_get_n_live (StokerJobList *self)
{
  g_return_val_if_fail (STOKER_IS_JOB_LIST (self), 0);

  return g_hash_table_size (self->live);
}

/**
 * stoker_job_list_list_live:
 *
 * Returns: (transfer full) (element-type StokerJob): the jobs that have not ended, newest first
 */
GPtrArray *
stoker_job_list_list_live (StokerJobList *self)
{
  GPtrArray *live = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer job;

  g_return_val_if_fail (STOKER_IS_JOB_LIST (self), live);

  g_hash_table_iter_init (&iter, self->live);
  while (g_hash_table_iter_next (&iter, &job, NULL))
    g_ptr_array_add (live, g_object_ref (job));
  g_ptr_array_sort (live, compare_ages);
  return live;
}

/**
 * stoker_job_list_get_count:
 * @standing: a standing
 *
 * Returns: how many jobs have it
 */
guint
stoker_job_list_get_count (StokerJobList *self, StokerJobStanding standing)
{
  g_return_val_if_fail (STOKER_IS_JOB_LIST (self) && standing < STOKER_N_JOB_STANDINGS, 0);

  return self->counts[standing];
}
