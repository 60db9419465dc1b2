/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-compare-page.h"

#include "stoker-advice-phrases.h"
#include "stoker-back-button.h"
#include "stoker-chart-view.h"
#include "stoker-closures.h"
#include "stoker-compare-table.h"
#include "stoker-export.h"
#include "stoker-page-stack.h"
#include "stoker-phrases.h"
#include "stoker-plot-axes.h"
#include "stoker-plot-set.h"
#include "stoker-plot-switcher.h"
#include "stoker-sheet-view.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

#include <math.h>

/* As many as one can take in at a glance, each with a colour of its own. */
#define MAX_CANDIDATES STOKER_LINE_UP_COLORS

/* The charts' sentences follow the volume when it has come to rest. */
#define REST_MS 500

struct _StokerComparePage
{
  StokerPage parent_instance;

  StokerAdvice *advice;      /* owned, nullable: the one shown */
  StokerLineUp *line_up;     /* owned, nullable */
  GPtrArray *models;         /* owned, nullable: a chart for each plot */
  GCancellable *cancellable; /* owned, nullable: of the charts that are being made */
  guint rest_id;             /* source: the volume moved a moment ago */
  gboolean is_stale;         /* the advice changed while the page was out of sight */
  gboolean counts_jobs;      /* the volume is one of jobs */
  gboolean shows_sheet;
  gboolean shows_all;

  StokerPlotSwitcher *switcher;
  GtkStack *chart_stack;
  StokerChartView *chart_view;
  StokerSheetView *sheet;
  GtkLabel *summary_label;
  GtkLabel *volume_label;
  GtkSpinButton *volume_spin;
  GtkLabel *cheapest_label;
  GtkLabel *count_label;
  GtkToggleButton *all_button;
  StokerCompareTable *table;
};

G_DEFINE_FINAL_TYPE (StokerComparePage, stoker_compare_page, STOKER_TYPE_PAGE)

typedef enum {
  PROP_SHOWS_SHEET = 1,
  PROP_SHOWS_ALL,
  PROP_IS_LOGARITHMIC,
  N_PROPS,
} Property;

static GParamSpec *properties[N_PROPS];

static gint64
get_volume (StokerComparePage *self)
{
  return llround (gtk_spin_button_get_value (self->volume_spin));
}

static StokerChartModel *
get_model (StokerComparePage *self)
{
  const char *plot = stoker_plot_switcher_get_plot (self->switcher);

  for (guint i = 0; self->models != NULL && i < self->models->len; i++)
    {
      StokerChartModel *model = self->models->pdata[i];

      if (g_str_equal (model->id, plot))
        return model;
    }
  return NULL;
}

static GSettings *
get_settings (StokerComparePage *self)
{
  StokerWorkspace *workspace = stoker_page_get_workspace (STOKER_PAGE (self));

  return workspace != NULL
           ? stoker_settings_get_gsettings (stoker_workspace_get_settings (workspace))
           : NULL;
}

static void
show_chart (StokerComparePage *self)
{
  StokerChartModel *model = get_model (self);

  stoker_chart_view_set_model (self->chart_view, model);
  if (model != NULL && !isnan (model->cursor))
    stoker_chart_view_set_cursor (self->chart_view, (double) get_volume (self));
  gtk_label_set_label (self->summary_label, model != NULL ? model->summary : NULL);
  /* The chart over the volume says it itself. */
  gtk_widget_set_visible (GTK_WIDGET (self->cheapest_label),
                          model == NULL || isnan (model->cursor));
  if (self->shows_sheet)
    stoker_sheet_view_set_model (self->sheet, model);
  gtk_stack_set_visible_child_name (self->chart_stack, self->shows_sheet ? "sheet" : "chart");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "compare.is-logarithmic",
                                 stoker_plot_axes_can_turn (model) && !self->shows_sheet);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_LOGARITHMIC]);
}

static void
set_logarithmic (StokerComparePage *self, gboolean is_logarithmic)
{
  StokerChartModel *model = get_model (self);

  if (!stoker_plot_axes_can_turn (model) || stoker_plot_axes_are_log (model) == is_logarithmic)
    return;
  stoker_plot_axes_turn (self->models, model->id, get_settings (self));
  show_chart (self);
}

