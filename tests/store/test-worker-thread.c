/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-worker-thread.h"

#define N_TASKS 200
#define TIMEOUT_S 20

typedef struct
{
  StokerWorkerThread *worker;  /* owned, nullable */
  StokerWorkerThread *running; /* borrowed: the same, for what runs on it */
  GThread *caller;
  int n_run; /* the worker's */
  int n_answered;
  int n_cancelled;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->worker = stoker_worker_thread_new ("test");
  fixture->running = fixture->worker;
  fixture->caller = g_thread_self ();
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->worker, stoker_worker_thread_free);
}

static void
run_in_order (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Fixture *fixture = data;

  stoker_worker_thread_assert (fixture->running);
  g_assert_true (g_thread_self () != fixture->caller);
  g_task_return_int (task, fixture->n_run++);
}

static void
answered_in_order_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Fixture *fixture = user_data;
  g_autoptr (GError) error = NULL;
  gssize number = g_task_propagate_int (G_TASK (result), &error);

  g_assert_true (g_thread_self () == fixture->caller);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    fixture->n_cancelled++;
  else
    g_assert_cmpint (number, ==, fixture->n_answered++);
}

static void
push (Fixture *fixture, GCancellable *cancellable)
{
  GTask *task = g_task_new (NULL, cancellable, answered_in_order_cb, fixture);

  g_task_set_task_data (task, fixture, NULL);
  stoker_worker_thread_push (fixture->worker, task, run_in_order);
}

static gboolean
too_late_cb (gpointer is_late)
{
  *(gboolean *) is_late = TRUE;
  return G_SOURCE_REMOVE;
}

static void
wait_for_answers (Fixture *fixture, int expected)
{
  gboolean is_late = FALSE;
  guint source_id = g_timeout_add_seconds (TIMEOUT_S, too_late_cb, &is_late);

  while (fixture->n_answered + fixture->n_cancelled < expected && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (is_late);
  g_source_remove (source_id);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  g_assert_false (stoker_worker_thread_is_current (fixture->worker));
  for (int i = 0; i < N_TASKS; i++)
    push (fixture, NULL);
  wait_for_answers (fixture, N_TASKS);
  g_assert_cmpint (fixture->n_answered, ==, N_TASKS);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();

  g_cancellable_cancel (cancellable);
  push (fixture, cancellable);
  push (fixture, NULL);
  wait_for_answers (fixture, 2);
  g_assert_cmpint (fixture->n_run, ==, 1);
  g_assert_cmpint (fixture->n_cancelled, ==, 1);
}

/* Freeing waits for what was pushed before. */
static void
test_drained (Fixture *fixture, gconstpointer data)
{
  for (int i = 0; i < N_TASKS; i++)
    push (fixture, NULL);
  g_clear_pointer (&fixture->worker, stoker_worker_thread_free);
  g_assert_cmpint (fixture->n_run, ==, N_TASKS);
  wait_for_answers (fixture, N_TASKS);
}

static void
free_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Fixture *fixture = data;

  g_clear_pointer (&fixture->worker, stoker_worker_thread_free);
  g_task_return_int (task, fixture->n_run++);
}

/* The thread can be the last one that holds its owner. */
static void
test_freed_by_itself (Fixture *fixture, gconstpointer data)
{
  GTask *task = g_task_new (NULL, NULL, answered_in_order_cb, fixture);

  g_task_set_task_data (task, fixture, NULL);
  stoker_worker_thread_push (fixture->worker, task, free_worker);
  wait_for_answers (fixture, 1);
  g_assert_null (fixture->worker);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/worker-thread/order", Fixture, NULL, set_up, test_order, tear_down);
  g_test_add ("/worker-thread/cancelled", Fixture, NULL, set_up, test_cancelled, tear_down);
  g_test_add ("/worker-thread/drained", Fixture, NULL, set_up, test_drained, tear_down);
  g_test_add ("/worker-thread/freed-by-itself", Fixture, NULL, set_up, test_freed_by_itself,
              tear_down);
  return g_test_run ();
}
