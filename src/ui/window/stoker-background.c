/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-background.h"

#include <glib/gi18n-lib.h>

struct _StokerBackground
{
  GObject parent_instance;

  GtkApplication *application; /* borrowed: owns us */
  StokerDesk *desk;            /* owned */
  StokerJobWatch *watch;       /* owned, nullable: while entered */
  GtkWindow *dialog;           /* borrowed, nullable: while it asks */
  gboolean has_answer;         /* the window closes because the user said so */
};

G_DEFINE_FINAL_TYPE (StokerBackground, stoker_background, G_TYPE_OBJECT)

static guint finished_signal;

/* Jobs that nobody would look after; when another process follows them, nothing is lost. */
static guint
count_jobs (StokerBackground *self)
{
  StokerWorkspace *workspace = stoker_desk_get_workspace (self->desk);

  if (workspace == NULL || !stoker_workspace_is_scheduler (workspace))
    return 0;
  return stoker_job_watch_get_n_active (stoker_desk_get_job_watch (self->desk));
}

static void
n_active_changed_cb (StokerBackground *self)
{
  if (stoker_job_watch_get_n_active (self->watch) > 0)
    return;
  stoker_background_leave (self);
  g_signal_emit (self, finished_signal, 0);
}

static void
enter (StokerBackground *self)
{
  if (self->watch != NULL || stoker_desk_get_job_watch (self->desk) == NULL)
    return;
  self->watch = g_object_ref (stoker_desk_get_job_watch (self->desk));
  g_signal_connect_swapped (self->watch, "notify::n-active", G_CALLBACK (n_active_changed_cb),
                            self);
  g_application_hold (G_APPLICATION (self->application));
}

static void
answered_cb (AdwMessageDialog *dialog, const char *response, StokerBackground *self)
{
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (dialog));

  self->dialog = NULL;
  if (window == NULL || g_str_equal (response, "cancel"))
    return;
  /* They may all have ended while it was asked. */
  if (g_str_equal (response, "background") && count_jobs (self) > 0)
    enter (self);
  /* The dialog goes a little later than the window, and must not look for it then. */
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  self->has_answer = TRUE;
  gtk_window_close (window);
  self->has_answer = FALSE;
}

static GtkWindow *
make_dialog (GtkWindow *window, guint n_jobs)
{
  g_autofree char *title = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u Job Has Not Ended",
                                                         "%u Jobs Have Not Ended", n_jobs),
                                            n_jobs);
  GtkWidget *dialog = adw_message_dialog_new (window, title, NULL);

  adw_message_dialog_set_body (
    ADW_MESSAGE_DIALOG (dialog),
    _ ("What a provider has taken goes on there and goes on costing. In the background Stoker "
       "keeps to its deadline, loads its outputs and tells you when it is done; after Quit all of "
       "that waits for the next start."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "quit",
                                    _ ("_Quit"), "background", _ ("_Keep Running"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "background",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "background");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  return GTK_WINDOW (dialog);
}

static void
stoker_background_dispose (GObject *object)
{
  StokerBackground *self = STOKER_BACKGROUND (object);

  if (self->watch != NULL)
    g_signal_handlers_disconnect_by_data (self->watch, self);
  g_clear_object (&self->watch);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (stoker_background_parent_class)->dispose (object);
}

static void
stoker_background_class_init (StokerBackgroundClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stoker_background_dispose;
  finished_signal = g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
stoker_background_init (StokerBackground *self)
{
}

/**
 * stoker_background_new:
 * @application: what is kept running; must outlive the object
 * @desk: where the workspace is
 *
 * Returns: (transfer full): the background, not entered
 */
StokerBackground *
stoker_background_new (GtkApplication *application, StokerDesk *desk)
{
  StokerBackground *self = g_object_new (STOKER_TYPE_BACKGROUND, NULL);

  self->application = application;
  self->desk = g_object_ref (desk);
  return self;
}

/**
 * stoker_background_ask:
 * @window: a window that is about to close
 *
 * Asks what becomes of the jobs that this process follows. The window is closed when the user has
 * decided.
 *
 * Returns: whether something is asked, so that the window must stay for now
 */
gboolean
stoker_background_ask (StokerBackground *self, GtkWindow *window)
{
  guint n_jobs = 0;

  g_return_val_if_fail (STOKER_IS_BACKGROUND (self), FALSE);

  if (self->has_answer)
    return FALSE;
  n_jobs = count_jobs (self);
  if (n_jobs == 0)
    return FALSE;
  if (self->dialog == NULL)
    {
      self->dialog = make_dialog (window, n_jobs);
      g_signal_connect_object (self->dialog, "response", G_CALLBACK (answered_cb), self, 0);
    }
  gtk_window_present (self->dialog);
  return TRUE;
}

/**
 * stoker_background_leave:
 *
 * Lets the application end with its last window again.
 */
void
stoker_background_leave (StokerBackground *self)
{
  g_return_if_fail (STOKER_IS_BACKGROUND (self));

  if (self->watch == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->watch, self);
  g_clear_object (&self->watch);
  g_application_release (G_APPLICATION (self->application));
}

/**
 * stoker_background_is_entered:
 *
 * Returns: whether the application goes on without a window
 */
gboolean
stoker_background_is_entered (StokerBackground *self)
{
  g_return_val_if_fail (STOKER_IS_BACKGROUND (self), FALSE);

  return self->watch != NULL;
}
