/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-text.h"

#include <pango/pangocairo.h>

#include <math.h>

#define CAPTION_SCALE 0.85
/* The longest by letters is not always the widest: so many of them are measured. */
#define N_MEASURED 4

static PangoLayout *
make_layout (const StokerChartStyle *style, const char *text, StokerChartFace face)
{
  PangoLayout *layout = pango_layout_new (style->context);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  /* Figures that stand above each other line up. */
  pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  if (face == STOKER_CHART_FACE_CAPTION)
    pango_attr_list_insert (attributes, pango_attr_scale_new (CAPTION_SCALE));
  if (face == STOKER_CHART_FACE_STRONG)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_text (layout, text, -1);
  return layout;
}

/**
 * stoker_chart_text_free:
 * @text: (transfer full): a #StokerChartText
 */
void
stoker_chart_text_free (gpointer text)
{
  g_free (((StokerChartText *) text)->text);
  g_free (text);
}

/**
 * stoker_chart_text_measure:
 * @text: one line
 * @face: how it is written
 * @width: (out) (optional): its width
 * @height: (out) (optional): its height
 */
void
stoker_chart_text_measure (const StokerChartStyle *style,
                           const char *text,
                           StokerChartFace face,
                           double *width,
                           double *height)
{
  g_autoptr (PangoLayout) layout = make_layout (style, text, face);
  int w = 0;
  int h = 0;

  pango_layout_get_size (layout, &w, &h);
  if (width != NULL)
    *width = ceil ((double) w / PANGO_SCALE);
  if (height != NULL)
    *height = ceil ((double) h / PANGO_SCALE);
}

static int
compare_lengths (gconstpointer a, gconstpointer b)
{
  return (int) g_utf8_strlen (*(char *const *) b, 256) -
         (int) g_utf8_strlen (*(char *const *) a, 256);
}

/**
 * stoker_chart_text_get_longest:
 * @texts: (element-type utf8): lines
 * @face: how they are written
 *
 * Returns: about the width of the widest
 */
double
stoker_chart_text_get_longest (const StokerChartStyle *style,
                               GPtrArray *texts,
                               StokerChartFace face)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (texts, NULL, NULL);
  double longest = 0;

  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, compare_lengths);
  for (guint i = 0; i < MIN (sorted->len, N_MEASURED); i++)
    {
      double width = 0;

      stoker_chart_text_measure (style, g_ptr_array_index (sorted, i), face, &width, NULL);
      longest = MAX (longest, width);
    }
  return longest;
}

static void
note_text (cairo_t *cr, const StokerChartStyle *style, PangoLayout *layout, double x, double y)
{
  StokerChartText *note = g_new0 (StokerChartText, 1);
  int height = 0;

  note->text = g_strdup (pango_layout_get_text (layout));
  note->x = x;
  note->baseline = y + (double) pango_layout_get_baseline (layout) / PANGO_SCALE;
  cairo_user_to_device (cr, &note->x, &note->baseline);
  pango_layout_get_size (layout, NULL, &height);
  note->size = (double) height / PANGO_SCALE * 0.75;
  g_ptr_array_add (style->texts, note);
}

static void
draw_halo (cairo_t *cr, const StokerChartStyle *style, PangoLayout *layout, double x, double y)
{
  cairo_move_to (cr, x, y);
  pango_cairo_layout_path (cr, layout);
  gdk_cairo_set_source_rgba (cr, &style->background);
  cairo_set_line_width (cr, 4);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_stroke (cr);
}

/**
 * stoker_chart_text_draw:
 * @text: one line
 * @place: where and how
 *
 * Writes a line, shortened where it is wider than its place.
 *
 * Returns: its width
 */
double
stoker_chart_text_draw (cairo_t *cr,
                        const StokerChartStyle *style,
                        const char *text,
                        const StokerChartPlace *place)
{
  g_autoptr (PangoLayout) layout = make_layout (style, text, place->face);
  double x = 0;
  double y = 0;
  int width = 0;
  int height = 0;

  pango_layout_get_size (layout, &width, &height);
  if (place->max_width > 0 && width > place->max_width * PANGO_SCALE)
    {
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_width (layout, (int) (place->max_width * PANGO_SCALE));
      pango_layout_get_size (layout, &width, &height);
    }
  x = round (place->x - place->align_x * width / PANGO_SCALE);
  y = round (place->y - place->align_y * height / PANGO_SCALE);
  if (style->texts != NULL)
    note_text (cr, style, layout, x, y);
  if (place->has_halo)
    draw_halo (cr, style, layout, x, y);
  gdk_cairo_set_source_rgba (cr, place->color != NULL ? place->color : &style->foreground);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
  return (double) width / PANGO_SCALE;
}

/**
 * stoker_chart_text_spread:
 * @middles: (inout) (array length=n): ascending middles of labels
 * @n: how many
 * @height: of a label
 * @from: top of the room for them
 * @to: bottom of it
 *
 * Moves labels as little as needed so that none covers another. When there is not enough room, they
 * are spread evenly.
 */
void
stoker_chart_text_spread (double *middles, guint n, double height, double from, double to)
{
  double limit = 0;

  if (n > 1 && n * height > to - from)
    height = (to - from) / n;
  limit = to - height / 2;
  for (guint i = 0; i < n; i++)
    middles[i] = MAX (middles[i], i == 0 ? from + height / 2 : middles[i - 1] + height);
  for (guint i = n; i > 0; i--)
    {
      middles[i - 1] = MIN (middles[i - 1], limit);
      limit = middles[i - 1] - height;
    }
}
