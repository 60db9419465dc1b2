/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * bench-jobs SQL
 * A hundred thousand jobs in a real database, in the real window: how soon the page Jobs is there,
 * and how long the main loop is held up while somebody types a search or scrolls, and when a job
 * changes. It is the time of the processor that counts, so that other programs on a shared machine
 * do not; the time on the clock is printed too.
 */

#include "config.h"

#include "bench-window.h"
#include "stoker-application.h"
#include "stoker-data-resource.h"
#include "stoker-jobs-list.h"
#include "stoker-jobs-table.h"
#include "stoker-order-queue.h"
#include "stoker-paths.h"
#include "stoker-window.h"

#include <sqlite3.h>

#include <stdio.h>
#include <stdlib.h>

#define N_JOBS 100000
#define OPEN_LIMIT_MS 100.0
#define LIMIT_MS 16.0
#define LIMIT_S 60
#define SETTLE_MS 500
#define N_PAGES 100
#define N_CHANGES 40
#define SEARCH "portraits 99"

static int n_failed;

static void
report (BenchLoop *loop, const char *what, double limit_ms)
{
  double median = 0;
  double worst = 0;

  bench_loop_finish (loop, &median, &worst);
  printf ("%d jobs, %s: %.1f ms, at most %.1f ms (limit %.0f ms); on the clock at most %.1f ms\n",
          N_JOBS, what, median, worst, limit_ms, loop->worst_clock_ms);
  fflush (stdout);
  n_failed += worst > limit_ms;
  bench_loop_clear (loop);
}

/* Making the jobs. */

static StokerApplication *
open_application (void)
{
  StokerApplication *application = stoker_application_new (G_APPLICATION_NON_UNIQUE);
  g_autoptr (GError) error = NULL;

  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_application_activate (G_APPLICATION (application));
  for (int i = 0; i < LIMIT_S * 10 && stoker_application_get_workspace (application) == NULL; i++)
    bench_iterate_for (100);
  g_assert_nonnull (stoker_application_get_workspace (application));
  return application;
}

static void
close_application (StokerApplication *application)
{
  /* Destroyed, because one that is closed would ask about the jobs that wait. */
  gtk_window_destroy (gtk_application_get_active_window (GTK_APPLICATION (application)));
  for (int i = 0; i < LIMIT_S * 10 && stoker_application_get_workspace (application) != NULL; i++)
    bench_iterate_for (100);
  bench_iterate_for (SETTLE_MS);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  stoker_workspace_close_finish (STOKER_WORKSPACE (source), result);
  g_object_unref (source);
  g_main_loop_quit (user_data);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  StokerWorkspace *workspace = stoker_workspace_open_finish (result, &error);

  g_assert_no_error (error);
  stoker_workspace_close_async (workspace, closed_cb, user_data);
}

static void
create_database (void)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  stoker_workspace_open_async (STOKER_WORKSPACE_REGISTRY, NULL, opened_cb, loop);
  g_main_loop_run (loop);
}

static void
fill (const char *sql_path)
{
  g_autofree char *data_dir = stoker_paths_get_data_dir ();
  g_autofree char *path = g_build_filename (data_dir, "stoker.db", NULL);
  g_autofree char *sql = NULL;
  char *message = NULL;
  sqlite3 *database = NULL;

  g_assert_true (g_file_get_contents (sql_path, &sql, NULL, NULL));
  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  sqlite3_exec (database, sql, NULL, NULL, &message);
  g_assert_cmpstr (message, ==, NULL);
  sqlite3_close (database);
}

/* Measuring. */

