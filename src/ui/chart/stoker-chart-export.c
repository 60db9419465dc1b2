/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-export.h"

#include "stoker-chart-picture-private.h"
#include "stoker-error.h"

#include <cairo-svg.h>

#include <string.h>

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

/* Draws on @surface. */
static cairo_status_t
draw_surface (cairo_surface_t *surface, StokerChartPicture *picture)
{
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  stoker_chart_picture_draw (picture, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  return status;
}

static void
append_text (GString *svg, const StokerChartText *text)
{
  char x[G_ASCII_DTOSTR_BUF_SIZE];
  char y[G_ASCII_DTOSTR_BUF_SIZE];
  char size[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *escaped = g_markup_escape_text (text->text, -1);

  g_ascii_formatd (x, sizeof x, "%.1f", text->x);
  g_ascii_formatd (y, sizeof y, "%.1f", text->baseline);
  g_ascii_formatd (size, sizeof size, "%.1f", text->size);
  g_string_append_printf (svg, "<text x=\"%s\" y=\"%s\" font-size=\"%s\">%s</text>\n", x, y, size,
                          escaped);
}

/* Cairo writes letters as shapes. The same words, invisible on top of them, let people search, copy
 * and hear the picture. */
static GBytes *
add_texts (GByteArray *bytes, StokerChartPicture *picture)
{
  g_autoptr (GString) svg = g_string_new_len ((char *) bytes->data, (gssize) bytes->len);
  g_autoptr (GString) texts = g_string_new (NULL);
  g_autofree char *head = stoker_chart_picture_describe (picture);
  GPtrArray *notes = stoker_chart_picture_get_texts (picture);
  const char *first = strchr (svg->str, '>');
  const char *end = NULL;

  /* The first is that of the XML declaration, the second that of <svg>. */
  first = first != NULL ? strchr (first + 1, '>') : NULL;
  if (first != NULL)
    g_string_insert (svg, first + 1 - svg->str, head);
  for (guint i = 0; i < notes->len; i++)
    append_text (texts, g_ptr_array_index (notes, i));
  end = g_strrstr (svg->str, "</svg>");
  g_string_prepend (texts, "<g fill=\"none\" font-family=\"sans-serif\">\n");
  g_string_append (texts, "</g>\n");
  if (end != NULL)
    g_string_insert (svg, end - svg->str, texts->str);
  return g_string_free_to_bytes (g_steal_pointer (&svg));
}

/**
 * stoker_chart_export_svg:
 * @model: what to draw
 * @width: of the picture in pixels
 * @height: of the picture in pixels, at least; a chart with many rows is as high as it needs
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
  g_autoptr (StokerChartPicture) picture = NULL;
  cairo_surface_t *surface = NULL;
  cairo_status_t status;

  g_return_val_if_fail (model != NULL, NULL);

  if (!check_size (width, height, error))
    return NULL;
  picture = stoker_chart_picture_new (model, width, height, is_dark);
  surface = cairo_svg_surface_create_for_stream (append_bytes, bytes, width,
                                                 stoker_chart_picture_get_height (picture));
  status = draw_surface (surface, picture);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  if (!check_status (status, error))
    return NULL;
  return add_texts (bytes, picture);
}

/**
 * stoker_chart_export_png:
 * @model: what to draw
 * @width: of the picture in pixels
 * @height: of the picture in pixels, at least; a chart with many rows is as high as it needs
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
  g_autoptr (StokerChartPicture) picture = NULL;
  cairo_surface_t *surface = NULL;
  cairo_status_t status;

  g_return_val_if_fail (model != NULL, NULL);

  if (!check_size (width, height, error))
    return NULL;
  picture = stoker_chart_picture_new (model, width, height, is_dark);
  surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width,
                                        stoker_chart_picture_get_height (picture));
  status = draw_surface (surface, picture);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_destroy (surface);
  if (!check_status (status, error))
    return NULL;
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}
