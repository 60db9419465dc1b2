/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-jobs-page.h"

#include "stoker-back-button.h"
#include "stoker-closures.h"
#include "stoker-job-detail.h"
#include "stoker-jobs-list.h"
#include "stoker-keep-jobs.h"
#include "stoker-page-stack.h"
#include "stoker-roomy-bin.h"
#include "stoker-ui.h"

struct _StokerJobsPage
{
  StokerPage parent_instance;

  GListModel *jobs; /* owned, nullable */
  gboolean has_jobs;

  AdwLeaflet *leaflet;
  StokerJobsList *list;
  StokerJobDetail *detail;
};

G_DEFINE_FINAL_TYPE (StokerJobsPage, stoker_jobs_page, STOKER_TYPE_PAGE)

typedef enum {
  PROP_HAS_JOBS = 1,
  N_PROPS,
} StokerJobsPageProperty;

static GParamSpec *properties[N_PROPS];

static void
documents_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerJobsPage) self = user_data;
  g_autoptr (GError) error = NULL;
  StokerJob *job = NULL;

  if (!stoker_load_documents_finish (result, &error))
    stoker_ui_toast (GTK_WIDGET (self), error->message);
  if (self->jobs == NULL)
    return;
  job = stoker_jobs_list_get_chosen (self->list);
  if (job != NULL && stoker_job_has_documents (job))
    stoker_job_detail_set_job (self->detail, stoker_page_get_workspace (STOKER_PAGE (self)), job);
}

/* A job that has ended is read from the database only now. */
static void
job_chosen_cb (StokerJobsPage *self, StokerJob *job)
{
  StokerWorkspace *workspace = stoker_page_get_workspace (STOKER_PAGE (self));
  g_autoptr (GPtrArray) jobs = g_ptr_array_new ();

  /* What was looked at is gone. */
  if (job == NULL)
    adw_leaflet_set_visible_child_name (self->leaflet, "list");
  if (job == NULL || stoker_job_has_documents (job))
    {
      stoker_job_detail_set_job (self->detail, workspace, job);
      return;
    }
  g_ptr_array_add (jobs, job);
  stoker_load_documents_async (workspace, jobs, NULL, documents_loaded_cb, g_object_ref (self));
}

/* Beside the list the job is seen already, and the keyboard stays where it is: a leaflet that is
 * told to show another child gives the keyboard to that. */
static void
job_opened_cb (StokerJobsPage *self)
{
  if (adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_set_visible_child_name (self->leaflet, "detail");
}

static gboolean
search_pressed_cb (GtkWidget *widget, GVariant *arguments, gpointer unused)
{
  StokerJobsPage *self = STOKER_JOBS_PAGE (widget);

  adw_leaflet_set_visible_child_name (self->leaflet, "list");
  g_object_set (self->list, "is-searching", TRUE, NULL);
  return GDK_EVENT_STOP;
}

/* Where the job takes the place of the list, Escape goes back to that. */
static gboolean
escape_pressed_cb (GtkWidget *widget, GVariant *arguments, gpointer unused)
{
  StokerJobsPage *self = STOKER_JOBS_PAGE (widget);
  const char *shown = adw_leaflet_get_visible_child_name (self->leaflet);

  if (!adw_leaflet_get_folded (self->leaflet) || g_strcmp0 (shown, "detail") != 0)
    return GDK_EVENT_PROPAGATE;
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  stoker_jobs_list_focus_rows (self->list);
  return GDK_EVENT_STOP;
}

static void
open_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stoker_jobs_page_show_job (STOKER_JOBS_PAGE (widget), g_variant_get_string (parameter, NULL));
}

static void
jobs_changed_cb (StokerJobsPage *self)
{
  gboolean has_jobs = self->jobs != NULL && g_list_model_get_n_items (self->jobs) > 0;

  if (has_jobs == self->has_jobs)
    return;
  self->has_jobs = has_jobs;
  if (!has_jobs)
    adw_leaflet_set_visible_child_name (self->leaflet, "list");
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_JOBS]);
}

