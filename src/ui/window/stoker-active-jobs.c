/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-active-jobs.h"

#include "stoker-job.h"

struct _StokerActiveJobs
{
  GObject parent_instance;

  GListModel *jobs;   /* owned */
  GPtrArray *watched; /* owned, of StokerJob */
  guint count;
};

G_DEFINE_FINAL_TYPE (StokerActiveJobs, stoker_active_jobs, G_TYPE_OBJECT)

typedef enum {
  PROP_COUNT = 1,
  N_PROPS,
} StokerActiveJobsProperty;

static GParamSpec *properties[N_PROPS];

static void
recount (StokerActiveJobs *self)
{
  guint count = 0;

  for (guint i = 0; i < self->watched->len; i++)
    count += !stoker_job_state_is_final (
      stoker_job_get_state (g_ptr_array_index (self->watched, i)));
  if (count == self->count)
    return;
  self->count = count;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
}

static void
forget_jobs (StokerActiveJobs *self)
{
  for (guint i = 0; i < self->watched->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->watched, i), self);
  g_ptr_array_set_size (self->watched, 0);
}

static void
jobs_changed_cb (StokerActiveJobs *self)
{
  guint n_jobs = g_list_model_get_n_items (self->jobs);

  forget_jobs (self);
  for (guint i = 0; i < n_jobs; i++)
    {
      StokerJob *job = g_list_model_get_item (self->jobs, i);

      g_signal_connect_swapped (job, "notify::state", G_CALLBACK (recount), self);
      g_ptr_array_add (self->watched, job);
    }
  recount (self);
}

static void
stoker_active_jobs_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_COUNT)
    g_value_set_uint (value, STOKER_ACTIVE_JOBS (object)->count);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_active_jobs_dispose (GObject *object)
{
  StokerActiveJobs *self = STOKER_ACTIVE_JOBS (object);

  forget_jobs (self);
  if (self->jobs != NULL)
    g_signal_handlers_disconnect_by_data (self->jobs, self);
  g_clear_object (&self->jobs);
  G_OBJECT_CLASS (stoker_active_jobs_parent_class)->dispose (object);
}

static void
stoker_active_jobs_finalize (GObject *object)
{
  g_ptr_array_unref (STOKER_ACTIVE_JOBS (object)->watched);
  G_OBJECT_CLASS (stoker_active_jobs_parent_class)->finalize (object);
}

static void
stoker_active_jobs_class_init (StokerActiveJobsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = stoker_active_jobs_get_property;
  object_class->dispose = stoker_active_jobs_dispose;
  object_class->finalize = stoker_active_jobs_finalize;

  properties[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0,
                                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stoker_active_jobs_init (StokerActiveJobs *self)
{
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * stoker_active_jobs_new:
 * @jobs: a list of #StokerJob
 *
 * Returns: (transfer full): a counter that follows the list and the state of each job in it
 */
StokerActiveJobs *
stoker_active_jobs_new (GListModel *jobs)
{
  StokerActiveJobs *self = g_object_new (STOKER_TYPE_ACTIVE_JOBS, NULL);

  self->jobs = g_object_ref (jobs);
  g_signal_connect_swapped (jobs, "items-changed", G_CALLBACK (jobs_changed_cb), self);
  jobs_changed_cb (self);
  return self;
}

/**
 * stoker_active_jobs_get_count:
 *
 * Returns: how many jobs have not ended
 */
guint
stoker_active_jobs_get_count (StokerActiveJobs *self)
{
  g_return_val_if_fail (STOKER_IS_ACTIVE_JOBS (self), 0);

  return self->count;
}
