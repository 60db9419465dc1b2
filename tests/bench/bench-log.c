/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-log-model.h"
#include "stoker-log-search.h"

#include <stdio.h>

/* A log of a million lines may cost no frame: neither to take it in piece by piece, nor to show a
 * screen of it, nor to look for something in it. */
#define N_LINES 1000000
#define PIECE_BYTES (64 * 1024)
#define N_SHOWN 100
#define LIMIT_MS 16.0

static double worst_ms;

static double
since (gint64 from_us)
{
  return (double) (g_get_monotonic_time () - from_us) / 1000;
}

static void
tell (const char *what, double worst, double all)
{
  printf ("log of %d lines, %s: %.2f ms at once (limit %.0f ms), %.0f ms in all\n", N_LINES, what,
          worst, LIMIT_MS, all);
  worst_ms = MAX (worst_ms, worst);
}

static void
append_lines (StokerLogModel *model)
{
  g_autoptr (GString) piece = g_string_new (NULL);
  double worst = 0;
  double all = 0;

  for (int i = 0; i < N_LINES; i++)
    {
      g_string_append_printf (
        piece,
        "2026-11-21 10:42:%02d \033[32mINFO\033[0m step %d loss 0.%04d grad 1.%04d lr 1e-4\n",
        i % 60, i, i % 9973, i % 7919);
      if (piece->len >= PIECE_BYTES || i == N_LINES - 1)
        {
          gint64 from_us = g_get_monotonic_time ();
          double ms = 0;

          stoker_log_model_append (model, piece->str, piece->len);
          g_string_truncate (piece, 0);
          ms = since (from_us);
          worst = MAX (worst, ms);
          all += ms;
        }
    }
  tell ("adding 64 KiB", worst, all);
}

static void
show_lines (StokerLogModel *model)
{
  double worst = 0;
  double all = 0;

  for (guint first = 0; first < N_LINES; first += N_LINES / 50)
    {
      gint64 from_us = g_get_monotonic_time ();
      double ms = 0;

      for (guint i = first; i < first + N_SHOWN && i < N_LINES; i++)
        g_object_unref (g_list_model_get_item (G_LIST_MODEL (model), i));
      ms = since (from_us);
      worst = MAX (worst, ms);
      all += ms;
    }
  tell ("a screen of them", worst, all);
}

static void
search_lines (StokerLogModel *model, const char *text)
{
  g_autoptr (StokerLogSearch) search = stoker_log_search_new (model);
  g_autofree char *what = g_strdup_printf ("looking for “%s”", text);
  gint64 begin_us = g_get_monotonic_time ();
  double worst = 0;

  stoker_log_search_set_text (search, text);
  worst = since (begin_us);
  while (stoker_log_search_is_searching (search) && since (begin_us) < 60000)
    {
      gint64 from_us = g_get_monotonic_time ();

      /* Not blocking, so that only the work on the main loop is measured. */
      if (g_main_context_iteration (NULL, FALSE))
        worst = MAX (worst, since (from_us));
      else
        g_thread_yield ();
    }
  tell (what, worst, since (begin_us));
}

int
main (void)
{
  g_autoptr (StokerLogModel) model = stoker_log_model_new ();

  append_lines (model);
  show_lines (model);
  search_lines (model, "step 999999");
  search_lines (model, "info");

  return worst_ms > LIMIT_MS ? 1 : 0;
}
