/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-http-watch-private.h"

struct _StokerHttpWatch
{
  GCancellable *outer; /* owned, nullable */
  GCancellable *inner; /* owned */
  gulong outer_id;
  guint idle_ms;
  GSource *idle;  /* owned */
  GSource *total; /* owned */
  gboolean has_timed_out;
};

static gboolean
time_out_cb (gpointer user_data)
{
  StokerHttpWatch *self = user_data;

  self->has_timed_out = TRUE;
  g_cancellable_cancel (self->inner);
  return G_SOURCE_REMOVE;
}

static void
outer_cancelled_cb (GCancellable *outer, GCancellable *inner)
{
  g_cancellable_cancel (inner);
}

static GSource *
start_clock (StokerHttpWatch *self, guint ms)
{
  g_autoptr (GSource) source = g_timeout_source_new (ms);

  g_source_set_callback (source, time_out_cb, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return g_steal_pointer (&source);
}

static void
stop_clock (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/*
 * stoker_http_watch_new:
 * @outer: (nullable): the caller's cancellable
 * @idle_ms: the longest time between two signs of life
 * @total_ms: the longest time for everything
 *
 * Starts both clocks.
 *
 * Returns: (transfer full): a new watch
 */
StokerHttpWatch *
stoker_http_watch_new (GCancellable *outer, guint idle_ms, guint total_ms)
{
  StokerHttpWatch *self = g_new0 (StokerHttpWatch, 1);

  self->inner = g_cancellable_new ();
  self->idle_ms = idle_ms;
  self->idle = start_clock (self, idle_ms);
  self->total = start_clock (self, total_ms);
  if (outer != NULL)
    {
      self->outer = g_object_ref (outer);
      self->outer_id = g_cancellable_connect (outer, G_CALLBACK (outer_cancelled_cb),
                                              g_object_ref (self->inner), g_object_unref);
    }
  return self;
}

/* stoker_http_watch_free: Stops watching. */
void
stoker_http_watch_free (StokerHttpWatch *self)
{
  if (self->outer != NULL)
    g_cancellable_disconnect (self->outer, self->outer_id);
  stop_clock (&self->idle);
  stop_clock (&self->total);
  g_clear_object (&self->outer);
  g_clear_object (&self->inner);
  g_free (self);
}

/* stoker_http_watch_get_cancellable: Returns: (transfer none): what the attempt's operations must
 * use */
GCancellable *
stoker_http_watch_get_cancellable (StokerHttpWatch *self)
{
  return self->inner;
}

/* stoker_http_watch_touch: Tells of a sign of life. */
void
stoker_http_watch_touch (StokerHttpWatch *self)
{
  if (!g_source_is_destroyed (self->idle))
    g_source_set_ready_time (self->idle, g_get_monotonic_time () + (gint64) self->idle_ms * 1000);
}

/* stoker_http_watch_has_timed_out: Whether a clock, and not the caller, ended it. */
gboolean
stoker_http_watch_has_timed_out (StokerHttpWatch *self)
{
  return self->has_timed_out && (self->outer == NULL || !g_cancellable_is_cancelled (self->outer));
}

static gboolean
wait_over_cb (gpointer user_data)
{
  GTask *task = user_data;

  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, TRUE);
  return G_SOURCE_REMOVE;
}

/* stoker_http_wait_async: Waits @wait_ms milliseconds. */
void
stoker_http_wait_async (guint wait_ms,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  g_autoptr (GSource) timer = g_timeout_source_new (wait_ms);

  g_task_set_source_tag (task, stoker_http_wait_async);
  if (cancellable != NULL)
    {
      g_autoptr (GSource) child = g_cancellable_source_new (cancellable);

      g_source_set_dummy_callback (child);
      g_source_add_child_source (timer, child);
    }
  g_task_attach_source (task, timer, wait_over_cb);
}

/* stoker_http_wait_finish: Returns: %FALSE when it was cancelled */
gboolean
stoker_http_wait_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
