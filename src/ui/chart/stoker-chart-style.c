/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-style.h"

#include "stoker-estimate.h"

#include <adwaita.h>
#include <pango/pangocairo.h>

#include <math.h>

#define PLAIN_FONT "Cantarell, Sans 11"
#define PLAIN_DPI 96
#define N_DASHES 4
#define N_SHAPES 4
#define N_MARKERS (2 * N_SHAPES)

/* Those of style.css and style-dark.css; a test compares them. */
static const guint32 item_colors[2][STOKER_N_ITEMS] = {
  { 0x3584e4, 0xbf8400, 0x63452c, 0x26a269, 0x9141ac, 0xc01c28 },
  { 0x62a0ea, 0xf8e45c, 0xcdab8f, 0x57e389, 0xdc8add, 0xf66151 },
};

/* Far apart for people with protanopia, deuteranopia and tritanopia too, and against their
 * background; a test measures both. */
static const guint32 palette[2][STOKER_CHART_N_COLORS] = {
  { 0x2d51fd, 0xe7660a, 0x129f70, 0xc166c6, 0xb54821, 0x2235c1, 0x61347d, 0x8d232f },
  { 0x8fbdff, 0xfed763, 0x08f4c7, 0x9f5dff, 0xf0a56c, 0x6f98d8, 0xa348bd, 0xef5c4e },
};

static const guint32 greys[2] = { 0x77767b, 0xa09fa5 };

static GdkRGBA
from_hex (guint32 hex)
{
  return (GdkRGBA){ (float) (hex >> 16 & 255) / 255, (float) (hex >> 8 & 255) / 255,
                    (float) (hex & 255) / 255, 1 };
}

static void
measure_font (StokerChartStyle *style)
{
  PangoFontMetrics *metrics = pango_context_get_metrics (style->context, NULL, NULL);
  const PangoFontDescription *font = pango_context_get_font_description (style->context);
  double size = (double) pango_font_description_get_size (font) / PANGO_SCALE;
  double dpi = pango_cairo_context_get_resolution (style->context);

  if (!pango_font_description_get_size_is_absolute (font))
    size *= (dpi > 0 ? dpi : PLAIN_DPI) / 72;
  style->em = MAX (size, 4);
  style->line_height = ceil ((double) pango_font_metrics_get_height (metrics) / PANGO_SCALE);
  pango_font_metrics_unref (metrics);
}

static void
set_plain_colors (StokerChartStyle *style, gboolean is_dark)
{
  *style = (StokerChartStyle){ .is_dark = is_dark };
  style->foreground = from_hex (is_dark ? 0xffffff : 0x2e2e33);
  style->background = from_hex (is_dark ? 0x242424 : 0xfafafa);
  style->accent = from_hex (is_dark ? 0x78aeed : 0x1c71d8);
}

/**
 * stoker_chart_style_init_plain:
 * @style: (out caller-allocates): surroundings that need no display
 * @is_dark: whether the background is dark
 */
void
stoker_chart_style_init_plain (StokerChartStyle *style, gboolean is_dark)
{
  PangoFontDescription *font = pango_font_description_from_string (PLAIN_FONT);

  set_plain_colors (style, is_dark);
  style->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  pango_cairo_context_set_resolution (style->context, PLAIN_DPI);
  pango_context_set_font_description (style->context, font);
  pango_font_description_free (font);
  measure_font (style);
}

static void
look_up_color (GtkWidget *widget, const char *name, GdkRGBA *color)
{
  GdkRGBA found;

  if (gtk_style_context_lookup_color (gtk_widget_get_style_context (widget), name, &found))
    *color = found;
}

/**
 * stoker_chart_style_init_for_widget:
 * @style: (out caller-allocates): surroundings of @widget as they are now
 * @widget: a widget in a window
 */
void
stoker_chart_style_init_for_widget (StokerChartStyle *style, GtkWidget *widget)
{
  set_plain_colors (style, FALSE);
  style->context = g_object_ref (gtk_widget_get_pango_context (widget));
  style->is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  style->is_high_contrast = adw_style_manager_get_high_contrast (adw_style_manager_get_default ());
  look_up_color (widget, "window_bg_color", &style->background);
  look_up_color (widget, "accent_color", &style->accent);
  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &style->foreground);
  style->is_dark = style->background.red + style->background.green + style->background.blue < 1.5f;
  measure_font (style);
}

/**
 * stoker_chart_style_clear:
 * @style: surroundings, which are of no use afterwards
 */
void
stoker_chart_style_clear (StokerChartStyle *style)
{
  g_clear_object (&style->context);
}

/**
 * stoker_chart_style_get_item_color:
 * @is_dark: whether the background is dark
 * @kind: a #StokerItemKind
 *
 * Returns: the colour that the kind of cost has everywhere
 */
