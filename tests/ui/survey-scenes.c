/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "survey-scenes.h"

#include "fake-network-monitor.h"

#include "stoker-answer-view.h"
#include "stoker-import-window.h"
#include "stoker-job-detail.h"
#include "stoker-job-outputs.h"
#include "stoker-offline-note.h"
#include "stoker-page.h"
#include "stoker-provider-actions.h"
#include "stoker-provider-detail.h"
#include "stoker-providers-page.h"
#include "stoker-retry-window.h"
#include "stoker-run-action.h"
#include "stoker-setup-window.h"

#include <adwaita.h>

#define LIMIT_S 10
#define QUIET_MS 60
#define SETTLE_MS 300
#define REHEARSED_JOB "Voices of chapter three"

/**
 * survey_settle:
 *
 * Lets the window come to rest: until nothing happened for a while, and not for ever, since
 * spinners turn on.
 */
void
survey_settle (void)
{
  gint64 now = g_get_monotonic_time ();
  gint64 end = now + SETTLE_MS * G_TIME_SPAN_MILLISECOND;
  gint64 quiet_since = now;

  while (now < end && now - quiet_since < QUIET_MS * G_TIME_SPAN_MILLISECOND)
    {
      if (g_main_context_iteration (NULL, FALSE))
        quiet_since = g_get_monotonic_time ();
      else
        g_usleep (1000);
      now = g_get_monotonic_time ();
    }
}

static GtkWidget *
find_mapped (GtkWidget *root, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type) && gtk_widget_get_mapped (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_mapped (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkWindow *
find_other_window (SurveyStage *stage)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) other = g_list_model_get_item (toplevels, i);

      if (other != GTK_WINDOW (stage->window) && gtk_widget_get_mapped (GTK_WIDGET (other)))
        return other;
    }
  return NULL;
}

static GtkWindow *
wait_for_other_window (SurveyStage *stage)
{
  gint64 end = g_get_monotonic_time () + LIMIT_S * G_USEC_PER_SEC;

  survey_settle ();
  while (find_other_window (stage) == NULL && g_get_monotonic_time () < end)
    survey_settle ();
  return find_other_window (stage);
}

static GtkWindow *
show_page (SurveyStage *stage, const char *page)
{
  stoker_window_show_page (stage->window, page);
  survey_settle ();
  return GTK_WINDOW (stage->window);
}

static StokerDesk *
get_desk (SurveyStage *stage)
{
  return stoker_page_get_desk (
    STOKER_PAGE (find_mapped (GTK_WIDGET (stage->window), STOKER_TYPE_PAGE)));
}

static gboolean
is_advised (StokerDesk *desk, gboolean with_payload)
{
  StokerAdvice *advice = stoker_desk_get_advice (desk);

  return advice != NULL && !stoker_desk_is_advising (desk) &&
         (!with_payload || advice->workload->payload != NULL);
}

static gboolean
wait_for_advice (SurveyStage *stage, gboolean with_payload)
{
  StokerDesk *desk = get_desk (stage);
  gint64 end = g_get_monotonic_time () + LIMIT_S * G_USEC_PER_SEC;

  while (!is_advised (desk, with_payload) && g_get_monotonic_time () < end)
    survey_settle ();
  return is_advised (desk, with_payload);
}

/* The Advisor, and the comparison of what it said. */
static GtkWindow *
show_advised_page (SurveyStage *stage, const char *page)
{
  show_page (stage, "advisor");
  if (!wait_for_advice (stage, FALSE))
    return NULL;
  return show_page (stage, page);
}

static GtkWindow *
show_provider (SurveyStage *stage, const char *id)
{
  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.show-provider", "s", id);
  survey_settle ();
  return find_mapped (GTK_WIDGET (stage->window), STOKER_TYPE_PROVIDER_DETAIL) != NULL
           ? GTK_WINDOW (stage->window)
           : NULL;
}

static StokerJob *
find_job (SurveyStage *stage)
{
  GListModel *jobs = stoker_workspace_get_jobs (stage->workspace);

  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (StokerJob) job = g_list_model_get_item (jobs, i);
      g_autofree char *name = NULL;

      g_object_get (job, "name", &name, NULL);
      if (g_strcmp0 (name, REHEARSED_JOB) == 0)
        return job;
    }
  return NULL;
}

