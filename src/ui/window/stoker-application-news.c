/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The actions of notifications. They come at any time: without a window, or before the workspace
 * is open because they started the application. */

#include "config.h"

#include "stoker-application-private.h"

#include "stoker-notifier.h"
#include "stoker-run-job.h"
#include "stoker-window.h"

#include <glib/gi18n-lib.h>

/* Something to do in the window once there is a workspace. */
typedef struct
{
  StokerApplication *application; /* borrowed: outlives its desk's signal */
  char *action;                   /* owned */
  char *id;                       /* owned */
} Errand;

static void
errand_free (gpointer data, GClosure *closure)
{
  Errand *errand = data;

  g_free (errand->action);
  g_free (errand->id);
  g_free (errand);
}

static GtkWidget *
find_window (StokerApplication *self)
{
  GList *item = gtk_application_get_windows (GTK_APPLICATION (self));

  for (; item != NULL; item = item->next)
    if (STOKER_IS_WINDOW (item->data))
      return item->data;
  return NULL;
}

static void
carry_out (StokerApplication *self, const char *action, const char *id)
{
  GtkWidget *window = find_window (self);

  if (window != NULL)
    gtk_widget_activate_action (window, action, "s", id);
}

static void
workspace_changed_cb (StokerDesk *desk, GParamSpec *pspec, Errand *errand)
{
  g_autofree char *action = NULL;
  g_autofree char *id = NULL;
  StokerApplication *application = errand->application;

  if (stoker_desk_get_workspace (desk) == NULL)
    return;
  action = g_strdup (errand->action);
  id = g_strdup (errand->id);
  g_signal_handlers_disconnect_by_data (desk, errand);
  carry_out (application, action, id);
}

static void
show_in_window (StokerApplication *self, const char *action, const char *id)
{
  StokerDesk *desk = stoker_application_get_desk (self);
  Errand *errand = NULL;

  g_application_activate (G_APPLICATION (self));
  if (stoker_desk_get_workspace (desk) != NULL)
    {
      carry_out (self, action, id);
      return;
    }
  errand = g_new0 (Errand, 1);
  errand->application = self;
  errand->action = g_strdup (action);
  errand->id = g_strdup (id);
  g_signal_connect_data (desk, "notify::workspace", G_CALLBACK (workspace_changed_cb), errand,
                         errand_free, G_CONNECT_AFTER);
}

static void
show_job_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  show_in_window (user_data, "win.show-job", g_variant_get_string (parameter, NULL));
}

static void
show_provider_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  show_in_window (user_data, "win.show-provider", g_variant_get_string (parameter, NULL));
}

/* The window may be elsewhere: the answer goes where the question came from. */
static void
tell_failure (StokerApplication *self, const char *message)
{
  g_autoptr (GNotification) notification = g_notification_new (_ ("It Cannot Be Sent Again"));

  g_notification_set_body (notification, message);
  g_application_send_notification (G_APPLICATION (self), "retry", notification);
}

static void
did_retry (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerApplication) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!stoker_retry_job_finish (result, &error))
    tell_failure (self, error->message);
  g_application_release (G_APPLICATION (self));
}

static void
retry_job_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  StokerApplication *self = user_data;
  StokerWorkspace *workspace = stoker_application_get_workspace (self);
  const char *id = g_variant_get_string (parameter, NULL);
  StokerJob *job = workspace != NULL ? stoker_workspace_lookup_job (workspace, id) : NULL;

  /* Stoker was not running: it costs money, so let people look before it is sent again. */
  if (job == NULL)
    {
      show_in_window (self, "win.show-job", id);
      return;
    }
  g_application_hold (G_APPLICATION (self));
  stoker_retry_job_async (workspace, job, NULL, NULL, did_retry, g_object_ref (self));
}

/*
 * stoker_application_add_news_actions:
 *
 * Adds `app.show-job`, `app.retry-job` and `app.show-provider`, each with an id.
 */
void
stoker_application_add_news_actions (StokerApplication *self)
{
  static const GActionEntry actions[] = {
    { "show-job", show_job_cb, "s", NULL, NULL, { 0 } },
    { "retry-job", retry_job_cb, "s", NULL, NULL, { 0 } },
    { "show-provider", show_provider_cb, "s", NULL, NULL, { 0 } },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
}
