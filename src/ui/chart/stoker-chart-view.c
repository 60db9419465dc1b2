/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-chart-view.h"

#include "stoker-chart-area.h"
#include "stoker-chart-legend.h"
#include "stoker-ui.h"

#include <math.h>

struct _StokerChartView
{
  GtkWidget parent_instance;

  StokerChartModel *model; /* owned, nullable */
  char *selected_id;       /* owned, nullable */
  char **hidden_ids;       /* owned */
  double cursor;           /* NAN: none */
  gboolean is_log_x;
  gboolean is_log_y;

  /* Owned by the tree of widgets; NULL once it is torn down. */
  StokerChartLegend *legend;
  StokerChartArea *area;
};

G_DEFINE_FINAL_TYPE (StokerChartView, stoker_chart_view, GTK_TYPE_WIDGET)

typedef enum {
  PROP_MODEL = 1,
  PROP_CURSOR,
  PROP_SELECTED_ID,
  PROP_HIDDEN_IDS,
  PROP_LOG_X,
  PROP_LOG_Y,
  N_PROPS,
} Property;

static GParamSpec *properties[N_PROPS];
static guint cursor_moved_signal;

static void
stoker_chart_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StokerChartView *self = STOKER_CHART_VIEW (object);

  switch ((Property) id)
    {
    case PROP_MODEL:
      g_value_set_boxed (value, self->model);
      break;
    case PROP_CURSOR:
      g_value_set_double (value, self->cursor);
      break;
    case PROP_SELECTED_ID:
      g_value_set_string (value, self->selected_id);
      break;
    case PROP_HIDDEN_IDS:
      g_value_set_boxed (value, self->hidden_ids);
      break;
    case PROP_LOG_X:
      g_value_set_boolean (value, self->is_log_x);
      break;
    case PROP_LOG_Y:
      g_value_set_boolean (value, self->is_log_y);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stoker_chart_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StokerChartView *self = STOKER_CHART_VIEW (object);

  switch ((Property) id)
    {
    case PROP_MODEL:
      stoker_chart_view_set_model (self, g_value_get_boxed (value));
      break;
    case PROP_CURSOR:
      stoker_chart_view_set_cursor (self, g_value_get_double (value));
      break;
    case PROP_SELECTED_ID:
      stoker_chart_view_set_selected_id (self, g_value_get_string (value));
      break;
    case PROP_HIDDEN_IDS:
      stoker_chart_view_set_hidden_ids (self, g_value_get_boxed (value));
      break;
    case PROP_LOG_X:
      stoker_chart_view_set_log_x (self, g_value_get_boolean (value));
      break;
    case PROP_LOG_Y:
      stoker_chart_view_set_log_y (self, g_value_get_boolean (value));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stoker_chart_view_dispose (GObject *object)
{
  StokerChartView *self = STOKER_CHART_VIEW (object);
  GtkWidget *child = NULL;

  self->legend = NULL;
  self->area = NULL;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (stoker_chart_view_parent_class)->dispose (object);
}

static void
stoker_chart_view_finalize (GObject *object)
{
  StokerChartView *self = STOKER_CHART_VIEW (object);

  g_clear_pointer (&self->model, stoker_chart_model_unref);
  g_clear_pointer (&self->selected_id, g_free);
  g_clear_pointer (&self->hidden_ids, g_strfreev);
  G_OBJECT_CLASS (stoker_chart_view_parent_class)->finalize (object);
}

/* What a chart is bound to may go on changing while its window is torn down around it. */
static gboolean
is_disposed (StokerChartView *self)
{
  return self->area == NULL;
}

static void
cursor_moved_cb (StokerChartView *self, double cursor)
{
  stoker_chart_view_set_cursor (self, cursor);
  g_signal_emit (self, cursor_moved_signal, 0, cursor);
}

static void
legend_changed_cb (StokerChartView *self)
{
  g_auto (GStrv) ids = stoker_chart_legend_dup_hidden_ids (self->legend);

  stoker_chart_view_set_hidden_ids (self, (const char *const *) ids);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  properties[PROP_MODEL] = g_param_spec_boxed ("model", NULL, NULL, STOKER_TYPE_CHART_MODEL, flags);
  /* Without lax validation NAN would count as out of the limits. */
  properties[PROP_CURSOR] = g_param_spec_double ("cursor", NULL, NULL, -G_MAXDOUBLE, G_MAXDOUBLE, 0,
                                                 flags | G_PARAM_LAX_VALIDATION);
  properties[PROP_SELECTED_ID] = g_param_spec_string ("selected-id", NULL, NULL, NULL, flags);
  properties[PROP_HIDDEN_IDS] = g_param_spec_boxed ("hidden-ids", NULL, NULL, G_TYPE_STRV, flags);
  properties[PROP_LOG_X] = g_param_spec_boolean ("log-x", NULL, NULL, FALSE, flags);
  properties[PROP_LOG_Y] = g_param_spec_boolean ("log-y", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stoker_chart_view_class_init (StokerChartViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = stoker_chart_view_get_property;
  object_class->set_property = stoker_chart_view_set_property;
  object_class->dispose = stoker_chart_view_dispose;
  object_class->finalize = stoker_chart_view_finalize;
  install_properties (object_class);

  cursor_moved_signal = g_signal_new ("cursor-moved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                      0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_DOUBLE);

  gtk_widget_class_set_css_name (widget_class, "chart");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
stoker_chart_view_init (StokerChartView *self)
{
  self->cursor = NAN;
  self->hidden_ids = g_new0 (char *, 1);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (
                                    gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                              6);
  self->legend = g_object_new (STOKER_TYPE_CHART_LEGEND, NULL);
  self->area = g_object_new (STOKER_TYPE_CHART_AREA, "vexpand", TRUE, NULL);
  gtk_widget_set_parent (GTK_WIDGET (self->legend), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->area), GTK_WIDGET (self));
  g_signal_connect_swapped (self->legend, "changed", G_CALLBACK (legend_changed_cb), self);
  g_signal_connect_swapped (self->area, "cursor-moved", G_CALLBACK (cursor_moved_cb), self);
  g_signal_connect_swapped (self->area, "selected", G_CALLBACK (stoker_chart_view_set_selected_id),
                            self);
}

/**
 * stoker_chart_view_new:
 *
 * Returns: (transfer floating): a chart without a model
 */
GtkWidget *
stoker_chart_view_new (void)
{
  return g_object_new (STOKER_TYPE_CHART_VIEW, NULL);
}

/**
 * stoker_chart_view_set_model:
 * @model: (nullable): what to draw
 *
 * Also takes over the model's cursor and its kinds of axis. Switched off and selected series keep
 * their state by id.
 */
void
stoker_chart_view_set_model (StokerChartView *self, StokerChartModel *model)
{
  g_return_if_fail (STOKER_IS_CHART_VIEW (self));

  if (self->model == model || is_disposed (self))
    return;
  g_clear_pointer (&self->model, stoker_chart_model_unref);
  self->model = model != NULL ? stoker_chart_model_ref (model) : NULL;
  stoker_chart_legend_set_model (self->legend, model);
  stoker_chart_legend_set_hidden_ids (self->legend, (const char *const *) self->hidden_ids);
  stoker_chart_area_set_model (self->area, model);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
  if (model == NULL)
    return;
  stoker_ui_set_label (GTK_WIDGET (self), model->title);
  stoker_ui_set_label (GTK_WIDGET (self->area), model->title);
  stoker_chart_view_set_cursor (self, model->cursor);
  stoker_chart_view_set_log_x (self, model->x.is_log);
  stoker_chart_view_set_log_y (self, model->y.is_log);
}

/**
 * stoker_chart_view_get_model:
 *
 * Returns: (transfer none) (nullable): what is drawn
 */
StokerChartModel *
stoker_chart_view_get_model (StokerChartView *self)
{
  g_return_val_if_fail (STOKER_IS_CHART_VIEW (self), NULL);

  return self->model;
}

static gboolean
is_same_number (double a, double b)
{
  return (isnan (a) && isnan (b)) || (a >= b && a <= b);
}

/**
 * stoker_chart_view_set_cursor:
 * @cursor: x of the line that can be dragged; NAN for none
 */
void
stoker_chart_view_set_cursor (StokerChartView *self, double cursor)
{
  g_return_if_fail (STOKER_IS_CHART_VIEW (self));

  if (is_same_number (self->cursor, cursor) || is_disposed (self))
    return;
  self->cursor = cursor;
  stoker_chart_area_set_cursor (self->area, cursor);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CURSOR]);
}

/**
 * stoker_chart_view_get_cursor:
 *
 * Returns: x of the line that can be dragged; NAN when there is none
 */
double
stoker_chart_view_get_cursor (StokerChartView *self)
{
  g_return_val_if_fail (STOKER_IS_CHART_VIEW (self), NAN);

  return self->cursor;
}

/**
 * stoker_chart_view_set_selected_id:
 * @id: (nullable): id of the series or category to mark
 */
void
stoker_chart_view_set_selected_id (StokerChartView *self, const char *id)
{
  g_return_if_fail (STOKER_IS_CHART_VIEW (self));

  if (g_strcmp0 (self->selected_id, id) == 0 || is_disposed (self))
    return;
  g_free (self->selected_id);
  self->selected_id = g_strdup (id);
  stoker_chart_area_set_selected_id (self->area, id);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SELECTED_ID]);
}

/**
 * stoker_chart_view_get_selected_id:
 *
 * Returns: (transfer none) (nullable): id of the series or category that is marked
 */
const char *
stoker_chart_view_get_selected_id (StokerChartView *self)
{
  g_return_val_if_fail (STOKER_IS_CHART_VIEW (self), NULL);

  return self->selected_id;
}

/**
 * stoker_chart_view_set_hidden_ids:
 * @ids: (array zero-terminated=1) (nullable): ids of the series that are not drawn
 */
void
stoker_chart_view_set_hidden_ids (StokerChartView *self, const char *const *ids)
{
  static const char *const none[] = { NULL };

  g_return_if_fail (STOKER_IS_CHART_VIEW (self));

  if (ids == NULL)
    ids = none;
  if (g_strv_equal ((const char *const *) self->hidden_ids, ids) || is_disposed (self))
    return;
  g_strfreev (self->hidden_ids);
  self->hidden_ids = g_strdupv ((char **) ids);
  stoker_chart_legend_set_hidden_ids (self->legend, ids);
  stoker_chart_area_set_hidden_ids (self->area, ids);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HIDDEN_IDS]);
}

