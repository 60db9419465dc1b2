/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-notable-jobs.h"

/* A month and a day, because days begin at other times elsewhere. */
#define REACH_US (32 * G_TIME_SPAN_DAY)

struct _StokerNotableJobs
{
  GObject parent_instance;

  StokerJobList *jobs; /* owned */
  GHashTable *set;     /* owned, of borrowed jobs */
};

G_DEFINE_FINAL_TYPE (StokerNotableJobs, stoker_notable_jobs, G_TYPE_OBJECT)

static gboolean
is_notable (StokerJob *job, gint64 now_us)
{
  StokerJobState state = stoker_job_get_state (job);

  if (!stoker_job_state_is_final (state))
    return TRUE;
  if (stoker_job_get_ended (job) < now_us - REACH_US)
    return FALSE;
  return state == STOKER_JOB_FAILED || state == STOKER_JOB_LOST ||
         (!stoker_job_get_dry_run (job) && !stoker_job_get_accrued (job).is_known);
}

static void
look_at (StokerNotableJobs *self, StokerJob *job, gint64 now_us)
{
  if (is_notable (job, now_us))
    g_hash_table_add (self->set, job);
  else
    g_hash_table_remove (self->set, job);
}

static void
job_changed_cb (StokerNotableJobs *self, StokerJob *job)
{
  look_at (self, job, g_get_real_time ());
}

static void
jobs_changed_cb (StokerNotableJobs *self, guint position, guint n_removed, guint n_added)
{
  gint64 now_us = g_get_real_time ();

  for (guint i = 0; i < n_added; i++)
    {
      g_autoptr (StokerJob) job = g_list_model_get_item (G_LIST_MODEL (self->jobs), position + i);

      look_at (self, job, now_us);
    }
}

static void
jobs_removed_cb (StokerNotableJobs *self, GHashTable *gone)
{
  GHashTableIter iter;
  gpointer job;

  g_hash_table_iter_init (&iter, gone);
  while (g_hash_table_iter_next (&iter, &job, NULL))
    g_hash_table_remove (self->set, job);
}

static void
stoker_notable_jobs_dispose (GObject *object)
{
  StokerNotableJobs *self = STOKER_NOTABLE_JOBS (object);

  if (self->jobs != NULL)
    g_signal_handlers_disconnect_by_data (self->jobs, self);
  g_hash_table_remove_all (self->set);
  g_clear_object (&self->jobs);
  G_OBJECT_CLASS (stoker_notable_jobs_parent_class)->dispose (object);
}

static void
stoker_notable_jobs_finalize (GObject *object)
{
  g_hash_table_unref (STOKER_NOTABLE_JOBS (object)->set);
  G_OBJECT_CLASS (stoker_notable_jobs_parent_class)->finalize (object);
}

static void
stoker_notable_jobs_class_init (StokerNotableJobsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stoker_notable_jobs_dispose;
  G_OBJECT_CLASS (klass)->finalize = stoker_notable_jobs_finalize;
}

static void
stoker_notable_jobs_init (StokerNotableJobs *self)
{
  self->set = g_hash_table_new (g_direct_hash, g_direct_equal);
}

/**
 * stoker_notable_jobs_new:
 * @jobs: all jobs
 *
 * Returns: (transfer full): the notable ones among them, now and later
 */
StokerNotableJobs *
stoker_notable_jobs_new (StokerJobList *jobs)
{
  StokerNotableJobs *self = g_object_new (STOKER_TYPE_NOTABLE_JOBS, NULL);

  self->jobs = g_object_ref (jobs);
  g_signal_connect_swapped (jobs, "items-changed", G_CALLBACK (jobs_changed_cb), self);
  g_signal_connect_swapped (jobs, "jobs-removed", G_CALLBACK (jobs_removed_cb), self);
  g_signal_connect_swapped (jobs, "job-changed", G_CALLBACK (job_changed_cb), self);
  jobs_changed_cb (self, 0, 0, g_list_model_get_n_items (G_LIST_MODEL (jobs)));
  return self;
}

static int
compare_ages (gconstpointer a, gconstpointer b)
{
  StokerJob *first = *(StokerJob *const *) a;
  StokerJob *second = *(StokerJob *const *) b;
  gint64 first_us = stoker_job_get_created (first);
  gint64 second_us = stoker_job_get_created (second);

  if (first_us != second_us)
    return first_us > second_us ? -1 : 1;
  return g_strcmp0 (stoker_job_get_id (second), stoker_job_get_id (first));
}

/**
 * stoker_notable_jobs_list:
 *
 * Returns: (transfer full) (element-type StokerJob): the notable jobs, newest first
 */
GPtrArray *
stoker_notable_jobs_list (StokerNotableJobs *self)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer job;

  g_return_val_if_fail (STOKER_IS_NOTABLE_JOBS (self), jobs);

  g_hash_table_iter_init (&iter, self->set);
  while (g_hash_table_iter_next (&iter, &job, NULL))
    g_ptr_array_add (jobs, g_object_ref (job));
  g_ptr_array_sort (jobs, compare_ages);
  return jobs;
}