static void
drop_jobs (StokerJobsPage *self)
{
  if (self->jobs != NULL)
    g_signal_handlers_disconnect_by_data (self->jobs, self);
  g_clear_object (&self->jobs);
}

static void
stoker_jobs_page_workspace_changed (StokerPage *page, StokerWorkspace *workspace)
{
  StokerJobsPage *self = STOKER_JOBS_PAGE (page);

  drop_jobs (self);
  stoker_job_detail_set_job (self->detail, NULL, NULL);
  if (workspace != NULL)
    {
      self->jobs = g_object_ref (stoker_workspace_get_jobs (workspace));
      g_signal_connect_swapped (self->jobs, "items-changed", G_CALLBACK (jobs_changed_cb), self);
    }
  stoker_jobs_list_set_workspace (self->list, workspace);
  jobs_changed_cb (self);
}

static void
stoker_jobs_page_money_changed (StokerPage *page)
{
  StokerJobsPage *self = STOKER_JOBS_PAGE (page);

  stoker_jobs_list_write_anew (self->list);
  stoker_job_detail_write_anew (self->detail);
}

/* The list brings header bars of its own, the other states share one. */
static char *
get_frame (gpointer unused, gboolean has_jobs)
{
  return g_strdup (has_jobs ? "content" : "states");
}

static void
retry_cb (StokerJobsPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "app.retry", NULL);
}

static void
stoker_jobs_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_HAS_JOBS)
    g_value_set_boolean (value, STOKER_JOBS_PAGE (object)->has_jobs);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_jobs_page_dispose (GObject *object)
{
  drop_jobs (STOKER_JOBS_PAGE (object));
  G_OBJECT_CLASS (stoker_jobs_page_parent_class)->dispose (object);
}

static void
stoker_jobs_page_class_init (StokerJobsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = stoker_jobs_page_get_property;
  object_class->dispose = stoker_jobs_page_dispose;
  STOKER_PAGE_CLASS (klass)->workspace_changed = stoker_jobs_page_workspace_changed;
  STOKER_PAGE_CLASS (klass)->money_changed = stoker_jobs_page_money_changed;

  properties[PROP_HAS_JOBS] = g_param_spec_boolean ("has-jobs", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (STOKER_TYPE_BACK_BUTTON);
  g_type_ensure (STOKER_TYPE_JOB_DETAIL);
  g_type_ensure (STOKER_TYPE_JOBS_LIST);
  g_type_ensure (STOKER_TYPE_PAGE_STACK);
  g_type_ensure (STOKER_TYPE_ROOMY_BIN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               STOKER_UI_RESOURCE_PATH "/jobs/stoker-jobs-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerJobsPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, StokerJobsPage, list);
  gtk_widget_class_bind_template_child (widget_class, StokerJobsPage, detail);
  gtk_widget_class_bind_template_callback (widget_class, job_chosen_cb);
  gtk_widget_class_bind_template_callback (widget_class, job_opened_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, get_frame);
  gtk_widget_class_bind_template_callback (widget_class, stoker_closure_page_state);
  gtk_widget_class_install_action (widget_class, "jobs.open", "s", open_cb);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, search_pressed_cb, NULL);
  gtk_widget_class_add_binding (widget_class, GDK_KEY_Escape, 0, escape_pressed_cb, NULL);
}

static void
stoker_jobs_page_init (StokerJobsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "jobs-view",
                                  stoker_jobs_list_get_actions (self->list));
}

/**
 * stoker_jobs_page_show_job:
 * @id: id of a job
 *
 * Chooses the job and shows its detail.
 */
void
stoker_jobs_page_show_job (StokerJobsPage *self, const char *id)
{
  StokerWorkspace *workspace = stoker_page_get_workspace (STOKER_PAGE (self));
  StokerJob *job = NULL;

  g_return_if_fail (STOKER_IS_JOBS_PAGE (self));

  job = workspace != NULL ? stoker_workspace_lookup_job (workspace, id) : NULL;
  if (job == NULL)
    return;
  stoker_jobs_list_choose (self->list, job);
  job_opened_cb (self);
}