static void
measure_opening (BenchLoop *loop, StokerWindow *window)
{
  gint64 began_us = g_get_monotonic_time ();
  double work_ms = bench_get_work_ms ();

  bench_loop_begin (loop);
  stoker_window_show_page (window, "jobs");
  bench_loop_until_frame (loop);
  bench_loop_take (loop, bench_get_work_ms () - work_ms,
                   (double) (g_get_monotonic_time () - began_us) / 1000);
  report (loop, "from asking for the page to its first frame", OPEN_LIMIT_MS);
  bench_loop_run (loop, SETTLE_MS * 2);
  report (loop, "filling the page after that", LIMIT_MS);
}

static void
measure_search (BenchLoop *loop, GtkWidget *window)
{
  GtkEditable *entry = NULL;

  g_object_set (bench_find_widget (window, STOKER_TYPE_JOBS_LIST), "is-searching", TRUE, NULL);
  bench_iterate_for (SETTLE_MS);
  entry = GTK_EDITABLE (bench_find_widget (window, GTK_TYPE_SEARCH_ENTRY));

  for (const char *letter = SEARCH; *letter != '\0'; letter++)
    {
      int position = -1;

      gtk_editable_insert_text (entry, letter, 1, &position);
      bench_loop_run (loop, SETTLE_MS);
    }
  report (loop, "a letter of a search", LIMIT_MS);
  gtk_editable_set_text (entry, "");
  bench_loop_run (loop, SETTLE_MS);
  report (loop, "clearing the search", LIMIT_MS);
}

static void
measure_scrolling (BenchLoop *loop, GtkWidget *window)
{
  StokerJobsTable *table = STOKER_JOBS_TABLE (bench_find_widget (window, STOKER_TYPE_JOBS_TABLE));
  GtkAdjustment *adjustment = stoker_jobs_table_get_vadjustment (table);

  for (int i = 0; i < N_PAGES; i++)
    {
      double step = i < N_PAGES / 2 ? gtk_adjustment_get_page_increment (adjustment)
                                    : gtk_adjustment_get_upper (adjustment) / N_PAGES;

      bench_loop_begin (loop);
      gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + step);
      bench_loop_until_frame (loop);
      bench_loop_take_frame (loop);
    }
  report (loop, "a page of scrolling", LIMIT_MS);
}

static void
measure_changes (BenchLoop *loop, StokerWorkspace *workspace)
{
  g_autoptr (GPtrArray) queue = stoker_list_queue (workspace);

  g_assert_cmpuint (queue->len, >, 0);
  for (int i = 0; i < N_CHANGES; i++)
    {
      StokerJob *job = queue->pdata[i % queue->len];
      double work_ms = bench_get_work_ms ();
      gint64 began_us = g_get_monotonic_time ();

      stoker_job_set_state (job, i % 2 == 0 ? STOKER_JOB_RUNNING : STOKER_JOB_FAILED);
      stoker_job_set_progress (job, i / (double) N_CHANGES);
      bench_loop_take (loop, bench_get_work_ms () - work_ms,
                       (double) (g_get_monotonic_time () - began_us) / 1000);
      /* Longer than what the overview waits for more. */
      bench_loop_run (loop, SETTLE_MS / 2);
    }
  report (loop, "a change of one job", LIMIT_MS);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GSettings) settings = g_settings_new (APPLICATION_ID);
  g_autoptr (StokerApplication) application = NULL;
  StokerWindow *window = NULL;
  BenchLoop loop = { 0 };

  g_resources_register (stoker_data_get_resource ());
  g_settings_set_boolean (settings, "queue-paused", TRUE);
  g_settings_set_int (settings, "window-width", 1600);
  create_database ();
  fill (argv[1]);

  application = open_application ();
  window = STOKER_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (application)));
  bench_loop_init (&loop, GTK_WIDGET (window));
  bench_iterate_for (SETTLE_MS * 2);
  measure_opening (&loop, window);
  measure_search (&loop, GTK_WIDGET (window));
  measure_scrolling (&loop, GTK_WIDGET (window));
  measure_changes (&loop, stoker_application_get_workspace (application));
  close_application (application);
  return n_failed > 0 ? 1 : 0;
}
