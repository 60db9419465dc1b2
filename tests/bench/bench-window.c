/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "bench-window.h"

#include <time.h>

#define FRAME_LIMIT_US (10 * G_USEC_PER_SEC)
#define REST_LIMIT_US (5 * G_USEC_PER_SEC)
/* A frame in which nothing is drawn anew takes less. */
#define REST_MS 2.5

/* How much this thread has worked. */
double
bench_get_work_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (double) now.tv_sec * 1e3 + (double) now.tv_nsec / 1e6;
}

void
bench_iterate_for (guint milliseconds)
{
  gint64 end_us = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end_us)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

/* The first one of the type, outer ones first. */
GtkWidget *
bench_find_widget (GtkWidget *root, GType type)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = g_type_is_a (G_OBJECT_TYPE (child), type) && gtk_widget_get_mapped (child)
                           ? child
                           : bench_find_widget (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
before_paint_cb (GdkFrameClock *clock, BenchLoop *self)
{
  self->frame_began_us = g_get_monotonic_time ();
  self->frame_began_ms = bench_get_work_ms ();
}

static void
after_paint_cb (GdkFrameClock *clock, BenchLoop *self)
{
  self->frame_ms = bench_get_work_ms () - self->frame_began_ms;
  self->frame_clock_ms = (double) (g_get_monotonic_time () - self->frame_began_us) / 1000;
  self->n_frames++;
}

void
bench_loop_init (BenchLoop *self, GtkWidget *window)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);

  self->works = g_array_new (FALSE, FALSE, sizeof (double));
  g_signal_connect (clock, "before-paint", G_CALLBACK (before_paint_cb), self);
  g_signal_connect_after (clock, "after-paint", G_CALLBACK (after_paint_cb), self);
}

void
bench_loop_begin (BenchLoop *self)
{
  self->n_frames_wanted = self->n_frames + 1;
}

void
bench_loop_until_frame (BenchLoop *self)
{
  gint64 until_us = g_get_monotonic_time () + FRAME_LIMIT_US;

  while (self->n_frames < self->n_frames_wanted && g_get_monotonic_time () < until_us)
    g_main_context_iteration (NULL, FALSE);
}

void
bench_loop_take (BenchLoop *self, double work_ms, double clock_ms)
{
  g_array_append_val (self->works, work_ms);
  self->worst_clock_ms = MAX (self->worst_clock_ms, clock_ms);
}

void
bench_loop_take_frame (BenchLoop *self)
{
  bench_loop_take (self, self->frame_ms, self->frame_clock_ms);
}

static void
run_rounds (guint milliseconds, double *longest_ms, double *longest_clock_ms)
{
  gint64 end_us = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end_us)
    {
      double began_ms = bench_get_work_ms ();
      gint64 began_us = g_get_monotonic_time ();

      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
      else
        *longest_clock_ms = MAX (*longest_clock_ms,
                                 (double) (g_get_monotonic_time () - began_us) / 1000);
      *longest_ms = MAX (*longest_ms, bench_get_work_ms () - began_ms);
    }
}

/* Runs the main loop for so long and takes the longest of its rounds. */
void
bench_loop_run (BenchLoop *self, guint milliseconds)
{
  double longest_ms = 0;
  double longest_clock_ms = 0;

  run_rounds (milliseconds, &longest_ms, &longest_clock_ms);
  bench_loop_take (self, longest_ms, longest_clock_ms);
}

/* Lets the main loop do something, as it does what a click asks for, and goes on until no round of
 * so long a time was work; what comes frame by frame is all there then. */
void
bench_loop_do (BenchLoop *self, GSourceOnceFunc function, gpointer data, guint milliseconds)
{
  gint64 until_us = g_get_monotonic_time () + REST_LIMIT_US;
  double longest_ms = 0;
  double longest_clock_ms = 0;
  double last_ms = 0;

  g_idle_add_once (function, data);
  do
    {
      last_ms = 0;
      run_rounds (milliseconds, &last_ms, &longest_clock_ms);
      longest_ms = MAX (longest_ms, last_ms);
    }
  while (last_ms > REST_MS && g_get_monotonic_time () < until_us);
  bench_loop_take (self, longest_ms, longest_clock_ms);
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  double difference = *(const double *) a - *(const double *) b;

  return (difference > 0) - (difference < 0);
}

void
bench_loop_finish (BenchLoop *self, double *median, double *worst)
{
  g_array_sort (self->works, compare_doubles);
  *median = *worst = G_MAXDOUBLE;
  if (self->works->len == 0)
    return;
  *median = g_array_index (self->works, double, self->works->len / 2);
  *worst = g_array_index (self->works, double, self->works->len - 1);
}

void
bench_loop_clear (BenchLoop *self)
{
  g_array_set_size (self->works, 0);
  self->worst_clock_ms = 0;
}