static void
show_count (StokerComparePage *self)
{
  guint n_candidates = self->advice->candidates->len;
  guint n_shown = self->line_up->candidates->len;
  g_autofree char *text = NULL;

  if (n_shown < n_candidates)
    text = g_strdup_printf (_ ("%u of %u candidates, the best of each way of paying"), n_shown,
                            n_candidates);
  else
    text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u candidate",
                                         "%u candidates, best first", n_candidates),
                            n_candidates);
  gtk_label_set_label (self->count_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->all_button), n_candidates > MAX_CANDIDATES);
}

static void
show_cheapest (StokerComparePage *self)
{
  StokerMoney cost = stoker_money_unknown ();
  const StokerCandidate *best = stoker_compare_table_find_cheapest (self->table, &cost);
  g_autofree char *name = best != NULL ? stoker_phrase_candidate (best) : NULL;
  g_autofree char *amount = stoker_phrase_money (cost);
  g_autofree char *text = NULL;

  if (best == NULL)
    text = g_strdup (_ ("No candidate's cost a month is known."));
  else
    text = g_strdup_printf (_ ("Cheapest at this volume: %s, %s a month"), name, amount);
  gtk_label_set_label (self->cheapest_label, text);
}

static void
charts_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) models = stoker_plot_set_make_finish (result, &error);
  StokerComparePage *self = user_data;

  /* Cancelled: the page may be gone. */
  if (models == NULL)
    return;
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->models, g_ptr_array_unref);
  self->models = g_steal_pointer (&models);
  if (get_settings (self) != NULL)
    stoker_plot_axes_restore (self->models, get_settings (self));
  show_chart (self);
}

static void
cancel_charts (StokerComparePage *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
make_charts (StokerComparePage *self)
{
  cancel_charts (self);
  self->cancellable = g_cancellable_new ();
  stoker_plot_set_make_async (self->line_up, self->cancellable, charts_made_cb, self);
}

static void
make_line_up (StokerComparePage *self)
{
  g_clear_pointer (&self->line_up, stoker_line_up_unref);
  self->line_up = stoker_line_up_new (self->advice, self->shows_all ? 0 : MAX_CANDIDATES,
                                      get_volume (self));
}

static void
show_all (StokerComparePage *self)
{
  self->is_stale = FALSE;
  if (self->advice == NULL)
    return;
  make_line_up (self);
  stoker_compare_table_set_line_up (self->table, self->line_up);
  show_count (self);
  show_cheapest (self);
  make_charts (self);
}

static gboolean
volume_rests_cb (gpointer user_data)
{
  StokerComparePage *self = STOKER_COMPARE_PAGE (user_data);

  self->rest_id = 0;
  if (self->line_up == NULL || self->line_up->outputs_per_month == get_volume (self))
    return G_SOURCE_REMOVE;
  make_line_up (self);
  make_charts (self);
  return G_SOURCE_REMOVE;
}

/* Only figures change while the volume moves: the charts know the costs at every volume already. */
static void
volume_changed_cb (StokerComparePage *self)
{
  StokerChartModel *model = get_model (self);

  if (model != NULL && !isnan (model->cursor))
    stoker_chart_view_set_cursor (self->chart_view, (double) get_volume (self));
  stoker_compare_table_set_volume (self->table, get_volume (self));
  show_cheapest (self);
  g_clear_handle_id (&self->rest_id, g_source_remove);
  self->rest_id = g_timeout_add (REST_MS, volume_rests_cb, self);
}

static void
cursor_moved_cb (StokerComparePage *self, double cursor)
{
  gtk_spin_button_set_value (self->volume_spin, round (cursor));
}

static void
chart_selected_cb (StokerComparePage *self)
{
  const char *id = stoker_chart_view_get_selected_id (self->chart_view);

  if (stoker_compare_table_get_pointed_id (self->table) == NULL)
    stoker_compare_table_set_selected_id (self->table, id);
}

static void
table_selected_cb (StokerComparePage *self)
{
  const char *id = stoker_compare_table_get_selected_id (self->table);

  if (g_strcmp0 (id, stoker_chart_view_get_selected_id (self->chart_view)) != 0)
    stoker_chart_view_set_selected_id (self->chart_view, id);
}

/* The pointer marks for as long as it is there; then the selection does again. */
static void
table_pointed_cb (StokerComparePage *self)
{
  const char *id = stoker_compare_table_get_pointed_id (self->table);

  stoker_chart_view_set_selected_id (self->chart_view,
                                     id != NULL
                                       ? id
                                       : stoker_compare_table_get_selected_id (self->table));
}

/* Another advice keeps the volume that somebody looks at, unless it is told or of something else.
 */
static void
choose_volume (StokerComparePage *self)
{
  gboolean counts_jobs = stoker_line_up_counts_jobs (self->advice);
  gint64 told = self->advice->workload->outputs_per_month;

  gtk_label_set_label (self->volume_label,
                       counts_jobs ? _ ("_Jobs a Month") : _ ("_Outputs a Month"));
  if ((!counts_jobs && told > 0) || counts_jobs != self->counts_jobs)
    gtk_spin_button_set_value (self->volume_spin,
                               (double) stoker_line_up_suggest_volume (self->advice));
  gtk_spin_button_set_increments (self->volume_spin, counts_jobs ? 1 : 100,
                                  counts_jobs ? 10 : 1000);
  self->counts_jobs = counts_jobs;
}

static void
advice_changed_cb (StokerComparePage *self)
{
  StokerDesk *desk = stoker_page_get_desk (STOKER_PAGE (self));
  StokerAdvice *advice = desk != NULL ? stoker_desk_get_advice (desk) : NULL;

  if (advice == NULL || advice == self->advice)
    return;
  g_clear_pointer (&self->advice, stoker_advice_unref);
  self->advice = stoker_advice_ref (advice);
  self->is_stale = TRUE;
  choose_volume (self);
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    show_all (self);
}

static void
export_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerComparePage *self = STOKER_COMPARE_PAGE (widget);
  StokerChartModel *model = get_model (self);

  if (model != NULL)
    stoker_export_ask (widget, g_variant_get_int32 (parameter), model, self->line_up);
}

