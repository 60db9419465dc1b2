/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-overview-page.h"

#include "stoker-artifact-tile.h"
#include "stoker-back-button.h"
#include "stoker-closures.h"
#include "stoker-decision-row.h"
#include "stoker-figure-tile.h"
#include "stoker-health-chip.h"
#include "stoker-overview-phrases.h"
#include "stoker-page-stack.h"
#include "stoker-provider-phrases.h"
#include "stoker-running-row.h"
#include "stoker-ui.h"
#include "stoker-welcome.h"
#include "stoker-wrap-layout.h"

#include <glib/gi18n-lib.h>

#define MAX_ROWS 6
#define MAX_TILES 8

struct _StokerOverviewPage
{
  StokerPage parent_instance;

  StokerOutlook *outlook; /* owned, nullable */
  GListModel *providers;  /* owned, nullable: those the chips are of */
  gboolean has_content;

  GtkLabel *note_label;
  StokerFigureTile *running_tile;
  StokerFigureTile *hour_tile;
  StokerFigureTile *today_tile;
  StokerFigureTile *month_tile;
  GtkWidget *decisions_group;
  GtkListBox *decisions;
  GtkWidget *running_group;
  GtkListBox *running;
  GtkLabel *more_label;
  GtkWidget *chips;
  GtkWidget *latest_group;
  GtkFlowBox *latest;
};

G_DEFINE_FINAL_TYPE (StokerOverviewPage, stoker_overview_page, STOKER_TYPE_PAGE)

typedef enum {
  PROP_HAS_CONTENT = 1,
  N_PROPS,
} StokerOverviewPageProperty;

static GParamSpec *properties[N_PROPS];

static const char *
get_provider_name (StokerOverviewPage *self, const char *id)
{
  StokerWorkspace *workspace = stoker_page_get_workspace (STOKER_PAGE (self));

  return stoker_phrase_provider_of (workspace, id);
}

static void
show_sum (StokerFigureTile *tile, const StokerSum *sum, const char *period)
{
  g_autofree char *figure = stoker_phrase_sum (sum);
  g_autofree char *caption = stoker_phrase_sum_caption (sum, period);

  stoker_figure_tile_set (tile, figure, caption);
}

/* Against the budget for that time, where there is one. */
static void
show_spent (StokerOverviewPage *self,
            StokerFigureTile *tile,
            const StokerSum *spent,
            StokerBudgetPeriod period)
{
  StokerMoney budget = stoker_outlook_get_budget (self->outlook, period);
  g_autofree char *text = stoker_phrase_budget (period, budget, spent);

  show_sum (tile, spent, text);
  stoker_figure_tile_set_state (tile, stoker_phrase_budget_class (budget, spent));
}

static void
show_cost (StokerOverviewPage *self)
{
  const StokerRunningCost *cost = stoker_outlook_get_cost (self->outlook);
  g_autofree char *count = g_strdup_printf ("%u", cost->n_running);
  g_autofree char *caption = stoker_phrase_running (cost);

  stoker_figure_tile_set (self->running_tile, count, caption);
  show_sum (self->hour_tile, &cost->per_hour, _ ("an hour now"));
}

static void
show_spending (StokerOverviewPage *self)
{
  const StokerSpendingSummary *spending = stoker_outlook_get_spending (self->outlook);
  const char *problem = stoker_outlook_get_spending_problem (self->outlook);

  if (spending != NULL)
    {
      show_spent (self, self->today_tile, &spending->today, STOKER_BUDGET_DAY);
      show_spent (self, self->month_tile, &spending->month, STOKER_BUDGET_MONTH);
    }
  else
    {
      stoker_figure_tile_set (self->today_tile, _ ("unknown"), _ ("today"));
      stoker_figure_tile_set (self->month_tile, _ ("unknown"), _ ("this month"));
    }
  stoker_figure_tile_set_days (self->month_tile, spending);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->today_tile), problem);
}

/* Said once, and only when it is so. */
static void
show_note (StokerOverviewPage *self)
{
  StokerWorkspace *workspace = stoker_page_get_workspace (STOKER_PAGE (self));
  const char *note = NULL;

  if (workspace != NULL && !stoker_workspace_is_scheduler (workspace))
    note = _ ("Another program of Stoker sends and follows the jobs. This window takes over when "
              "it ends.");
  gtk_label_set_label (self->note_label, note != NULL ? note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note_label), note != NULL);
}

static void
refresh_rows (StokerOverviewPage *self)
{
  GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->running));

  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    if (STOKER_IS_RUNNING_ROW (row))
      stoker_running_row_refresh (STOKER_RUNNING_ROW (row));
}