/* A part of the detail of the job that has outputs. */
static GtkWindow *
show_job (SurveyStage *stage, const char *section)
{
  StokerJob *job = find_job (stage);
  GtkWidget *detail = NULL;
  GtkWidget *sections = NULL;

  if (job == NULL)
    return NULL;
  gtk_widget_activate_action (GTK_WIDGET (stage->window), "win.show-job", "s",
                              stoker_job_get_id (job));
  survey_settle ();
  detail = find_mapped (GTK_WIDGET (stage->window), STOKER_TYPE_JOB_DETAIL);
  sections = detail != NULL ? find_mapped (detail, ADW_TYPE_VIEW_STACK) : NULL;
  if (sections == NULL)
    return NULL;
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (sections), section);
  survey_settle ();
  return GTK_WINDOW (stage->window);
}

static GtkWindow *
open_window (SurveyStage *stage, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (stage->window), action, NULL);
  survey_settle ();
  return find_other_window (stage);
}

static GtkWindow *
open_preferences (SurveyStage *stage, const char *page)
{
  GtkWindow *window = open_window (stage, "app.preferences");

  if (window == NULL)
    return NULL;
  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (window), page);
  survey_settle ();
  return window;
}

static GtkWindow *
open_setup (SurveyStage *stage, const char *id)
{
  StokerProfile *profile = stoker_catalog_lookup (stoker_workspace_get_catalog (stage->workspace),
                                                  id);

  gtk_window_present (GTK_WINDOW (
    stoker_setup_window_new (GTK_WINDOW (stage->window), stage->workspace, profile, NULL)));
  survey_settle ();
  return find_other_window (stage);
}

/* What an action of a widget below the window opens. */
static GtkWindow *
open_by (SurveyStage *stage, GType type, const char *action)
{
  GtkWidget *widget = find_mapped (GTK_WIDGET (stage->window), type);

  if (widget == NULL || !gtk_widget_activate_action (widget, action, NULL))
    return NULL;
  return wait_for_other_window (stage);
}

static GtkWindow *
open_export (SurveyStage *stage, const char *action)
{
  show_page (stage, "overview");
  show_page (stage, "providers");
  return open_by (stage, STOKER_TYPE_PROVIDERS_PAGE, action);
}

