/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-deletion.h"

#include "stoker-keep-jobs.h"
#include "stoker-phrases.h"
#include "stoker-ui.h"
#include "stoker-undo.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct
{
  GtkWidget *widget;          /* owned: where it was asked for */
  StokerWorkspace *workspace; /* owned */
  GPtrArray *jobs;            /* owned: those put away, once it is confirmed */
  GtkWidget *check;           /* borrowed from the dialog, nullable */
  gboolean with_outputs;
} Deletion;

static Deletion *
deletion_new (GtkWidget *widget, StokerWorkspace *workspace, GPtrArray *jobs)
{
  Deletion *deletion = g_new0 (Deletion, 1);

  deletion->widget = g_object_ref (widget);
  deletion->workspace = g_object_ref (workspace);
  deletion->jobs = g_ptr_array_ref (jobs);
  return deletion;
}

static void
deletion_free (gpointer data)
{
  Deletion *deletion = data;

  g_object_unref (deletion->widget);
  g_object_unref (deletion->workspace);
  g_ptr_array_unref (deletion->jobs);
  g_free (deletion);
}

static void
deletion_free_closure (gpointer data, GClosure *closure)
{
  deletion_free (data);
}

static void
undo (gpointer data)
{
  Deletion *deletion = data;

  stoker_put_jobs_back (deletion->workspace, deletion->jobs);
}

static void
deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GtkWidget) widget = user_data;
  g_autoptr (GError) error = NULL;

  if (!stoker_delete_jobs_finish (result, &error))
    stoker_ui_toast (widget, error->message);
}

static void
commit (gpointer data)
{
  Deletion *deletion = data;

  stoker_delete_jobs_async (deletion->workspace, deletion->jobs, deletion->with_outputs, NULL,
                            deleted_cb, g_object_ref (deletion->widget));
}

static void
put_away (Deletion *question)
{
  g_autoptr (GPtrArray) away = stoker_put_jobs_away (question->workspace, question->jobs);
  Deletion *deletion = deletion_new (question->widget, question->workspace, away);
  g_autofree char *text = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u job deleted",
                                                        "%u jobs deleted", away->len),
                                           away->len);

  deletion->with_outputs = question->check != NULL &&
                           gtk_check_button_get_active (GTK_CHECK_BUTTON (question->check));
  stoker_undo_offer (deletion->widget, text, undo, commit, deletion, deletion_free);
}

static void
answered_cb (AdwMessageDialog *dialog, const char *response, Deletion *question)
{
  if (g_str_equal (response, STOKER_JOB_DELETION_CONFIRMED))
    put_away (question);
}

static guint
count_outputs (GPtrArray *jobs, gint64 *bytes)
{
  guint count = 0;

  for (guint i = 0; i < jobs->len; i++)
    {
      GPtrArray *artifacts = stoker_job_get_artifacts (jobs->pdata[i]);

      for (guint j = 0; j < artifacts->len; j++)
        {
          const StokerArtifact *artifact = artifacts->pdata[j];

          count += artifact->path != NULL;
          *bytes += artifact->path != NULL ? MAX (artifact->bytes, 0) : 0;
        }
    }
  return count;
}

static void
add_outputs_check (GtkWidget *dialog, Deletion *question)
{
  gint64 bytes = 0;
  guint count = count_outputs (question->jobs, &bytes);
  g_autofree char *size = stoker_phrase_bytes (bytes);
  g_autofree char *label = NULL;

  if (count == 0)
    return;
  label = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Delete %u _output file too (%s)",
                                        "Delete %u _output files too (%s)", count),
                           count, size);
  question->check = gtk_check_button_new_with_mnemonic (label);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), question->check);
}

static char *
phrase_heading (guint n_jobs)
{
  if (n_jobs == 1)
    return g_strdup (_ ("Delete This Job?"));
  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Delete %u Job?", "Delete %u Jobs?",
                                       n_jobs),
                          n_jobs);
}

static char *
phrase_body (guint n_jobs, guint n_live)
{
  if (n_live == 0 && n_jobs == 1)
    return g_strdup (_ ("Its log and request go with it. What it cost stays in the books."));
  if (n_live == 0)
    return g_strdup (
      _ ("Their logs and requests go with them. What they cost stays in the books."));
  return g_strdup_printf (
    g_dngettext (GETTEXT_PACKAGE,
                 "%u more has not ended and stays. Logs and requests go; what "
                 "the jobs cost stays in the books.",
                 "%u more have not ended and stay. Logs and requests go; "
                 "what the jobs cost stays in the books.",
                 n_live),
    n_live);
}

/**
 * stoker_job_deletion_ask:
 * @widget: where it was asked for; the offer to undo it appears in its window
 * @workspace: the workspace
 * @jobs: (element-type StokerJob): jobs that have ended, at least one
 * @n_live: how many more were chosen that have not ended and stay
 *
 * Asks whether the jobs are to be deleted, and with their outputs. When they are, they are put away
 * at once and deleted when nobody takes it back.
 *
 * Returns: (transfer none): the dialog, which answers #STOKER_JOB_DELETION_CONFIRMED or something
 * else
 */
GtkWidget *
stoker_job_deletion_ask (GtkWidget *widget,
                         StokerWorkspace *workspace,
                         GPtrArray *jobs,
                         guint n_live)
{
  g_autofree char *heading = phrase_heading (jobs->len);
  g_autofree char *body = phrase_body (jobs->len, n_live);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), heading,
                                              body);
  Deletion *question = deletion_new (widget, workspace, jobs);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "keep", _ ("_Keep"),
                                    STOKER_JOB_DELETION_CONFIRMED, _ ("_Delete"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog),
                                              STOKER_JOB_DELETION_CONFIRMED,
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  add_outputs_check (dialog, question);
  g_signal_connect_data (dialog, "response", G_CALLBACK (answered_cb), question,
                         deletion_free_closure, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  return dialog;
}