static void
show_groups (StokerOverviewPage *self)
{
  guint n_running = g_list_model_get_n_items (stoker_outlook_get_running (self->outlook));
  g_autofree char *more = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "and %u more",
                                                        "and %u more", n_running - MAX_ROWS),
                                           n_running - MAX_ROWS);

  gtk_widget_set_visible (self->decisions_group,
                          g_list_model_get_n_items (stoker_outlook_get_decisions (self->outlook)) >
                            0);
  gtk_widget_set_visible (self->running_group, n_running > 0);
  gtk_label_set_label (self->more_label, more);
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), n_running > MAX_ROWS);
}

static void
outlook_changed_cb (StokerOverviewPage *self)
{
  gboolean has_content = stoker_outlook_get_workspace (self->outlook) != NULL &&
                         !stoker_outlook_is_first_run (self->outlook);

  show_cost (self);
  show_spending (self);
  show_note (self);
  show_groups (self);
  refresh_rows (self);
  if (has_content == self->has_content)
    return;
  self->has_content = has_content;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_CONTENT]);
}

static GtkWidget *
make_decision_row (gpointer item, gpointer user_data)
{
  return stoker_decision_row_new (item);
}

static GtkWidget *
make_running_row (gpointer item, gpointer user_data)
{
  return stoker_running_row_new (item,
                                 get_provider_name (user_data, stoker_job_get_provider_id (item)));
}

static void
running_row_activated_cb (StokerOverviewPage *self, GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-job", "s",
                              stoker_running_row_get_job_id (STOKER_RUNNING_ROW (row)));
}

static void
tile_activated_cb (StokerOverviewPage *self, GtkFlowBoxChild *tile)
{
  const char *id = g_object_get_data (G_OBJECT (tile), "job-id");

  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-job", "s", id);
}

static void
remove_children (GtkWidget *parent)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (parent)) != NULL)
    gtk_widget_unparent (child);
}

static guint
add_tiles (StokerOverviewPage *self, StokerJob *job, guint room)
{
  GPtrArray *artifacts = stoker_job_get_artifacts (job);
  guint added = 0;

  for (guint i = 0; i < artifacts->len && added < room; i++)
    {
      const StokerArtifact *artifact = artifacts->pdata[i];
      GtkWidget *tile = NULL;

      if (artifact->path == NULL)
        continue;
      tile = stoker_artifact_tile_new (artifact);
      g_object_set_data_full (G_OBJECT (tile), "job-id", g_strdup (stoker_job_get_id (job)),
                              g_free);
      gtk_flow_box_append (self->latest, tile);
      added++;
    }
  return added;
}

static void
latest_changed_cb (StokerOverviewPage *self)
{
  GListModel *latest = stoker_outlook_get_latest (self->outlook);
  guint room = MAX_TILES;

  while (gtk_flow_box_get_child_at_index (self->latest, 0) != NULL)
    gtk_flow_box_remove (self->latest,
                         GTK_WIDGET (gtk_flow_box_get_child_at_index (self->latest, 0)));
  for (guint i = 0; i < g_list_model_get_n_items (latest) && room > 0; i++)
    {
      g_autoptr (StokerJob) job = g_list_model_get_item (latest, i);

      room -= add_tiles (self, job, room);
    }
  /* All stand in one line, which is no longer than it must be. */
  gtk_flow_box_set_max_children_per_line (self->latest, MAX (MAX_TILES - room, 1));
  gtk_flow_box_set_min_children_per_line (self->latest, MAX (MAX_TILES - room, 1));
  gtk_widget_set_visible (self->latest_group, room < MAX_TILES);
}

static void
providers_changed_cb (StokerOverviewPage *self)
{
  remove_children (self->chips);
  for (guint i = 0; i < g_list_model_get_n_items (self->providers); i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (self->providers, i);

      gtk_widget_set_parent (stoker_health_chip_new (provider), self->chips);
    }
}

static void
drop_providers (StokerOverviewPage *self)
{
  if (self->providers != NULL)
    g_signal_handlers_disconnect_by_data (self->providers, self);
  g_clear_object (&self->providers);
}

static void
stoker_overview_page_workspace_changed (StokerPage *page, StokerWorkspace *workspace)
{
  StokerOverviewPage *self = STOKER_OVERVIEW_PAGE (page);

  drop_providers (self);
  remove_children (self->chips);
  if (workspace == NULL)
    return;
  self->providers = g_object_ref (stoker_workspace_get_providers (workspace));
  g_signal_connect_swapped (self->providers, "items-changed", G_CALLBACK (providers_changed_cb),
                            self);
  providers_changed_cb (self);
}

