/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-watch.h"

/* A job with the state it was last seen in. */
typedef struct
{
  StokerJobWatch *watch; /* borrowed: owns us */
  StokerJob *job;        /* owned */
  StokerJobState state;
  gulong handler;
} Watched;

struct _StokerJobWatch
{
  GObject parent_instance;

  GListModel *jobs;   /* owned */
  GPtrArray *watched; /* owned, of Watched, in the order of the list */
  guint n_active;
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
count (StokerJobWatch *self, StokerJobState state, int step)
{
  if (stoker_job_state_is_final (state))
    return;
  self->n_active += (guint) step;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ACTIVE]);
}

static void
watched_free (gpointer data)
{
  Watched *watched = data;

  g_clear_signal_handler (&watched->handler, watched->job);
  g_object_unref (watched->job);
  g_free (watched);
}

static void
take_state (StokerJobWatch *self, Watched *watched)
{
  StokerJobState before = watched->state;
  StokerJobState state = stoker_job_get_state (watched->job);

  if (state == before)
    return;
  watched->state = state;
  /* Whoever leaves when the last job has ended does so after all have heard how. */
  g_object_freeze_notify (G_OBJECT (self));
  count (self, before, -1);
  count (self, state, 1);
  g_signal_emit (self, signals[STATE_CHANGED], 0, watched->job, (int) before);
  g_object_thaw_notify (G_OBJECT (self));
}

static void
job_notified_cb (StokerJob *job, GParamSpec *pspec, Watched *watched)
{
  g_autoptr (StokerJobWatch) self = NULL;
  g_autoptr (StokerJob) kept = NULL;

  /* A log grows line by line, and nobody counts lines here. */
  if (g_str_equal (pspec->name, "log"))
    return;
  self = g_object_ref (watched->watch);
  kept = g_object_ref (job);
  if (g_str_equal (pspec->name, "state"))
    take_state (self, watched);
  g_signal_emit (self, signals[CHANGED], 0, kept);
}

static Watched *
watch_job (StokerJobWatch *self, guint position)
{
  Watched *watched = g_new0 (Watched, 1);

  watched->watch = self;
  watched->job = g_list_model_get_item (self->jobs, position);
  watched->state = stoker_job_get_state (watched->job);
  watched->handler = g_signal_connect (watched->job, "notify", G_CALLBACK (job_notified_cb),
                                       watched);
  return watched;
}

static void
jobs_changed_cb (StokerJobWatch *self, guint position, guint removed, guint added)
{
  g_object_freeze_notify (G_OBJECT (self));
  for (guint i = 0; i < removed; i++)
    count (self, ((Watched *) self->watched->pdata[position + i])->state, -1);
  if (removed > 0)
    g_ptr_array_remove_range (self->watched, position, removed);
  for (guint i = 0; i < added; i++)
    {
      Watched *watched = watch_job (self, position + i);

      g_ptr_array_insert (self->watched, (int) (position + i), watched);
      count (self, watched->state, 1);
    }
  g_object_thaw_notify (G_OBJECT (self));
  g_signal_emit (self, signals[CHANGED], 0, NULL);
}

static void
stoker_job_watch_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_N_ACTIVE)
    g_value_set_uint (value, STOKER_JOB_WATCH (object)->n_active);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_job_watch_dispose (GObject *object)
{
  StokerJobWatch *self = STOKER_JOB_WATCH (object);

  if (self->jobs != NULL)
    g_signal_handlers_disconnect_by_data (self->jobs, self);
  g_ptr_array_set_size (self->watched, 0);
  g_clear_object (&self->jobs);
  G_OBJECT_CLASS (stoker_job_watch_parent_class)->dispose (object);
}

static void
stoker_job_watch_finalize (GObject *object)
{
  g_ptr_array_unref (STOKER_JOB_WATCH (object)->watched);
  G_OBJECT_CLASS (stoker_job_watch_parent_class)->finalize (object);
}

static void
stoker_job_watch_class_init (StokerJobWatchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = stoker_job_watch_get_property;
  object_class->dispose = stoker_job_watch_dispose;
  object_class->finalize = stoker_job_watch_finalize;

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
  self->watched = g_ptr_array_new_with_free_func (watched_free);
}

/**
 * stoker_job_watch_new:
 * @jobs: a list of #StokerJob
 *
 * Returns: (transfer full): a watch over the list and over each job in it
 */
StokerJobWatch *
stoker_job_watch_new (GListModel *jobs)
{
  StokerJobWatch *self = NULL;

  g_return_val_if_fail (G_IS_LIST_MODEL (jobs), NULL);

  self = g_object_new (STOKER_TYPE_JOB_WATCH, NULL);
  self->jobs = g_object_ref (jobs);
  g_signal_connect_swapped (jobs, "items-changed", G_CALLBACK (jobs_changed_cb), self);
  jobs_changed_cb (self, 0, 0, g_list_model_get_n_items (jobs));
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

  return self->n_active;
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

  return self->watched->len;
}

/**
 * stoker_job_watch_foreach:
 * @func: called with each job
 * @user_data: for @func
 *
 * Goes through the jobs in the order of the list, faster than through the list itself. @func must
 * not change the list.
 */
void
stoker_job_watch_foreach (StokerJobWatch *self, StokerJobFunc func, gpointer user_data)
{
  g_return_if_fail (STOKER_IS_JOB_WATCH (self));

  for (guint i = 0; i < self->watched->len; i++)
    func (((Watched *) self->watched->pdata[i])->job, user_data);
}
