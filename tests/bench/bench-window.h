/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What the main loop does at one go, measured again and again in a window. */
typedef struct
{
  GArray *works; /* of double: processor time in ms */
  double worst_clock_ms;
  double frame_began_ms;
  double frame_ms;
  gint64 frame_began_us;
  double frame_clock_ms;
  guint n_frames;
  guint n_frames_wanted;
} BenchLoop;

double bench_get_work_ms (void);
void bench_iterate_for (guint milliseconds);
GtkWidget *bench_find_widget (GtkWidget *root, GType type);
void bench_loop_init (BenchLoop *self, GtkWidget *window);
void bench_loop_begin (BenchLoop *self);
void bench_loop_until_frame (BenchLoop *self);
void bench_loop_run (BenchLoop *self, guint milliseconds);
void bench_loop_do (BenchLoop *self, GSourceOnceFunc function, gpointer data, guint milliseconds);
void bench_loop_take (BenchLoop *self, double work_ms, double clock_ms);
void bench_loop_take_frame (BenchLoop *self);
void bench_loop_finish (BenchLoop *self, double *median, double *worst);
void bench_loop_clear (BenchLoop *self);

G_END_DECLS
