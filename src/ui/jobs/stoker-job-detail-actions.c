/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-detail-private.h"

#include "stoker-confirm-ended.h"
#include "stoker-job-deletion.h"
#include "stoker-job-phrases.h"
#include "stoker-output-folder.h"
#include "stoker-page.h"
#include "stoker-retry-window.h"
#include "stoker-run-job.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

static void
cancelled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerJobDetail) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!stoker_cancel_job_finish (result, &error))
    stoker_ui_toast (GTK_WIDGET (self), error->message);
}

static void
cancel_confirmed_cb (StokerJobDetail *self, const char *response)
{
  if (g_str_equal (response, "end") && self->job != NULL)
    stoker_cancel_job_async (self->workspace, self->job, NULL, cancelled_cb, g_object_ref (self));
}

static void
cancel_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerJobDetail *self = STOKER_JOB_DETAIL (widget);
  GtkWidget *dialog =
    adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), _ ("Cancel This Job?"),
                            _ ("It is ended at the provider. What has run so far may be billed."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _ ("_Let It Run"), "end",
                                    _ ("_Cancel Job"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "end",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (cancel_confirmed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
ended_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerJobDetail) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!stoker_confirm_ended_finish (result, &error))
    stoker_ui_toast (GTK_WIDGET (self), error->message);
}

static void
ended_confirmed_cb (StokerJobDetail *self, const char *response)
{
  if (g_str_equal (response, "ended") && self->job != NULL)
    stoker_confirm_ended_async (self->workspace, self->job, NULL, ended_cb, g_object_ref (self));
}

/* Nobody looks after it any more when this is said, so it is said twice. */
static void
end_by_hand_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerJobDetail *self = STOKER_JOB_DETAIL (widget);
  g_autofree char *provider = stoker_job_detail_get_provider_name (self);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)),
                                              _ ("Did You End It at the Provider?"), NULL);

  adw_message_dialog_format_body (
    ADW_MESSAGE_DIALOG (dialog),
    _ ("Look at the console of %s first. Stoker stops asking for what this job used to be ended, "
       "and no longer counts it. What still runs there goes on costing money."),
    provider);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _ ("_Keep Asking"),
                                    "ended", _ ("I _Ended It"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "ended",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  g_signal_connect_object (dialog, "response", G_CALLBACK (ended_confirmed_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
retried_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerJobDetail) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!stoker_retry_job_finish (result, &error))
    stoker_ui_toast (GTK_WIDGET (self), error->message);
}

static void
retry_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerJobDetail *self = STOKER_JOB_DETAIL (widget);

  stoker_retry_job_async (self->workspace, self->job, NULL, NULL, retried_cb, g_object_ref (self));
}

static void
elsewhere_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerJobDetail *self = STOKER_JOB_DETAIL (widget);

  stoker_retry_window_open (GTK_WINDOW (gtk_widget_get_root (widget)), self->workspace, self->job);
}

static StokerDesk *
find_desk (GtkWidget *widget)
{
  GtkWidget *page = gtk_widget_get_ancestor (widget, STOKER_TYPE_PAGE);

  return page != NULL ? stoker_page_get_desk (STOKER_PAGE (page)) : NULL;
}

static void
duplicate_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerJobDetail *self = STOKER_JOB_DETAIL (widget);
  StokerDesk *desk = find_desk (widget);
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerWorkload)
    workload = stoker_workload_decode (stoker_job_get_workload (self->job),
                                       stoker_job_get_name (self->job), &error);

  if (workload == NULL)
    {
      stoker_ui_toast (widget, error->message);
      return;
    }
  /* The page is made when it is first shown, and only then hears of the workload. */
  gtk_widget_activate_action (widget, "win.show-page", "s", "advisor");
  if (desk != NULL)
    stoker_desk_offer_workload (desk, workload, stoker_job_get_name (self->job));
}

static void
delete_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerJobDetail *self = STOKER_JOB_DETAIL (widget);
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (jobs, g_object_ref (self->job));
  stoker_job_deletion_ask (widget, self->workspace, jobs, 0);
}

