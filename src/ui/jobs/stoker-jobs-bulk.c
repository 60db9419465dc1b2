/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-jobs-bulk.h"

#include "stoker-job-deletion.h"
#include "stoker-job-phrases.h"
#include "stoker-jobs-bulk-private.h"
#include "stoker-jobs-list.h"
#include "stoker-order-queue.h"
#include "stoker-run-job.h"
#include "stoker-sum.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

/* Answers of the dialog. */
#define KEEP "keep"
#define GO "go"

typedef struct _Question Question;

/* Something done with many jobs, one after the other told about at the end. */
typedef struct
{
  StokerJobsList *list; /* owned */
  GPtrArray *jobs;      /* owned, of StokerJob */
  const Question *question;
  gboolean (*finish) (GAsyncResult *result, GError **error);
  guint n_pending;
  guint n_failed;
  char *failure; /* owned, nullable: the first */
} Bulk;

static Bulk *
bulk_new (StokerJobsList *list, GPtrArray *jobs, const Question *question)
{
  Bulk *bulk = g_new0 (Bulk, 1);

  bulk->list = g_object_ref (list);
  bulk->jobs = g_ptr_array_ref (jobs);
  bulk->question = question;
  return bulk;
}

static void
bulk_free (Bulk *bulk)
{
  g_object_unref (bulk->list);
  g_ptr_array_unref (bulk->jobs);
  g_free (bulk->failure);
  g_free (bulk);
}

static void
bulk_free_closure (gpointer data, GClosure *closure)
{
  bulk_free (data);
}

/* Those of the selected jobs with which it can be done. */
static GPtrArray *
pick (StokerJobsList *list, gboolean (*is_fit) (StokerJob *job))
{
  g_autoptr (GPtrArray) selected = stoker_jobs_list_get_selected (list);
  GPtrArray *jobs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < selected->len; i++)
    if (is_fit (selected->pdata[i]))
      g_ptr_array_add (jobs, g_object_ref (selected->pdata[i]));
  return jobs;
}

static gboolean
has_ended (StokerJob *job)
{
  return stoker_job_state_is_final (stoker_job_get_state (job));
}

static gboolean
has_not_ended (StokerJob *job)
{
  return !has_ended (job);
}

/* Partial failures are named: how many, and why the first of them. */
static void
note_result (Bulk *bulk, gboolean is_done, const GError *error)
{
  bulk->n_pending--;
  if (is_done)
    return;
  bulk->n_failed++;
  if (bulk->failure == NULL)
    bulk->failure = g_strdup (error->message);
}

static void
tell_failures (Bulk *bulk)
{
  g_autofree char *text = NULL;
  guint count = bulk->jobs->len;

  if (bulk->n_failed == 0)
    return;
  text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u of %u job was left as it is: %s",
                                       "%u of %u jobs were left as they are: %s", count),
                          bulk->n_failed, count, bulk->failure);
  stoker_ui_toast (GTK_WIDGET (bulk->list), text);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Bulk *bulk = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = bulk->finish (result, &error);

  note_result (bulk, is_done, error);
  if (bulk->n_pending > 0)
    return;
  tell_failures (bulk);
  bulk_free (bulk);
}

/* Asking. */

/* What is asked before something is done with several jobs. */
struct _Question
{
  const char *keep_label;
  const char *go_label;
  AdwResponseAppearance appearance;
  void (*go) (Bulk *bulk);
};

static void cancel_jobs (Bulk *bulk);
static void retry_jobs (Bulk *bulk);

static const Question cancel_question = { N_ ("_Let Them Run"), N_ ("_Cancel Jobs"),
                                          ADW_RESPONSE_DESTRUCTIVE, cancel_jobs };
static const Question retry_question = { N_ ("_Leave Them"), N_ ("_Try Again"),
                                         ADW_RESPONSE_SUGGESTED, retry_jobs };

static void
answered_cb (AdwMessageDialog *dialog, const char *response, Bulk *asked)
{
  if (!g_str_equal (response, GO))
    return;
  asked->question->go (bulk_new (asked->list, asked->jobs, asked->question));
  stoker_jobs_list_leave_selection (asked->list);
}

static void
ask (StokerJobsList *list,
     GPtrArray *jobs,
     const Question *question,
     const char *heading,
     const char *body)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (list)));
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (window, heading, body));

  adw_message_dialog_add_responses (dialog, KEEP,
                                    g_dgettext (GETTEXT_PACKAGE, question->keep_label), GO,
                                    g_dgettext (GETTEXT_PACKAGE, question->go_label), NULL);
  adw_message_dialog_set_response_appearance (dialog, GO, question->appearance);
  adw_message_dialog_set_close_response (dialog, KEEP);
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb),
                         bulk_new (list, jobs, question), bulk_free_closure, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Cancelling. */

static void
cancel_jobs (Bulk *bulk)
{
  StokerWorkspace *workspace = stoker_jobs_list_get_workspace (bulk->list);

  bulk->finish = stoker_cancel_job_finish;
  bulk->n_pending = bulk->jobs->len;
  for (guint i = 0, n_jobs = bulk->jobs->len; i < n_jobs; i++)
    stoker_cancel_job_async (workspace, bulk->jobs->pdata[i], NULL, done_cb, bulk);
}

