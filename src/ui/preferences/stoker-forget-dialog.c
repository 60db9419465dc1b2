/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-forget-dialog.h"

#include "stoker-forget-everything.h"
#include "stoker-phrases.h"

#include <glib/gi18n-lib.h>

#define RESPONSE_CANCEL "cancel"
#define RESPONSE_FORGET "forget"

typedef struct
{
  StokerDesk *desk;        /* owned */
  GtkApplication *program; /* owned */
  GtkWindow *parent;       /* owned */
  GtkCheckButton *outputs; /* borrowed from the dialog */
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->desk);
  g_clear_object (&question->program);
  g_object_unref (question->parent);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
show_problem (GtkWindow *parent, const GError *error)
{
  g_autofree char *text = stoker_phrase_sentence (error->message);
  GtkWidget *dialog = adw_message_dialog_new (parent, _ ("Not Everything Was Forgotten"), text);

  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), RESPONSE_CANCEL, _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Held means that nothing was changed; after any other trouble the workspace may be closed. */
static void
did_forget (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  g_autoptr (GError) error = NULL;
  gboolean has_closed = FALSE;

  stoker_forget_everything_finish (result, &error);
  has_closed = !stoker_workspace_is_open (STOKER_WORKSPACE (source));
  if (error != NULL)
    show_problem (has_closed ? gtk_window_get_transient_for (question->parent) : question->parent,
                  error);
  if (!has_closed)
    return;
  gtk_window_close (question->parent);
  stoker_desk_set_workspace (question->desk, NULL);
  g_action_group_activate_action (G_ACTION_GROUP (question->program), "retry", NULL);
}

static void
response_cb (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  StokerWorkspace *workspace = stoker_desk_get_workspace (question->desk);
  gboolean with_outputs = gtk_check_button_get_active (question->outputs);

  if (g_strcmp0 (response, RESPONSE_FORGET) != 0 || workspace == NULL)
    return;
  stoker_forget_everything_async (workspace, with_outputs, NULL, did_forget,
                                  g_steal_pointer (&question));
}

static GtkWidget *
make_dialog (GtkWindow *parent)
{
  GtkWidget *dialog = adw_message_dialog_new (
    parent, _ ("Forget Everything?"),
    _ ("Keys leave the keyring; providers, jobs, spending, logs and preferences are deleted from "
       "this computer. It cannot be undone. Your own catalog files stay. Nothing changes at the "
       "providers: machines and accounts there stay as they are."));
  AdwMessageDialog *message = ADW_MESSAGE_DIALOG (dialog);

  adw_message_dialog_add_responses (message, RESPONSE_CANCEL, _ ("_Cancel"), RESPONSE_FORGET,
                                    _ ("_Forget Everything"), NULL);
  adw_message_dialog_set_response_appearance (message, RESPONSE_FORGET, ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (message, RESPONSE_CANCEL);
  adw_message_dialog_set_close_response (message, RESPONSE_CANCEL);
  return dialog;
}

/**
 * stoker_forget_dialog_show:
 * @parent: the preferences; closed when all is gone
 * @desk: whose workspace is to be forgotten
 *
 * Asks first. Trouble is told in a dialog of its own.
 */
void
stoker_forget_dialog_show (GtkWindow *parent, StokerDesk *desk)
{
  GtkWindow *main_window = gtk_window_get_transient_for (parent);
  GtkWidget *dialog = make_dialog (parent);
  GtkWidget *outputs = gtk_check_button_new_with_mnemonic (_ ("Delete _downloaded files too"));
  Question *question = g_new0 (Question, 1);

  question->desk = g_object_ref (desk);
  question->parent = g_object_ref (parent);
  g_set_object (&question->program,
                gtk_window_get_application (main_window != NULL ? main_window : parent));
  question->outputs = GTK_CHECK_BUTTON (outputs);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), outputs);
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), question);
  gtk_window_present (GTK_WINDOW (dialog));
}
