/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-watch.h"

struct _StokerJobWatch
{
  GObject parent_instance;

  StokerJobList *jobs; /* owned */
  guint n_told;        /* the last n-active that was told */
};

G_DEFINE_FINAL_TYPE (StokerJobWatch, stoker_job_watch, G_TYPE_OBJECT)

typedef enum {
  PROP_N_ACTIVE = 1,
  N_PROPS,
} StokerJobWatchProperty;

enum {
  CHANGED,
  STATE_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
tell_count (StokerJobWatch *self)
{
  guint n_active = stoker_job_list_get_n_live (self->jobs);

  if (n_active == self->n_told)
    return;
  self->n_told = n_active;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ACTIVE]);
}

/* Whoever leaves when the last job has ended does so after all have heard how. */
static void
state_changed_cb (StokerJobWatch *self, StokerJob *job, int before)
{
  g_autoptr (StokerJobWatch) kept = g_object_ref (self);

  g_signal_emit (self, signals[STATE_CHANGED], 0, job, before);
  if (self->jobs != NULL)
    tell_count (self);
}

static void
job_changed_cb (StokerJobWatch *self, StokerJob *job)
{
  g_signal_emit (self, signals[CHANGED], 0, job);
}

static void
jobs_changed_cb (StokerJobWatch *self)
{
  tell_count (self);
  g_signal_emit (self, signals[CHANGED], 0, NULL);
}

static void
stoker_job_watch_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_N_ACTIVE)
    g_value_set_uint (value, stoker_job_watch_get_n_active (STOKER_JOB_WATCH (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_job_watch_dispose (GObject *object)
{
  StokerJobWatch *self = STOKER_JOB_WATCH (object);

  if (self->jobs != NULL)
    g_signal_handlers_disconnect_by_data (self->jobs, self);
  g_clear_object (&self->jobs);
  G_OBJECT_CLASS (stoker_job_watch_parent_class)->dispose (object);
}

static void
stoker_job_watch_class_init (StokerJobWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = stoker_job_watch_get_property;
  object_class->dispose = stoker_job_watch_dispose;

  properties[PROP_N_ACTIVE] = g_param_spec_uint ("n-active", NULL, NULL, 0, G_MAXUINT, 0,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS |
                                                   G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, STOKER_TYPE_JOB);
  signals[STATE_CHANGED] = g_signal_new ("state-changed", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                         STOKER_TYPE_JOB, G_TYPE_INT);
}

static void
stoker_job_watch_init (StokerJobWatch *self)
{
}

/**
 * stoker_job_watch_new:
 * @jobs: a #StokerJobList
 *
 * Returns: (transfer full): a watch over the list and over each job in it
 */
StokerJobWatch *
stoker_job_watch_new (GListModel *jobs)
{
  StokerJobWatch *self = NULL;

  g_return_val_if_fail (STOKER_IS_JOB_LIST (jobs), NULL);

  self = g_object_new (STOKER_TYPE_JOB_WATCH, NULL);
  self->jobs = g_object_ref (STOKER_JOB_LIST (jobs));
  self->n_told = stoker_job_list_get_n_live (self->jobs);
  g_signal_connect_swapped (jobs, "items-changed", G_CALLBACK (jobs_changed_cb), self);
  g_signal_connect_swapped (jobs, "state-changed", G_CALLBACK (state_changed_cb), self);
  g_signal_connect_swapped (jobs, "job-changed", G_CALLBACK (job_changed_cb), self);
  return self;
}

/**
 * stoker_job_watch_get_n_active:
 *
 * Returns: how many jobs have not ended
 */
guint
stoker_job_watch_get_n_active (StokerJobWatch *self)
{
  g_return_val_if_fail (STOKER_IS_JOB_WATCH (self), 0);

  return self->jobs != NULL ? stoker_job_list_get_n_live (self->jobs) : 0;
}

/**
 * stoker_job_watch_get_n_jobs:
 *
 * Returns: how many jobs there are
 */
guint
stoker_job_watch_get_n_jobs (StokerJobWatch *self)
{
  g_return_val_if_fail (STOKER_IS_JOB_WATCH (self), 0);

  return self->jobs != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->jobs)) : 0;
}

/**
 * stoker_job_watch_get_jobs:
 *
 * Returns: (transfer none): the list it looks after
 */
StokerJobList *
stoker_job_watch_get_jobs (StokerJobWatch *self)
{
  g_return_val_if_fail (STOKER_IS_JOB_WATCH (self), NULL);

  return self->jobs;
}
