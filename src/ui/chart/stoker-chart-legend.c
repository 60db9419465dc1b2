/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-legend.h"

#include "stoker-chart-swatch.h"
#include "stoker-ui.h"
#include "stoker-wrap-layout.h"

#include <glib/gi18n-lib.h>

/* More entries are not read any more; those left over share one. */
#define MAX_ENTRIES 12
#define ENTRY_KEY "stoker-legend-entry"

struct _StokerChartLegend
{
  GtkWidget parent_instance;

  StokerChartModel *model; /* owned, nullable */
  gboolean is_updating;
};

G_DEFINE_FINAL_TYPE (StokerChartLegend, stoker_chart_legend, GTK_TYPE_WIDGET)

static guint changed_signal;

/* What a button stands for: one series, or all that have no button of their own. */
typedef struct
{
  StokerChartModel *model; /* owned */
  GArray *series;          /* owned, of guint */
} Entry;

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  stoker_chart_model_unref (entry->model);
  g_array_unref (entry->series);
  g_free (entry);
}

static const Entry *
get_entry (GtkWidget *button)
{
  return g_object_get_data (G_OBJECT (button), ENTRY_KEY);
}

static const char *
get_id (const Entry *entry, guint i)
{
  const StokerChartSeries *series = g_ptr_array_index (entry->model->series,
                                                       g_array_index (entry->series, guint, i));

  return series->id;
}

static void
draw_swatch_cb (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  const Entry *entry = data;
  StokerChartStyle style;

  stoker_chart_style_init_for_widget (&style, GTK_WIDGET (area));
  stoker_chart_swatch_draw (cr, &style, entry->model, g_array_index (entry->series, guint, 0), 0,
                            (height - STOKER_CHART_SWATCH_HEIGHT) / 2.0);
  stoker_chart_style_clear (&style);
}

static void
toggled_cb (StokerChartLegend *self)
{
  if (!self->is_updating)
    g_signal_emit (self, changed_signal, 0);
}

static GtkWidget *
make_swatch (const Entry *entry)
{
  GtkWidget *swatch = g_object_new (GTK_TYPE_DRAWING_AREA, "accessible-role",
                                    GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (swatch),
                                      stoker_chart_swatch_get_width (entry->model));
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (swatch), STOKER_CHART_SWATCH_HEIGHT);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (swatch), draw_swatch_cb, (gpointer) entry,
                                  NULL);
  return swatch;
}

static void
add_button (StokerChartLegend *self, Entry *entry, const char *text)
{
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "caption");
  if (entry->series->len == 1)
    gtk_box_append (GTK_BOX (box), make_swatch (entry));
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Show or hide in the chart"));
  stoker_ui_set_label (button, text);
  g_object_set_data_full (G_OBJECT (button), ENTRY_KEY, entry, entry_free);
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (toggled_cb), self);
  gtk_widget_set_parent (button, GTK_WIDGET (self));
}

static Entry *
make_entry (StokerChartLegend *self)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->model = stoker_chart_model_ref (self->model);
  entry->series = g_array_new (FALSE, FALSE, sizeof (guint));
  return entry;
}

static gboolean
has_own_button (const StokerChartModel *model, guint i)
{
  const StokerChartSeries *series = g_ptr_array_index (model->series, i);

  return model->series->len <= MAX_ENTRIES || i < MAX_ENTRIES - 1 || series->is_chosen;
}

static void
add_others (StokerChartLegend *self)
{
  Entry *others = make_entry (self);
  g_autofree char *text = NULL;

  for (guint i = 0; i < self->model->series->len; i++)
    if (!has_own_button (self->model, i))
      g_array_append_val (others->series, i);
  if (others->series->len == 0)
    {
      entry_free (others);
      return;
    }
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u other", "%u others",
                                       others->series->len),
                          others->series->len);
  add_button (self, others, text);
}

static void
add_buttons (StokerChartLegend *self)
{
  for (guint i = 0; i < self->model->series->len; i++)
    {
      g_autofree char *text = stoker_chart_swatch_describe (self->model, i);
      Entry *entry = NULL;

      if (!has_own_button (self->model, i))
        continue;
      entry = make_entry (self);
      g_array_append_val (entry->series, i);
      add_button (self, entry, text);
    }
  add_others (self);
}