/**
 * stoker_chart_view_get_hidden_ids:
 *
 * Returns: (transfer none) (array zero-terminated=1): ids of the series that are not drawn
 */
const char *const *
stoker_chart_view_get_hidden_ids (StokerChartView *self)
{
  g_return_val_if_fail (STOKER_IS_CHART_VIEW (self), NULL);

  return (const char *const *) self->hidden_ids;
}

/**
 * stoker_chart_view_set_log_x:
 * @is_log: whether the x axis is logarithmic; without effect where the model does not allow it
 */
void
stoker_chart_view_set_log_x (StokerChartView *self, gboolean is_log)
{
  g_return_if_fail (STOKER_IS_CHART_VIEW (self));

  if (self->is_log_x == is_log || is_disposed (self))
    return;
  self->is_log_x = is_log;
  stoker_chart_area_set_log (self->area, self->is_log_x, self->is_log_y);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOG_X]);
}

/**
 * stoker_chart_view_set_log_y:
 * @is_log: whether the y axis is logarithmic; without effect where the model does not allow it
 */
void
stoker_chart_view_set_log_y (StokerChartView *self, gboolean is_log)
{
  g_return_if_fail (STOKER_IS_CHART_VIEW (self));

  if (self->is_log_y == is_log || is_disposed (self))
    return;
  self->is_log_y = is_log;
  stoker_chart_area_set_log (self->area, self->is_log_x, self->is_log_y);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOG_Y]);
}

/**
 * stoker_chart_view_get_log_x:
 *
 * Returns: whether a logarithmic x axis was asked for
 */
gboolean
stoker_chart_view_get_log_x (StokerChartView *self)
{
  g_return_val_if_fail (STOKER_IS_CHART_VIEW (self), FALSE);

  return self->is_log_x;
}

/**
 * stoker_chart_view_get_log_y:
 *
 * Returns: whether a logarithmic y axis was asked for
 */
gboolean
stoker_chart_view_get_log_y (StokerChartView *self)
{
  g_return_val_if_fail (STOKER_IS_CHART_VIEW (self), FALSE);

  return self->is_log_y;
}