/* Where its outputs are, or would be. */
static char *
get_folder (StokerJobDetail *self)
{
  GPtrArray *artifacts = stoker_job_get_artifacts (self->job);

  for (guint i = 0; i < artifacts->len; i++)
    {
      const StokerArtifact *artifact = g_ptr_array_index (artifacts, i);

      if (artifact->path != NULL)
        return g_path_get_dirname (artifact->path);
    }
  return stoker_output_folder_of (stoker_workspace_get_settings (self->workspace), self->job);
}

static void
open_folder_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autofree char *folder = get_folder (STOKER_JOB_DETAIL (widget));
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);

  if (uri != NULL)
    stoker_ui_show_uri (widget, uri);
}

static void
search_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerJobDetail *self = STOKER_JOB_DETAIL (widget);

  adw_view_stack_set_visible_child_name (self->sections, "log");
  stoker_log_view_search (self->log_view);
}

/* Why a button does nothing now; %NULL when it does. */
static const char *
explain_retry (StokerJobDetail *self)
{
  if (stoker_job_get_dry_run (self->job))
    return _ ("A dry run was never sent; duplicate it and run it");
  if (!stoker_job_state_is_final (stoker_job_get_state (self->job)))
    return _ ("It is not over yet; cancel it first");
  if (!stoker_job_may_be_retried (self->job))
    return _ ("It is done; duplicate it to run it once more");
  return NULL;
}

static const char *
explain_elsewhere (StokerJobDetail *self)
{
  const char *why = explain_retry (self);

  if (why == NULL && stoker_job_get_workload (self->job) == NULL)
    return _ ("What this job was to do is no longer known");
  return why;
}

static void
show_action (StokerJobDetail *self,
             GtkWidget *button,
             const char *action,
             const char *what,
             const char *why_not)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), action, why_not == NULL);
  gtk_widget_set_tooltip_text (button, why_not != NULL ? why_not : what);
}

static void
show_folder_action (StokerJobDetail *self)
{
  g_autofree char *folder = get_folder (self);

  show_action (self, self->folder_button, "job.open-folder", folder,
               g_file_test (folder, G_FILE_TEST_IS_DIR)
                 ? NULL
                 : _ ("It has no folder of outputs on this computer"));
}

/* stoker_job_detail_show_actions: Offers what can be done with the job now, and says why not the
 * rest. */
void
stoker_job_detail_show_actions (StokerJobDetail *self)
{
  gboolean is_over = stoker_job_state_is_final (stoker_job_get_state (self->job));
  gboolean may_cancel = stoker_job_may_be_cancelled (self->job);
  gboolean may_end = stoker_job_may_confirm_ended (self->job);

  gtk_widget_set_visible (self->cancel_button, !is_over && !may_end);
  gtk_widget_set_visible (self->ended_button, may_end);
  gtk_widget_set_visible (self->retry_button, is_over);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "job.cancel", may_cancel);
  show_action (self, self->retry_button, "job.retry", _ ("Try it again on the same provider"),
               explain_retry (self));
  show_action (self, self->elsewhere_button, "job.retry-elsewhere",
               _ ("Choose another provider for it"), explain_elsewhere (self));
  show_action (self, self->duplicate_button, "job.duplicate", _ ("Duplicate as New"),
               stoker_job_get_workload (self->job) == NULL
                 ? _ ("What this job was to do is no longer known")
                 : NULL);
  show_action (self, self->delete_button, "job.delete", _ ("Delete Job…"),
               is_over ? NULL : _ ("It is not over yet; cancel it first"));
  show_folder_action (self);
}

/* stoker_job_detail_install_actions: Gives the class what one can do with a job. */
void
stoker_job_detail_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "job.cancel", NULL, cancel_cb);
  gtk_widget_class_install_action (widget_class, "job.end-by-hand", NULL, end_by_hand_cb);
  gtk_widget_class_install_action (widget_class, "job.retry", NULL, retry_cb);
  gtk_widget_class_install_action (widget_class, "job.retry-elsewhere", NULL, elsewhere_cb);
  gtk_widget_class_install_action (widget_class, "job.duplicate", NULL, duplicate_cb);
  gtk_widget_class_install_action (widget_class, "job.delete", NULL, delete_cb);
  gtk_widget_class_install_action (widget_class, "job.open-folder", NULL, open_folder_cb);
  gtk_widget_class_install_action (widget_class, "job.search", NULL, search_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "job.search",
                                       NULL);
}