static GtkWindow *
open_import (SurveyStage *stage, const char *text)
{
  g_autofree char *path = g_build_filename (g_get_home_dir (), "import.json", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  if (!g_file_set_contents (path, text, -1, NULL))
    return NULL;
  gtk_window_present (
    GTK_WINDOW (stoker_import_window_new (GTK_WIDGET (stage->window), stage->workspace, file)));
  survey_settle ();
  return find_other_window (stage);
}

static GtkWindow *
open_by_provider (SurveyStage *stage, const char *action)
{
  return show_provider (stage, "runpod") != NULL
           ? open_by (stage, STOKER_TYPE_PROVIDER_DETAIL, action)
           : NULL;
}

static guint
find_action (SurveyStage *stage, const char *id)
{
  StokerProvider *provider = stoker_workspace_lookup_provider (stage->workspace, "runpod");
  g_autoptr (JsonNode) list = stoker_list_actions (stage->workspace, provider);
  StokerJsonPlace root = stoker_json_root (list, "actions");
  guint n_actions = stoker_json_length (&root);

  for (guint i = 0; i < n_actions; i++)
    {
      StokerJsonPlace action = stoker_json_element (&root, i);
      g_autofree char *found = NULL;

      if (stoker_json_get_string (&action, "id", STOKER_JSON_REQUIRED, &found, NULL) &&
          g_str_equal (found, id))
        return i;
    }
  return n_actions;
}

/* One that RunPod's manifest tells. */
static GtkWindow *
open_action (SurveyStage *stage, const char *id)
{
  GtkWidget *actions = NULL;

  if (show_provider (stage, "runpod") == NULL)
    return NULL;
  actions = find_mapped (GTK_WIDGET (stage->window), STOKER_TYPE_PROVIDER_ACTIONS);
  if (actions == NULL ||
      !gtk_widget_activate_action (actions, "actions.open", "u", find_action (stage, id)))
    return NULL;
  return wait_for_other_window (stage);
}

static GtkWindow *
open_preview (SurveyStage *stage, const char *action)
{
  return show_job (stage, "outputs") != NULL ? open_by (stage, STOKER_TYPE_JOB_OUTPUTS, action)
                                             : NULL;
}

static GtkWindow *
open_retry (SurveyStage *stage, const char *unused)
{
  StokerJob *job = find_job (stage);

  if (job == NULL)
    return NULL;
  stoker_retry_window_open (GTK_WINDOW (stage->window), stage->workspace, job);
  survey_settle ();
  return find_other_window (stage);
}

/* Of a workload that has something to send. */
static GtkWindow *
open_dry_run (SurveyStage *stage, const char *text)
{
  g_autoptr (JsonNode) node = stoker_json_parse (text, -1, NULL, NULL);
  g_autoptr (StokerWorkload) workload = stoker_workload_decode (node, "survey", NULL);

  show_page (stage, "advisor");
  stoker_desk_offer_workload (get_desk (stage), workload, "survey");
  survey_settle ();
  return wait_for_advice (stage, TRUE) ? open_by (stage, STOKER_TYPE_ANSWER_VIEW, "answer.dry-run")
                                       : NULL;
}

/* The last scene: the network does not come back. */
static GtkWindow *
show_offline (SurveyStage *stage, const char *page)
{
  g_autoptr (GNetworkMonitor) monitor = fake_network_monitor_new (FALSE);
  GtkWidget *note = find_mapped (GTK_WIDGET (stage->window), STOKER_TYPE_OFFLINE_NOTE);

  if (note == NULL)
    return NULL;
  stoker_offline_note_set_monitor (STOKER_OFFLINE_NOTE (note), monitor);
  return show_page (stage, page);
}

/* The window of shortcuts is the toolkit's. */
static const SurveyScene scenes[] = {
  { "overview", show_page, "overview", 360 },
  { "providers", show_page, "providers", 360 },
  /* Widths between those of all, at which its rows change. */
  { "providers in between", show_page, "providers", 500, 500 },
  { "providers beside the sidebar", show_page, "providers", 745, 745 },
  { "provider", show_provider, "runpod", 360 },
  { "advisor", show_advised_page, "advisor", 360 },
  { "compare", show_advised_page, "compare", 360 },
  { "jobs", show_page, "jobs", 360 },
  { "job progress", show_job, "progress", 360 },
  { "job log", show_job, "log", 360 },
  { "job outputs", show_job, "outputs", 360 },
  { "job cost", show_job, "cost", 360 },
  { "job request", show_job, "request", 360 },
  { "gallery", open_window, "win.add-provider", 360 },
  { "preferences remote", open_preferences, "remote", 360 },
  { "preferences costs", open_preferences, "costs", 360 },
  { "preferences notifications", open_preferences, "notifications", 360 },
  { "preferences files", open_preferences, "files", 360 },
  { "shortcuts", open_window, "win.show-help-overlay", 800 },
  { "set-up", open_setup, "runpod", 360 },
  { "set-up with many fields", open_setup, "aws-sagemaker", 360 },
  { "export", open_export, "providers.export", 360 },
  { "import", open_import,
    "{\"providers\":[{\"template_id\":\"simulated\",\"id\":\"lab\",\"name\":\"RunPod\"},"
    "{\"template_id\":\"stability\",\"id\":\"stability\",\"name\":\"Stability AI\"}]}",
    360 },
  { "rename", open_by_provider, "provider.rename", 360 },
  { "duplicate", open_by_provider, "provider.duplicate", 360 },
  { "remove", open_by_provider, "provider.remove", 360 },
  /* A form of many kinds of fields, and none. */
  { "action", open_action, "endpoint.create", 360 },
  { "action that only asks", open_action, "endpoint.list", 360 },
  { "about", open_window, "app.about", 360 },
  { "retry elsewhere", open_retry, NULL, 360 },
  { "preview", open_preview, "outputs.preview", 360 },
  { "dry run", open_dry_run,
    "{\"name\":\"Portraits\",\"requirements\":{\"type\":\"image\"},"
    "\"payload\":{\"input\":{\"prompt\":\"a portrait\"}}}",
    360 },
  { "offline", show_offline, "overview", 360 },
};

/**
 * survey_scenes_get:
 * @n_scenes: (out): how many there are
 *
 * Returns: (transfer none): all scenes, pages first
 */
const SurveyScene *
survey_scenes_get (guint *n_scenes)
{
  *n_scenes = G_N_ELEMENTS (scenes);
  return scenes;
}