static void
retry_cb (StokerOverviewPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "app.retry", NULL);
}

static void
drop_outlook (StokerOverviewPage *self)
{
  if (self->outlook == NULL)
    return;
  gtk_list_box_bind_model (self->decisions, NULL, NULL, NULL, NULL);
  gtk_list_box_bind_model (self->running, NULL, NULL, NULL, NULL);
  g_signal_handlers_disconnect_by_data (stoker_outlook_get_latest (self->outlook), self);
  g_signal_handlers_disconnect_by_data (self->outlook, self);
  g_clear_object (&self->outlook);
}

static void
stoker_overview_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_HAS_CONTENT)
    g_value_set_boolean (value, STOKER_OVERVIEW_PAGE (object)->has_content);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_overview_page_dispose (GObject *object)
{
  StokerOverviewPage *self = STOKER_OVERVIEW_PAGE (object);

  drop_outlook (self);
  drop_providers (self);
  if (self->chips != NULL)
    remove_children (self->chips);
  self->chips = NULL;
  G_OBJECT_CLASS (stoker_overview_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, StokerOverviewPage, note_label);
  gtk_widget_class_bind_template_child (widget_class, StokerOverviewPage, running_tile);
  gtk_widget_class_bind_template_child (widget_class, StokerOverviewPage, hour_tile);
  gtk_widget_class_bind_template_child (widget_class, StokerOverviewPage, today_tile);
  gtk_widget_class_bind_template_child (widget_class, StokerOverviewPage, month_tile);
  gtk_widget_class_bind_template_child (widget_class, StokerOverviewPage, decisions_group);
  gtk_widget_class_bind_template_child (widget_class, StokerOverviewPage, decisions);
  gtk_widget_class_bind_template_child (widget_class, StokerOverviewPage, running_group);
  gtk_widget_class_bind_template_child (widget_class, StokerOverviewPage, running);
  gtk_widget_class_bind_template_child (widget_class, StokerOverviewPage, more_label);
  gtk_widget_class_bind_template_child (widget_class, StokerOverviewPage, chips);
  gtk_widget_class_bind_template_child (widget_class, StokerOverviewPage, latest_group);
  gtk_widget_class_bind_template_child (widget_class, StokerOverviewPage, latest);
}

static void
stoker_overview_page_class_init (StokerOverviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = stoker_overview_page_get_property;
  object_class->dispose = stoker_overview_page_dispose;
  STOKER_PAGE_CLASS (klass)->workspace_changed = stoker_overview_page_workspace_changed;

  properties[PROP_HAS_CONTENT] = g_param_spec_boolean ("has-content", NULL, NULL, FALSE,
                                                       G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (STOKER_TYPE_BACK_BUTTON);
  g_type_ensure (STOKER_TYPE_FIGURE_TILE);
  g_type_ensure (STOKER_TYPE_PAGE_STACK);
  g_type_ensure (STOKER_TYPE_WELCOME);
  g_type_ensure (STOKER_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/overview/stoker-overview-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, running_row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, tile_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, stoker_closure_page_state);
}

static void
stoker_overview_page_init (StokerOverviewPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_overview_page_set_outlook:
 * @outlook: what the page shows
 */
void
stoker_overview_page_set_outlook (StokerOverviewPage *self, StokerOutlook *outlook)
{
  g_autoptr (GtkSliceListModel) rows = NULL;

  g_return_if_fail (STOKER_IS_OVERVIEW_PAGE (self));
  g_return_if_fail (STOKER_IS_OUTLOOK (outlook));

  drop_outlook (self);
  self->outlook = g_object_ref (outlook);
  rows = gtk_slice_list_model_new (g_object_ref (stoker_outlook_get_running (outlook)), 0,
                                   MAX_ROWS);
  gtk_list_box_bind_model (self->running, G_LIST_MODEL (rows), make_running_row, self, NULL);
  gtk_list_box_bind_model (self->decisions, stoker_outlook_get_decisions (outlook),
                           make_decision_row, NULL, NULL);
  g_signal_connect_swapped (stoker_outlook_get_latest (outlook), "items-changed",
                            G_CALLBACK (latest_changed_cb), self);
  g_signal_connect_swapped (outlook, "changed", G_CALLBACK (outlook_changed_cb), self);
  latest_changed_cb (self);
  outlook_changed_cb (self);
}
