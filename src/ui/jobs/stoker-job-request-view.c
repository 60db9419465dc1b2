/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-request-view.h"

#include "stoker-json.h"
#include "stoker-phrases.h"
#include "stoker-request-curl.h"
#include "stoker-request-window.h"
#include "stoker-text-block.h"
#include "stoker-ui.h"
#include "stoker-wrap-layout.h"

#include <glib/gi18n-lib.h>

struct _StokerJobRequestView
{
  AdwBin parent_instance;

  StokerJob *job;    /* owned, nullable */
  JsonNode *request; /* owned, nullable: what is shown */

  GtkListBox *terms;
  GtkWidget *buttons;
  GtkWidget *frame;
  GtkTextView *text_view;
  GtkLabel *empty_label;
};

G_DEFINE_FINAL_TYPE (StokerJobRequestView, stoker_job_request_view, ADW_TYPE_BIN)

static void
add_term (StokerJobRequestView *self, const char *title, const char *text)
{
  GtkWidget *row = NULL;
  g_autofree char *escaped = g_markup_escape_text (text != NULL ? text : "", -1);

  if (text == NULL || *text == '\0')
    return;
  row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_append (self->terms, row);
}

static char *
phrase_residencies (GStrv tags)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; tags != NULL && tags[i] != NULL; i++)
    {
      char *name = stoker_phrase_residency (tags[i]);

      g_ptr_array_add (names, name != NULL ? name : g_strdup (tags[i]));
    }
  g_ptr_array_add (names, NULL);
  return g_strjoinv (", ", (char **) names->pdata);
}

static void
add_list (StokerJobRequestView *self,
          const StokerJsonPlace *root,
          const char *member,
          const char *title,
          const char *separator)
{
  g_auto (GStrv) values = NULL;
  g_autofree char *text = NULL;

  stoker_json_get_strings (root, member, STOKER_JSON_OPTIONAL, &values, NULL);
  text = values != NULL ? g_strjoinv (separator, values) : NULL;
  add_term (self, title, text);
}

static void
add_residency (StokerJobRequestView *self, const StokerJsonPlace *root)
{
  g_auto (GStrv) tags = NULL;
  g_autofree char *text = NULL;

  stoker_json_get_strings (root, "residency", STOKER_JSON_OPTIONAL, &tags, NULL);
  text = phrase_residencies (tags);
  add_term (self, _ ("Had to stay in"), text);
}

/* The name of a plan, as far as its provider is known; else what stands for it in documents. */
static const char *
get_plan_name (StokerWorkspace *workspace, StokerJob *job, const char *id)
{
  StokerProvider *provider = stoker_workspace_lookup_provider (workspace,
                                                               stoker_job_get_provider_id (job));
  StokerProfile *profile = provider != NULL ? stoker_workspace_get_profile (workspace, provider)
                                            : NULL;
  const StokerPlan *plan = profile != NULL && id != NULL ? stoker_profile_find_plan (profile, id)
                                                         : NULL;

  return plan != NULL ? plan->name : id;
}

static void
add_target (StokerJobRequestView *self,
            StokerWorkspace *workspace,
            StokerJob *job,
            JsonNode *estimate)
{
  StokerJsonPlace root = stoker_json_root (estimate, NULL);
  StokerJsonPlace target = { 0 };
  g_autofree char *plan = NULL;
  g_autofree char *gpu = NULL;
  g_autofree char *region = NULL;

  if (estimate == NULL ||
      !stoker_json_get_object (&root, "target", STOKER_JSON_REQUIRED, &target, NULL))
    return;
  stoker_json_get_string (&target, "plan", STOKER_JSON_OPTIONAL, &plan, NULL);
  stoker_json_get_string (&target, "gpu", STOKER_JSON_OPTIONAL, &gpu, NULL);
  stoker_json_get_string (&target, "region", STOKER_JSON_OPTIONAL, &region, NULL);
  add_term (self, _ ("Plan"), get_plan_name (workspace, job, plan));
  add_term (self, _ ("GPU"), gpu);
  add_term (self, _ ("Region"), g_strcmp0 (region, "*") == 0 ? _ ("any") : region);
}