static void
retry_cb (StokerComparePage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "app.retry", NULL);
}

static char *
get_state (gpointer unused, GObject *workspace, const char *problem, StokerAdvice *advice)
{
  return stoker_closure_page_state (NULL, workspace, problem,
                                    advice != NULL && advice->candidates->len > 0);
}

static void
stoker_compare_page_workspace_changed (StokerPage *page, StokerWorkspace *workspace)
{
  StokerComparePage *self = STOKER_COMPARE_PAGE (page);

  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr (GAction) sort = NULL;

  g_settings_unbind (self->switcher, "plot");
  g_settings_unbind (self->table, "order");
  gtk_widget_insert_action_group (GTK_WIDGET (self), "compare-view", NULL);
  if (workspace == NULL)
    return;
  g_settings_bind (get_settings (self), "compare-chart", self->switcher, "plot",
                   G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (get_settings (self), "compare-sort", self->table, "order",
                   G_SETTINGS_BIND_DEFAULT);
  sort = g_settings_create_action (get_settings (self), "compare-sort");
  g_action_map_add_action (G_ACTION_MAP (actions), sort);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "compare-view", G_ACTION_GROUP (actions));
}

static void
stoker_compare_page_map (GtkWidget *widget)
{
  StokerComparePage *self = STOKER_COMPARE_PAGE (widget);

  GTK_WIDGET_CLASS (stoker_compare_page_parent_class)->map (widget);
  if (self->is_stale)
    show_all (self);
}

static void
stoker_compare_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StokerComparePage *self = STOKER_COMPARE_PAGE (object);

  switch ((Property) id)
    {
    case PROP_SHOWS_SHEET:
      g_value_set_boolean (value, self->shows_sheet);
      break;
    case PROP_SHOWS_ALL:
      g_value_set_boolean (value, self->shows_all);
      break;
    case PROP_IS_LOGARITHMIC:
      g_value_set_boolean (value, stoker_plot_axes_are_log (get_model (self)));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stoker_compare_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StokerComparePage *self = STOKER_COMPARE_PAGE (object);

  if (id == PROP_SHOWS_SHEET)
    {
      self->shows_sheet = g_value_get_boolean (value);
      show_chart (self);
    }
  else if (id == PROP_SHOWS_ALL)
    {
      self->shows_all = g_value_get_boolean (value);
      show_all (self);
    }
  else if (id == PROP_IS_LOGARITHMIC)
    {
      set_logarithmic (self, g_value_get_boolean (value));
    }
  else
    {
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      return;
    }
  g_object_notify_by_pspec (object, pspec);
}

