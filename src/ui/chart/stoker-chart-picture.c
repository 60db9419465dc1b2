/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-picture-private.h"

#include "stoker-chart-layer.h"
#include "stoker-chart-overlay.h"
#include "stoker-chart-swatch.h"

#include <math.h>

#define EDGE 24
#define NARROW_EDGE 12
#define NARROW 400
#define GAP 12
#define MIN_ROOM_EMS 18
#define MAX_LEGEND 16
#define MAX_NOTES 6
#define MAX_HEIGHT 16384

struct _StokerChartPicture
{
  StokerChartStyle style;
  StokerChartScene *scene; /* owned */
  GPtrArray *texts;        /* owned, of StokerChartText */
  double edge;
  double chart_top;
  int width;
  int height;
};

static double
get_line (StokerChartPicture *self)
{
  return self->style.line_height + 4;
}

/* Where each sign of the legend stands. Returns the height of all of them. */
static double
walk_legend (StokerChartPicture *self, StokerChartModel *model, cairo_t *cr, double top)
{
  double x = self->edge;
  double y = top;

  for (guint i = 0; i < MIN (model->series->len, MAX_LEGEND); i++)
    {
      g_autofree char *text = stoker_chart_swatch_describe (model, i);
      StokerChartPlace place = { .y = y, .face = STOKER_CHART_FACE_BODY };
      double width = 0;

      stoker_chart_text_measure (&self->style, text, STOKER_CHART_FACE_BODY, &width, NULL);
      width += stoker_chart_swatch_get_width (model) + 6;
      if (x > self->edge && x + width > self->width - self->edge)
        {
          x = self->edge;
          y += get_line (self);
        }
      place.x = x + stoker_chart_swatch_get_width (model) + 6;
      place.y = y;
      place.max_width = self->width - self->edge - place.x;
      if (cr != NULL)
        {
          stoker_chart_swatch_draw (cr, &self->style, model, i, x,
                                    y + (self->style.line_height - STOKER_CHART_SWATCH_HEIGHT) / 2);
          stoker_chart_text_draw (cr, &self->style, text, &place);
        }
      x += width + GAP;
    }
  return y + get_line (self) - top;
}

static guint
count_notes (const StokerChartModel *model)
{
  return MIN (model->marks->len, MAX_NOTES);
}

static void
lay_out (StokerChartPicture *self, StokerChartModel *model)
{
  const StokerChartWish wish = { .is_log_x = model->x.is_log, .is_log_y = model->y.is_log };
  double notes = count_notes (model) * get_line (self);
  double room = 0;

  self->chart_top = self->edge + get_line (self) + GAP;
  self->chart_top += walk_legend (self, model, NULL, 0) + GAP;
  room = MAX (self->height - self->chart_top - notes - self->edge, MIN_ROOM_EMS * self->style.em);
  self->scene = stoker_chart_scene_new (model, &self->style, &wish, self->width - 2 * self->edge,
                                        room);
  if (self->scene->has_rows)
    room = MAX (room, self->scene->top + self->scene->height);
  self->height = (int) MIN (ceil (self->chart_top + room + notes + self->edge), MAX_HEIGHT);
}

/* Lays out a chart on a sheet of @width, which is at least @height high. */
StokerChartPicture *
stoker_chart_picture_new (StokerChartModel *model, int width, int height, gboolean is_dark)
{
  StokerChartPicture *self = g_new0 (StokerChartPicture, 1);

  stoker_chart_style_init_plain (&self->style, is_dark);
  self->style.is_rtl = gtk_get_locale_direction () == GTK_TEXT_DIR_RTL;
  self->texts = g_ptr_array_new_with_free_func (stoker_chart_text_free);
  self->style.texts = self->texts;
  self->width = width;
  self->height = height;
  self->edge = width < NARROW ? NARROW_EDGE : EDGE;
  lay_out (self, model);
  return self;
}

void
stoker_chart_picture_free (StokerChartPicture *self)
{
  g_clear_pointer (&self->scene, stoker_chart_scene_free);
  g_clear_pointer (&self->texts, g_ptr_array_unref);
  stoker_chart_style_clear (&self->style);
  g_free (self);
}

int
stoker_chart_picture_get_height (StokerChartPicture *self)
{
  return self->height;
}

/* What drawing has written so far. */
GPtrArray *
stoker_chart_picture_get_texts (StokerChartPicture *self)
{
  return self->texts;
}

/* Title and description as elements of an SVG document. */
char *
stoker_chart_picture_describe (StokerChartPicture *self)
{
  const StokerChartModel *model = self->scene->model;

  return g_markup_printf_escaped ("\n<title>%s</title>\n<desc>%s</desc>",
                                  model->title != NULL ? model->title : "",
                                  model->summary != NULL ? model->summary : "");
}

static void
draw_notes (StokerChartPicture *self, cairo_t *cr)
{
  StokerChartModel *model = self->scene->model;
  double top = self->height - self->edge - count_notes (model) * get_line (self);
  GdkRGBA dim = stoker_chart_style_get_dim (&self->style);

  for (guint i = 0; i < count_notes (model); i++)
    {
      const StokerChartMark *mark = g_ptr_array_index (model->marks, i);
      g_autofree char *text = g_strdup_printf ("○ %s", mark->text != NULL ? mark->text : "");
      const StokerChartPlace place = { .x = self->edge,
                                       .y = top + i * get_line (self),
                                       .max_width = self->width - 2 * self->edge,
                                       .color = &dim,
                                       .face = STOKER_CHART_FACE_CAPTION };

      stoker_chart_text_draw (cr, &self->style, text, &place);
    }
}

/* Draws the whole sheet. */
void
stoker_chart_picture_draw (StokerChartPicture *self, cairo_t *cr)
{
  StokerChartModel *model = self->scene->model;
  const StokerChartPlace title = { .x = self->edge,
                                   .y = self->edge,
                                   .max_width = self->width - 2 * self->edge,
                                   .face = STOKER_CHART_FACE_STRONG };

  gdk_cairo_set_source_rgba (cr, &self->style.background);
  cairo_paint (cr);
  if (model->title != NULL)
    stoker_chart_text_draw (cr, &self->style, model->title, &title);
  walk_legend (self, model, cr, self->edge + get_line (self) + GAP / 2);
  draw_notes (self, cr);
  cairo_translate (cr, self->edge, self->chart_top);
  stoker_chart_layer_draw_all (self->scene, cr);
  stoker_chart_overlay_draw_cursor (self->scene, cr, model->cursor, TRUE);
}