static void
remove_buttons (StokerChartLegend *self)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

static void
stoker_chart_legend_dispose (GObject *object)
{
  remove_buttons (STOKER_CHART_LEGEND (object));
  G_OBJECT_CLASS (stoker_chart_legend_parent_class)->dispose (object);
}

static void
stoker_chart_legend_finalize (GObject *object)
{
  g_clear_pointer (&STOKER_CHART_LEGEND (object)->model, stoker_chart_model_unref);
  G_OBJECT_CLASS (stoker_chart_legend_parent_class)->finalize (object);
}

static void
stoker_chart_legend_class_init (StokerChartLegendClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stoker_chart_legend_dispose;
  object_class->finalize = stoker_chart_legend_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "chartlegend");
  gtk_widget_class_set_layout_manager_type (widget_class, STOKER_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
stoker_chart_legend_init (StokerChartLegend *self)
{
  g_object_set (gtk_widget_get_layout_manager (GTK_WIDGET (self)), "spacing", 0, "line-spacing", 0,
                NULL);
  stoker_ui_set_label (GTK_WIDGET (self), _ ("Legend"));
}

static gboolean
has_same_series (const StokerChartModel *a, const StokerChartModel *b)
{
  if (a == NULL || b == NULL || a->kind != b->kind || a->series->len != b->series->len)
    return FALSE;
  for (guint i = 0; i < a->series->len; i++)
    {
      g_autofree char *before = stoker_chart_swatch_describe (a, i);
      g_autofree char *after = stoker_chart_swatch_describe (b, i);
      const StokerChartSeries *s = g_ptr_array_index (a->series, i);
      const StokerChartSeries *t = g_ptr_array_index (b->series, i);

      if (!g_str_equal (before, after) || !g_str_equal (s->id, t->id) || s->color != t->color ||
          s->color_kind != t->color_kind)
        return FALSE;
    }
  return TRUE;
}

/**
 * stoker_chart_legend_set_model:
 * @model: (nullable): whose series to list
 *
 * A model with the same series keeps the buttons, so that none moves or loses its focus.
 */
void
stoker_chart_legend_set_model (StokerChartLegend *self, StokerChartModel *model)
{
  g_return_if_fail (STOKER_IS_CHART_LEGEND (self));

  if (has_same_series (self->model, model))
    return;
  remove_buttons (self);
  g_clear_pointer (&self->model, stoker_chart_model_unref);
  self->model = model != NULL ? stoker_chart_model_ref (model) : NULL;
  /* There is nothing to explain where nothing is drawn. */
  gtk_widget_set_visible (GTK_WIDGET (self),
                          model != NULL && model->series->len > 0 && model->empty == NULL);
  if (model != NULL)
    add_buttons (self);
}

static gboolean
is_hidden (const Entry *entry, const char *const *ids)
{
  for (guint i = 0; i < entry->series->len; i++)
    if (!g_strv_contains (ids, get_id (entry, i)))
      return FALSE;
  return TRUE;
}

/**
 * stoker_chart_legend_set_hidden_ids:
 * @ids: (array zero-terminated=1): the series that are switched off
 */
void
stoker_chart_legend_set_hidden_ids (StokerChartLegend *self, const char *const *ids)
{
  g_return_if_fail (STOKER_IS_CHART_LEGEND (self));

  self->is_updating = TRUE;
  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self)); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), !is_hidden (get_entry (button), ids));
  self->is_updating = FALSE;
}

/**
 * stoker_chart_legend_dup_hidden_ids:
 *
 * Returns: (transfer full) (array zero-terminated=1): the series that are switched off
 */
char **
stoker_chart_legend_dup_hidden_ids (StokerChartLegend *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  g_return_val_if_fail (STOKER_IS_CHART_LEGEND (self), NULL);

  for (GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self)); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    {
      const Entry *entry = get_entry (button);

      if (gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (button)))
        continue;
      for (guint i = 0; i < entry->series->len; i++)
        g_strv_builder_add (ids, get_id (entry, i));
    }
  return g_strv_builder_end (ids);
}