static char *
describe_cancel (GPtrArray *jobs)
{
  guint n_here = 0;
  StokerSum accrued = { 0 };
  g_autofree char *money = NULL;

  for (guint i = 0; i < jobs->len; i++)
    {
      if (stoker_job_get_state (jobs->pdata[i]) == STOKER_JOB_WAITING)
        n_here++;
      else
        stoker_sum_add (&accrued, stoker_job_get_accrued (jobs->pdata[i]));
    }
  if (n_here == jobs->len)
    return g_strdup (_ ("They wait here and have cost nothing."));
  money = stoker_phrase_amounts (&accrued);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "%u of them is with a provider and is ended there. What has "
                                       "run so far may be billed: %s by now.",
                                       "%u of them are with a provider and are ended there. What "
                                       "has run so far may be billed: %s by now.",
                                       jobs->len - n_here),
                          jobs->len - n_here, money);
}

static void
cancel_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerJobsList *list = STOKER_JOBS_LIST (widget);
  g_autoptr (GPtrArray) jobs = pick (list, has_not_ended);
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;

  if (jobs->len == 0)
    {
      stoker_ui_toast (widget, _ ("None of them is running."));
      return;
    }
  heading = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Cancel %u Job?", "Cancel %u Jobs?",
                                          jobs->len),
                             jobs->len);
  body = describe_cancel (jobs);
  ask (list, jobs, &cancel_question, heading, body);
}

/* Trying again. */

static void
retry_jobs (Bulk *bulk)
{
  StokerWorkspace *workspace = stoker_jobs_list_get_workspace (bulk->list);

  bulk->finish = stoker_retry_job_finish;
  bulk->n_pending = bulk->jobs->len;
  for (guint i = 0, n_jobs = bulk->jobs->len; i < n_jobs; i++)
    stoker_retry_job_async (workspace, bulk->jobs->pdata[i], NULL, NULL, done_cb, bulk);
}

static char *
describe_retry (GPtrArray *jobs)
{
  StokerSum estimated = { 0 };
  guint n_unknown = 0;
  g_autofree char *money = NULL;

  for (guint i = 0; i < jobs->len; i++)
    stoker_sum_add (&estimated, stoker_job_get_estimated (jobs->pdata[i]));
  if (estimated.n_amounts == 0)
    return g_strdup (_ ("It is not known what they will cost."));
  n_unknown = estimated.n_unknown;
  estimated.n_unknown = 0;
  money = stoker_phrase_about_amounts (&estimated);
  if (n_unknown == 0)
    return g_strdup_printf (_ ("Together they are estimated to cost %s once more."), money);
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "They are estimated to cost %s once more, and %u of which "
                                       "it is not known.",
                                       "They are estimated to cost %s once more, and %u of which "
                                       "it is not known.",
                                       n_unknown),
                          money, n_unknown);
}

static void
retry_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerJobsList *list = STOKER_JOBS_LIST (widget);
  g_autoptr (GPtrArray) jobs = pick (list, stoker_job_may_be_retried);
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;

  if (jobs->len == 0)
    {
      stoker_ui_toast (widget, _ ("None of them failed, was cancelled or was lost."));
      return;
    }
  heading = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Try %u Job Again?",
                                          "Try %u Jobs Again?", jobs->len),
                             jobs->len);
  body = describe_retry (jobs);
  ask (list, jobs, &retry_question, heading, body);
}

/* Deleting. */

static void
delete_answered_cb (StokerJobsList *list, const char *response)
{
  if (g_str_equal (response, STOKER_JOB_DELETION_CONFIRMED))
    stoker_jobs_list_leave_selection (list);
}

static void
delete_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerJobsList *list = STOKER_JOBS_LIST (widget);
  g_autoptr (GPtrArray) selected = stoker_jobs_list_get_selected (list);
  g_autoptr (GPtrArray) jobs = pick (list, has_ended);
  GtkWidget *dialog = NULL;

  if (jobs->len == 0)
    {
      stoker_ui_toast (widget, _ ("A job that has not ended cannot be deleted. Cancel it first."));
      return;
    }
  dialog = stoker_job_deletion_ask (widget, stoker_jobs_list_get_workspace (list), jobs,
                                    selected->len - jobs->len);
  g_signal_connect_object (dialog, "response", G_CALLBACK (delete_answered_cb), list,
                           G_CONNECT_SWAPPED);
}

/**
 * stoker_jobs_bulk_install:
 * @list_class: the class of #StokerJobsList
 *
 * Gives the class its actions and their keys.
 */
void
stoker_jobs_bulk_install (GtkWidgetClass *list_class)
{
  gtk_widget_class_install_action (list_class, "jobs.bulk-cancel", NULL, cancel_cb);
  gtk_widget_class_install_action (list_class, "jobs.bulk-retry", NULL, retry_cb);
  gtk_widget_class_install_action (list_class, "jobs.bulk-export", NULL, stoker_jobs_bulk_export);
  gtk_widget_class_install_action (list_class, "jobs.bulk-delete", NULL, delete_cb);
  gtk_widget_class_install_action (list_class, "jobs.move", "i", stoker_jobs_bulk_move);
  gtk_widget_class_add_binding_action (list_class, GDK_KEY_Delete, 0, "jobs.bulk-delete", NULL);
  gtk_widget_class_add_binding_action (list_class, GDK_KEY_Up, GDK_ALT_MASK, "jobs.move", "i", -1);
  gtk_widget_class_add_binding_action (list_class, GDK_KEY_Down, GDK_ALT_MASK, "jobs.move", "i", 1);
  gtk_widget_class_add_binding_action (list_class, GDK_KEY_Home, GDK_ALT_MASK, "jobs.move", "i",
                                       STOKER_QUEUE_TO_TOP);
}
