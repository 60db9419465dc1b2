/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Draws every kind of chart into a folder, to be looked at: draw-charts FOLDER
 */

#include "config.h"

#include "chart-samples.h"
#include "stoker-chart-export.h"

#include <stdio.h>

static const char *const kinds[] = { "bars", "lines", "points", "ranges", "history" };

static gboolean
write_picture (const char *folder, const char *name, GBytes *bytes)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  if (bytes == NULL || !g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                             (gssize) g_bytes_get_size (bytes), &error))
    {
      fprintf (stderr, "%s: %s\n", path, error != NULL ? error->message : "not drawn");
      return FALSE;
    }
  return TRUE;
}

static gboolean
draw_chart (const char *folder, guint kind, guint n_candidates, int width, gboolean is_dark)
{
  g_autoptr (StokerChartModel) model = kind < 4 ? chart_sample_new (kind, n_candidates)
                                                : chart_sample_new_history ();
  g_autoptr (GBytes)
    png = stoker_chart_export_png (model, width, width < 400 ? 420 : 520, is_dark, NULL);
  g_autoptr (GBytes)
    svg = stoker_chart_export_svg (model, width, width < 400 ? 420 : 520, is_dark, NULL);
  g_autofree char *stem = g_strdup_printf ("%s-%u-%d-%s", kinds[kind], n_candidates, width,
                                           is_dark ? "dark" : "light");
  g_autofree char *png_name = g_strconcat (stem, ".png", NULL);
  g_autofree char *svg_name = g_strconcat (stem, ".svg", NULL);

  return write_picture (folder, png_name, png) && write_picture (folder, svg_name, svg);
}

int
main (int argc, char **argv)
{
  static const int widths[] = { 360, 800, 1600 };
  gboolean is_ok = argc == 2;

  for (guint kind = 0; is_ok && kind < G_N_ELEMENTS (kinds); kind++)
    for (guint i = 0; is_ok && i < G_N_ELEMENTS (widths); i++)
      is_ok = draw_chart (argv[1], kind, 10, widths[i], FALSE) &&
              draw_chart (argv[1], kind, 10, widths[i], TRUE);
  return is_ok && draw_chart (argv[1], STOKER_CHART_LINES, 500, 1600, FALSE) &&
             draw_chart (argv[1], STOKER_CHART_POINTS, 500, 1600, TRUE)
           ? 0
           : 1;
}
