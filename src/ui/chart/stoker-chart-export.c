/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-export.h"

#include "stoker-error.h"

#include <cairo-svg.h>
#include <pango/pangocairo.h>

/* A picture larger than this is a mistake of the caller. */
#define MAX_SIDE 16384

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
check_size (int width, int height, GError **error)
{
  if (width > 0 && height > 0 && width <= MAX_SIDE && height <= MAX_SIDE)
    return TRUE;
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "a picture of %d by %d cannot be made",
               width, height);
  return FALSE;
}

static gboolean
check_status (cairo_status_t status, GError **error)
{
  if (status == CAIRO_STATUS_SUCCESS)
    return TRUE;
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_FAILED, "the chart could not be drawn: %s",
               cairo_status_to_string (status));
  return FALSE;
}

static void
draw_picture (cairo_t *cr, StokerChartModel *model, gboolean is_dark)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);

  cairo_set_source_rgb (cr, is_dark ? 0.12 : 1, is_dark ? 0.12 : 1, is_dark ? 0.12 : 1);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, is_dark ? 1 : 0, is_dark ? 1 : 0, is_dark ? 1 : 0);
  cairo_move_to (cr, 12, 12);
  pango_layout_set_text (layout, model->title, -1);
  pango_cairo_show_layout (cr, layout);
}

/* Draws on @surface and closes it. */
static cairo_status_t
draw_surface (cairo_surface_t *surface, StokerChartModel *model, gboolean is_dark)
{
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  draw_picture (cr, model, is_dark);
  status = cairo_status (cr);
  cairo_destroy (cr);
  return status;
}

/**
 * stoker_chart_export_svg:
 * @model: what to draw
 * @width: of the picture in pixels
 * @height: of the picture in pixels
 * @is_dark: whether it is for a dark background
 *
 * Draws the chart with title and legend. Works without a display.
 *
 * Returns: (transfer full): the document, or %NULL with %STOKER_ERROR_CONFIG for an impossible size
 */
GBytes *
stoker_chart_export_svg (
  StokerChartModel *model, int width, int height, gboolean is_dark, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface = NULL;
  cairo_status_t status;

  g_return_val_if_fail (model != NULL, NULL);

  if (!check_size (width, height, error))
    return NULL;
  surface = cairo_svg_surface_create_for_stream (append_bytes, bytes, width, height);
  status = draw_surface (surface, model, is_dark);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  if (!check_status (status, error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

/**
 * stoker_chart_export_png:
 * @model: what to draw
 * @width: of the picture in pixels
 * @height: of the picture in pixels
 * @is_dark: whether it is for a dark background
 *
 * Draws the chart with title and legend. Works without a display.
 *
 * Returns: (transfer full): the file, or %NULL with %STOKER_ERROR_CONFIG for an impossible size
 */
GBytes *
stoker_chart_export_png (
  StokerChartModel *model, int width, int height, gboolean is_dark, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cairo_surface_t *surface = NULL;
  cairo_status_t status;

  g_return_val_if_fail (model != NULL, NULL);

  if (!check_size (width, height, error))
    return NULL;
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  status = draw_surface (surface, model, is_dark);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_destroy (surface);
  if (!check_status (status, error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