static void
show_terms (StokerJobRequestView *self, StokerWorkspace *workspace, StokerJob *job)
{
  JsonNode *workload = stoker_job_get_workload (job);
  StokerJsonPlace root = stoker_json_root (workload, NULL);
  StokerJsonPlace request = stoker_json_root (stoker_job_get_request (job), NULL);
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->terms))) != NULL)
    gtk_list_box_remove (self->terms, child);
  add_target (self, workspace, job, stoker_job_get_estimate (job));
  if (workload != NULL)
    {
      add_residency (self, &root);
      add_list (self, &root, "regions", _ ("Allowed regions"), ", ");
      add_list (self, &root, "opt_in", _ ("Accepted although it may vanish"), ", ");
    }
  if (stoker_job_get_request (job) != NULL)
    {
      add_list (self, &request, "acknowledged", _ ("Confirmed before it was sent"), "\n");
      add_list (self, &request, "warnings", _ ("Warnings when it was sent"), "\n");
    }
  gtk_widget_set_visible (GTK_WIDGET (self->terms),
                          gtk_widget_get_first_child (GTK_WIDGET (self->terms)) != NULL);
}

static void
copy_text (StokerJobRequestView *self, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  stoker_ui_toast (GTK_WIDGET (self), _ ("Copied"));
}

static void
copy_json_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerJobRequestView *self = STOKER_JOB_REQUEST_VIEW (widget);
  g_autofree char *text = NULL;

  if (self->request == NULL)
    return;
  text = stoker_json_to_string (self->request, TRUE);
  copy_text (self, text);
}

static void
copy_curl_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerJobRequestView *self = STOKER_JOB_REQUEST_VIEW (widget);
  g_autofree char *text = NULL;

  if (self->request == NULL)
    return;
  text = stoker_envelope_to_curl (self->request);
  copy_text (self, text);
}

static gboolean
has_requests (JsonNode *request)
{
  g_autoptr (GPtrArray) requests = stoker_envelope_read_requests (request);

  return requests != NULL && requests->len > 0;
}

static void
show_request (StokerJobRequestView *self, JsonNode *request)
{
  g_autofree char *text = request != NULL ? stoker_request_to_text (request) : g_strdup ("");

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), text, -1);
  gtk_widget_set_visible (self->frame, request != NULL);
  gtk_widget_set_visible (self->buttons, request != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->empty_label), request == NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "request.copy-curl",
                                 request != NULL && has_requests (request));
}

static void
stoker_job_request_view_dispose (GObject *object)
{
  StokerJobRequestView *self = STOKER_JOB_REQUEST_VIEW (object);

  g_clear_object (&self->job);
  g_clear_pointer (&self->request, json_node_unref);
  G_OBJECT_CLASS (stoker_job_request_view_parent_class)->dispose (object);
}

static void
stoker_job_request_view_class_init (StokerJobRequestViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_job_request_view_dispose;
  g_type_ensure (STOKER_TYPE_TEXT_BLOCK);
  g_type_ensure (STOKER_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/jobs/stoker-job-request-view.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerJobRequestView, terms);
  gtk_widget_class_bind_template_child (widget_class, StokerJobRequestView, buttons);
  gtk_widget_class_bind_template_child (widget_class, StokerJobRequestView, frame);
  gtk_widget_class_bind_template_child (widget_class, StokerJobRequestView, text_view);
  gtk_widget_class_bind_template_child (widget_class, StokerJobRequestView, empty_label);
  gtk_widget_class_install_action (widget_class, "request.copy-json", NULL, copy_json_cb);
  gtk_widget_class_install_action (widget_class, "request.copy-curl", NULL, copy_curl_cb);
}

static void
stoker_job_request_view_init (StokerJobRequestView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_job_request_view_show:
 * @workspace: the workspace
 * @job: the job
 *
 * Shows what was sent for the job. Nothing is done when it is shown already.
 */
void
stoker_job_request_view_show (StokerJobRequestView *self,
                              StokerWorkspace *workspace,
                              StokerJob *job)
{
  JsonNode *request = stoker_job_get_request (job);

  g_return_if_fail (STOKER_IS_JOB_REQUEST_VIEW (self));

  if (self->job == job && self->request == request)
    return;
  g_set_object (&self->job, job);
  g_clear_pointer (&self->request, json_node_unref);
  self->request = request != NULL ? json_node_ref (request) : NULL;
  show_request (self, request);
  show_terms (self, workspace, job);
}
