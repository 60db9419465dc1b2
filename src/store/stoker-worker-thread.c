/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-worker-thread.h"

struct _StokerWorkerThread
{
  GThread *thread;    /* owned */
  GAsyncQueue *queue; /* owned, of Work */
};

/* One thing to do; without a task it means "leave". */
typedef struct
{
  GTask *task; /* owned, nullable */
  GTaskThreadFunc run;
} Work;

static void
work_free (Work *work)
{
  g_clear_object (&work->task);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Work, work_free)

static void
work_run (Work *work)
{
  if (g_task_return_error_if_cancelled (work->task))
    return;

  work->run (work->task, g_task_get_source_object (work->task), g_task_get_task_data (work->task),
             g_task_get_cancellable (work->task));
}

static gpointer
thread_main (gpointer data)
{
  g_autoptr (GAsyncQueue) queue = data;
  gboolean is_running = TRUE;

  while (is_running)
    {
      g_autoptr (Work) work = g_async_queue_pop (queue);

      is_running = work->task != NULL;
      if (is_running)
        work_run (work);
    }
  return NULL;
}

static void
push_work (StokerWorkerThread *self, GTask *task, GTaskThreadFunc run)
{
  Work *work = g_new0 (Work, 1);

  work->task = task;
  work->run = run;
  g_async_queue_push (self->queue, work);
}

/**
 * stoker_worker_thread_new:
 * @name: what debuggers call the thread, 15 letters at most
 *
 * Starts a thread that waits for work.
 *
 * Returns: (transfer full): the thread
 */
StokerWorkerThread *
stoker_worker_thread_new (const char *name)
{
  StokerWorkerThread *self = g_new0 (StokerWorkerThread, 1);

  self->queue = g_async_queue_new ();
  self->thread = g_thread_new (name, thread_main, g_async_queue_ref (self->queue));
  return self;
}

/**
 * stoker_worker_thread_free:
 * @self: (transfer full): a worker thread
 *
 * Lets the thread do what was pushed before, and ends it. Waits for that, unless it is called on
 * the thread itself: the last reference to the owner may be the one of a task that has just been
 * answered, and a thread cannot wait for itself.
 */
void
stoker_worker_thread_free (StokerWorkerThread *self)
{
  GThread *thread = self->thread;

  push_work (self, NULL, NULL);
  if (stoker_worker_thread_is_current (self))
    g_thread_unref (thread);
  else
    g_thread_join (thread);
  g_async_queue_unref (self->queue);
  g_free (self);
}

/**
 * stoker_worker_thread_push:
 * @self: a worker thread
 * @task: (transfer full): what to answer; its callback runs in the context the task was made in
 * @run: what to do; it must answer @task exactly once
 *
 * Puts work at the end of the line. A task that is cancelled before its turn is answered with
 * %G_IO_ERROR_CANCELLED and not run.
 */
void
stoker_worker_thread_push (StokerWorkerThread *self, GTask *task, GTaskThreadFunc run)
{
  g_return_if_fail (G_IS_TASK (task));
  g_return_if_fail (run != NULL);

  push_work (self, task, run);
}

/**
 * stoker_worker_thread_is_current:
 * @self: a worker thread
 *
 * Returns: whether the caller runs on this thread
 */
gboolean
stoker_worker_thread_is_current (StokerWorkerThread *self)
{
  return g_thread_self () == self->thread;
}
