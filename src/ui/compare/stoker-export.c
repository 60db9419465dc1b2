/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-export.h"

#include "stoker-chart-export.h"
#include "stoker-chart-sheet.h"
#include "stoker-comparison.h"
#include "stoker-plot.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* Of the pictures: the width of a slide, and a height that suits it. */
#define PICTURE_WIDTH 1200
#define PICTURE_HEIGHT 675

typedef struct
{
  StokerExport what;
  StokerChartModel *model; /* owned */
  StokerLineUp *line_up;   /* owned */
  GFile *file;             /* owned, nullable: not chosen yet */
  GtkWidget *widget;       /* owned: where to say how it went */
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  g_clear_pointer (&self->model, stoker_chart_model_unref);
  g_clear_pointer (&self->line_up, stoker_line_up_unref);
  g_clear_object (&self->file);
  g_clear_object (&self->widget);
  g_free (self);
}

static void
export_destroy (gpointer data, GClosure *closure)
{
  export_free (data);
}

/**
 * stoker_export_render:
 * @what: in which form
 * @model: the chart
 * @line_up: the candidates, for the table
 * @error: set when a picture could not be drawn
 *
 * Returns: (transfer full) (nullable): the content of the file
 */
GBytes *
stoker_export_render (StokerExport what,
                      StokerChartModel *model,
                      StokerLineUp *line_up,
                      GError **error)
{
  char *text = NULL;

  switch (what)
    {
    case STOKER_EXPORT_SVG:
      return stoker_chart_export_svg (model, PICTURE_WIDTH, PICTURE_HEIGHT, FALSE, error);
    case STOKER_EXPORT_PNG:
      return stoker_chart_export_png (model, PICTURE_WIDTH, PICTURE_HEIGHT, FALSE, error);
    case STOKER_EXPORT_CHART:
      text = stoker_chart_to_csv (model);
      break;
    case STOKER_EXPORT_TABLE:
    case STOKER_N_EXPORTS:
    default:
      text = stoker_comparison_to_csv (line_up->advice, line_up->outputs_per_month);
      break;
    }
  return g_bytes_new_take (text, strlen (text));
}

/**
 * stoker_export_draw_chart:
 * @plot: one of stoker_plot_ids
 * @outputs_per_month: the volume to compare at, or the jobs; 0 or less: the usual one
 * @error: set when the picture could not be drawn
 *
 * Draws what the page Compare shows of @advice at first. Needs no display.
 *
 * Returns: (transfer full) (nullable): an SVG document
 */
GBytes *
stoker_export_draw_chart (StokerAdvice *advice,
                          const char *plot,
                          gint64 outputs_per_month,
                          GError **error)
{
  gint64 volume = outputs_per_month > 0 ? outputs_per_month
                                        : stoker_line_up_suggest_volume (advice);
  g_autoptr (StokerLineUp) line_up = stoker_line_up_new (advice, STOKER_LINE_UP_COLORS, volume);
  g_autoptr (StokerChartModel) model = NULL;

  for (int i = 0; i < STOKER_N_PLOTS; i++)
    if (g_str_equal (stoker_plot_ids[i], plot))
      model = stoker_plot_make ((StokerPlot) i, line_up);
  g_return_val_if_fail (model != NULL, NULL);

  return stoker_export_render (STOKER_EXPORT_SVG, model, line_up, error);
}

/* Drawing a picture takes longer than a frame, and a disk may be slow. */
static void
write_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Export *self = task_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = stoker_export_render (self->what, self->model, self->line_up, &error);

  if (bytes == NULL ||
      !g_file_replace_contents (self->file, g_bytes_get_data (bytes, NULL),
                                g_bytes_get_size (bytes), NULL, FALSE,
                                G_FILE_CREATE_REPLACE_DESTINATION, NULL, cancellable, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Export *self = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_file_get_basename (self->file);
  g_autofree char *text = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    text = g_strdup_printf (_ ("Saved %s"), name);
  else
    text = g_strdup_printf (_ ("Could not save %s: %s"), name, error->message);
  stoker_ui_toast (self->widget, text);
}

static void
file_chosen_cb (GtkNativeDialog *dialog, int response, gpointer user_data)
{
  g_autoptr (GtkNativeDialog) owned = dialog;
  Export *self = user_data;
  g_autoptr (GTask) task = NULL;
  Export *job = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;
  job = g_new0 (Export, 1);
  job->what = self->what;
  job->model = stoker_chart_model_ref (self->model);
  job->line_up = stoker_line_up_ref (self->line_up);
  job->file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  job->widget = g_object_ref (self->widget);
  task = g_task_new (NULL, NULL, written_cb, NULL);
  g_task_set_task_data (task, job, export_free);
  g_task_run_in_thread (task, write_in_thread);
}

static char *
suggest_name (StokerExport what, const StokerChartModel *model)
{
  static const char *const suffixes[STOKER_N_EXPORTS] = { "svg", "png", "csv", "csv" };

  return g_strdup_printf ("stoker-%s.%s", what == STOKER_EXPORT_TABLE ? "comparison" : model->id,
                          suffixes[what]);
}

/**
 * stoker_export_ask:
 * @widget: a widget in the window
 * @what: in which form
 * @model: the chart
 * @line_up: the candidates
 *
 * Asks where to, writes the file and says so.
 */
void
stoker_export_ask (GtkWidget *widget,
                   StokerExport what,
                   StokerChartModel *model,
                   StokerLineUp *line_up)
{
  static const char *const titles[STOKER_N_EXPORTS] = { N_ ("Save Chart"), N_ ("Save Chart"),
                                                        N_ ("Save Figures of the Chart"),
                                                        N_ ("Save Table") };
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkFileChooserNative *chooser =
    gtk_file_chooser_native_new (g_dgettext (GETTEXT_PACKAGE, titles[what]),
                                 GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                                 GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  g_autofree char *name = suggest_name (what, model);
  Export *self = g_new0 (Export, 1);

  self->what = what;
  self->model = stoker_chart_model_ref (model);
  self->line_up = stoker_line_up_ref (line_up);
  self->widget = g_object_ref (widget);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  /* The dialog keeps itself until it is answered. */
  g_signal_connect_data (chooser, "response", G_CALLBACK (file_chosen_cb), self, export_destroy, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}