GdkRGBA
stoker_chart_style_get_item_color (gboolean is_dark, guint kind)
{
  return from_hex (kind < STOKER_N_ITEMS ? item_colors[is_dark ? 1 : 0][kind]
                                         : greys[is_dark ? 1 : 0]);
}

/**
 * stoker_chart_style_get_palette_color:
 * @is_dark: whether the background is dark
 * @place: number of a provider
 *
 * Returns: its colour, grey from the ninth on
 */
GdkRGBA
stoker_chart_style_get_palette_color (gboolean is_dark, guint place)
{
  return from_hex (place < STOKER_CHART_N_COLORS ? palette[is_dark ? 1 : 0][place]
                                                 : greys[is_dark ? 1 : 0]);
}

/**
 * stoker_chart_style_get_paint:
 * @series: a series
 * @paint: (out caller-allocates): colour, dash, shape and width of it
 */
void
stoker_chart_style_get_paint (const StokerChartStyle *style,
                              const StokerChartSeries *series,
                              StokerChartPaint *paint)
{
  gboolean is_item = series->color_kind == STOKER_CHART_COLOR_ITEM;

  paint->color = is_item ? stoker_chart_style_get_item_color (style->is_dark, series->color)
                         : stoker_chart_style_get_palette_color (style->is_dark, series->color);
  paint->dash = (int) (series->color % N_DASHES);
  paint->marker = (int) (series->color % N_MARKERS);
  paint->width = style->is_high_contrast ? 2.5 : 2;
  if (series->is_chosen)
    paint->width += 1.5;
}

/**
 * stoker_chart_style_fade:
 * @color: a colour
 * @alpha: how much of it is left
 *
 * Returns: @color, more transparent
 */
GdkRGBA
stoker_chart_style_fade (const GdkRGBA *color, double alpha)
{
  GdkRGBA faded = *color;

  faded.alpha *= (float) alpha;
  return faded;
}

/**
 * stoker_chart_style_get_dim:
 *
 * Returns: the colour of what is written beside the figures
 */
GdkRGBA
stoker_chart_style_get_dim (const StokerChartStyle *style)
{
  return stoker_chart_style_fade (&style->foreground, style->is_high_contrast ? 0.9 : 0.65);
}

/**
 * stoker_chart_style_get_grid:
 *
 * Returns: the colour of the lines of the grid
 */
GdkRGBA
stoker_chart_style_get_grid (const StokerChartStyle *style)
{
  return stoker_chart_style_fade (&style->foreground, style->is_high_contrast ? 0.5 : 0.12);
}

/**
 * stoker_chart_style_set_dash:
 * @dash: number of a dash, 0 for an unbroken line
 */
void
stoker_chart_style_set_dash (cairo_t *cr, int dash)
{
  static const double dashes[N_DASHES][4] = {
    { 0 },
    { 8, 4, 8, 4 },
    { 2, 3, 2, 3 },
    { 9, 3, 2, 3 },
  };

  cairo_set_dash (cr, dashes[dash % N_DASHES], dash % N_DASHES == 0 ? 0 : 4, 0);
}

static void
add_polygon (cairo_t *cr, int n_corners, double turn, double x, double y, double radius)
{
  cairo_new_sub_path (cr);
  for (int i = 0; i < n_corners; i++)
    {
      double angle = turn + i * 2 * G_PI / n_corners;

      cairo_line_to (cr, x + radius * cos (angle), y + radius * sin (angle));
    }
  cairo_close_path (cr);
}

static void
add_marker (cairo_t *cr, int shape, double x, double y, double radius)
{
  switch (shape)
    {
    case 1:
      add_polygon (cr, 4, G_PI / 4, x, y, radius * 1.2);
      break;
    case 2:
      add_polygon (cr, 3, -G_PI / 2, x, y, radius * 1.35);
      break;
    case 3:
      add_polygon (cr, 4, 0, x, y, radius * 1.3);
      break;
    default:
      cairo_new_sub_path (cr);
      cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
      break;
    }
}

/**
 * stoker_chart_style_draw_marker:
 * @paint: colour and shape
 * @x: its middle
 * @y: its middle
 * @radius: its size
 *
 * Draws a dot with a rim of the background, so that it stands out of what it lies on.
 */
void
stoker_chart_style_draw_marker (cairo_t *cr,
                                const StokerChartStyle *style,
                                const StokerChartPaint *paint,
                                double x,
                                double y,
                                double radius)
{
  gboolean is_hollow = paint->marker % N_MARKERS >= N_SHAPES;

  cairo_new_path (cr);
  add_marker (cr, paint->marker % N_SHAPES, x, y, radius);
  gdk_cairo_set_source_rgba (cr, is_hollow ? &style->background : &paint->color);
  cairo_fill_preserve (cr);
  gdk_cairo_set_source_rgba (cr, is_hollow ? &paint->color : &style->background);
  cairo_set_line_width (cr, is_hollow ? 1.75 : 1);
  cairo_stroke (cr);
}