static void
stoker_compare_page_constructed (GObject *object)
{
  StokerComparePage *self = STOKER_COMPARE_PAGE (object);
  StokerDesk *desk = NULL;

  G_OBJECT_CLASS (stoker_compare_page_parent_class)->constructed (object);
  desk = stoker_page_get_desk (STOKER_PAGE (self));
  if (desk == NULL)
    return;
  g_signal_connect_object (desk, "notify::advice", G_CALLBACK (advice_changed_cb), self,
                           G_CONNECT_SWAPPED);
  advice_changed_cb (self);
}

static void
stoker_compare_page_dispose (GObject *object)
{
  StokerComparePage *self = STOKER_COMPARE_PAGE (object);

  cancel_charts (self);
  g_clear_handle_id (&self->rest_id, g_source_remove);
  G_OBJECT_CLASS (stoker_compare_page_parent_class)->dispose (object);
}

static void
stoker_compare_page_finalize (GObject *object)
{
  StokerComparePage *self = STOKER_COMPARE_PAGE (object);

  g_clear_pointer (&self->models, g_ptr_array_unref);
  g_clear_pointer (&self->line_up, stoker_line_up_unref);
  g_clear_pointer (&self->advice, stoker_advice_unref);
  G_OBJECT_CLASS (stoker_compare_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (STOKER_TYPE_BACK_BUTTON);
  g_type_ensure (STOKER_TYPE_CHART_VIEW);
  g_type_ensure (STOKER_TYPE_COMPARE_TABLE);
  g_type_ensure (STOKER_TYPE_PAGE_STACK);
  g_type_ensure (STOKER_TYPE_PLOT_SWITCHER);
  g_type_ensure (STOKER_TYPE_SHEET_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/compare/stoker-compare-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerComparePage, switcher);
  gtk_widget_class_bind_template_child (widget_class, StokerComparePage, chart_stack);
  gtk_widget_class_bind_template_child (widget_class, StokerComparePage, chart_view);
  gtk_widget_class_bind_template_child (widget_class, StokerComparePage, sheet);
  gtk_widget_class_bind_template_child (widget_class, StokerComparePage, summary_label);
  gtk_widget_class_bind_template_child (widget_class, StokerComparePage, volume_label);
  gtk_widget_class_bind_template_child (widget_class, StokerComparePage, volume_spin);
  gtk_widget_class_bind_template_child (widget_class, StokerComparePage, cheapest_label);
  gtk_widget_class_bind_template_child (widget_class, StokerComparePage, count_label);
  gtk_widget_class_bind_template_child (widget_class, StokerComparePage, all_button);
  gtk_widget_class_bind_template_child (widget_class, StokerComparePage, table);
  gtk_widget_class_bind_template_callback (widget_class, show_chart);
  gtk_widget_class_bind_template_callback (widget_class, volume_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, cursor_moved_cb);
  gtk_widget_class_bind_template_callback (widget_class, chart_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, table_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, table_pointed_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, get_state);
}

static void
stoker_compare_page_class_init (StokerComparePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = stoker_compare_page_get_property;
  object_class->set_property = stoker_compare_page_set_property;
  object_class->constructed = stoker_compare_page_constructed;
  object_class->dispose = stoker_compare_page_dispose;
  object_class->finalize = stoker_compare_page_finalize;
  widget_class->map = stoker_compare_page_map;
  STOKER_PAGE_CLASS (klass)->workspace_changed = stoker_compare_page_workspace_changed;

  properties[PROP_SHOWS_SHEET] = g_param_spec_boolean ("shows-sheet", NULL, NULL, FALSE,
                                                       G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                         G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_SHOWS_ALL] = g_param_spec_boolean ("shows-all", NULL, NULL, FALSE,
                                                     G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                       G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_IS_LOGARITHMIC] =
    g_param_spec_boolean ("is-logarithmic", NULL, NULL, FALSE,
                          G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_install_property_action (widget_class, "compare.shows-sheet", "shows-sheet");
  gtk_widget_class_install_property_action (widget_class, "compare.shows-all", "shows-all");
  gtk_widget_class_install_property_action (widget_class, "compare.is-logarithmic",
                                            "is-logarithmic");
  gtk_widget_class_install_action (widget_class, "compare.export", "i", export_cb);
  bind_template (widget_class);
}

static void
stoker_compare_page_init (StokerComparePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
