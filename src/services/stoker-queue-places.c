/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-queue-places.h"

#include "stoker-job-list.h"
#include "stoker-order-queue.h"

struct _StokerQueuePlaces
{
  GObject parent_instance;

  StokerWorkspace *workspace; /* borrowed: it owns this */
  StokerJobList *jobs;        /* owned */
  GHashTable *places;         /* owned: borrowed job → place, counted from 1 */
  gboolean is_current;
  gboolean has_changed; /* since it was told */
  guint tell_id;
};

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (StokerQueuePlaces, stoker_queue_places, G_TYPE_OBJECT)

static void
count_again (StokerQueuePlaces *self)
{
  g_autoptr (GPtrArray) queue = NULL;
  g_autoptr (GHashTable) before = NULL;

  if (self->is_current)
    return;
  queue = stoker_list_queue (self->workspace);
  before = g_steal_pointer (&self->places);
  self->places = g_hash_table_new (g_direct_hash, g_direct_equal);
  self->has_changed |= g_hash_table_size (before) != queue->len;
  for (guint i = 0; i < queue->len; i++)
    {
      gpointer place = GUINT_TO_POINTER (i + 1);

      self->has_changed |= g_hash_table_lookup (before, queue->pdata[i]) != place;
      g_hash_table_insert (self->places, queue->pdata[i], place);
    }
  self->is_current = TRUE;
}

static gboolean
tell_cb (gpointer user_data)
{
  StokerQueuePlaces *self = user_data;

  self->tell_id = 0;
  count_again (self);
  if (!self->has_changed)
    return G_SOURCE_REMOVE;
  self->has_changed = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
  return G_SOURCE_REMOVE;
}

static void
list_changed_cb (StokerQueuePlaces *self)
{
  self->is_current = FALSE;
  if (self->tell_id == 0)
    self->tell_id = g_idle_add (tell_cb, self);
}

/* What neither waits nor did so is nobody's business here. */
static void
job_changed_cb (StokerQueuePlaces *self, StokerJob *job)
{
  if (stoker_job_get_state (job) == STOKER_JOB_WAITING || g_hash_table_contains (self->places, job))
    list_changed_cb (self);
}

static void
stoker_queue_places_dispose (GObject *object)
{
  StokerQueuePlaces *self = STOKER_QUEUE_PLACES (object);

  g_clear_handle_id (&self->tell_id, g_source_remove);
  if (self->jobs != NULL)
    g_signal_handlers_disconnect_by_data (self->jobs, self);
  g_clear_object (&self->jobs);
  G_OBJECT_CLASS (stoker_queue_places_parent_class)->dispose (object);
}

static void
stoker_queue_places_finalize (GObject *object)
{
  g_hash_table_unref (STOKER_QUEUE_PLACES (object)->places);
  G_OBJECT_CLASS (stoker_queue_places_parent_class)->finalize (object);
}

static void
stoker_queue_places_class_init (StokerQueuePlacesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stoker_queue_places_dispose;
  G_OBJECT_CLASS (klass)->finalize = stoker_queue_places_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
stoker_queue_places_init (StokerQueuePlaces *self)
{
  self->places = g_hash_table_new (g_direct_hash, g_direct_equal);
}

static StokerQueuePlaces *
make_places (StokerWorkspace *workspace)
{
  StokerQueuePlaces *self = g_object_new (STOKER_TYPE_QUEUE_PLACES, NULL);

  self->workspace = workspace;
  self->jobs = g_object_ref (STOKER_JOB_LIST (stoker_workspace_get_jobs (workspace)));
  g_signal_connect_swapped (self->jobs, "items-changed", G_CALLBACK (list_changed_cb), self);
  g_signal_connect_swapped (self->jobs, "job-changed", G_CALLBACK (job_changed_cb), self);
  return self;
}

/**
 * stoker_queue_places_of:
 * @workspace: a workspace
 *
 * Returns: (transfer none): the places in its queue, which live as long as it does
 */
StokerQueuePlaces *
stoker_queue_places_of (StokerWorkspace *workspace)
{
  StokerQueuePlaces *self = NULL;

  g_return_val_if_fail (STOKER_IS_WORKSPACE (workspace), NULL);

  self = g_object_get_data (G_OBJECT (workspace), "stoker-queue-places");
  if (self == NULL)
    {
      self = make_places (workspace);
      g_object_set_data_full (G_OBJECT (workspace), "stoker-queue-places", self, g_object_unref);
    }
  return self;
}

/**
 * stoker_queue_places_lookup:
 * @job: a job
 *
 * Returns: its place in the queue, 1 for the job that is sent next; 0 when it does not wait
 */
guint
stoker_queue_places_lookup (StokerQueuePlaces *self, StokerJob *job)
{
  g_return_val_if_fail (STOKER_IS_QUEUE_PLACES (self), 0);

  if (stoker_job_get_state (job) != STOKER_JOB_WAITING)
    return 0;
  count_again (self);
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->places, job));
}
