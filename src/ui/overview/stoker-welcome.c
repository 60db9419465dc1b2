/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-welcome.h"

#include "stoker-rehearse.h"
#include "stoker-ui.h"

struct _StokerWelcome
{
  AdwBin parent_instance;

  StokerDesk *desk;          /* owned, nullable */
  GCancellable *cancellable; /* owned */

  GtkButton *rehearse_button;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (StokerWelcome, stoker_welcome, ADW_TYPE_BIN)

typedef enum {
  PROP_DESK = 1,
  N_PROPS,
} StokerWelcomeProperty;

static GParamSpec *properties[N_PROPS];

static void
set_busy (StokerWelcome *self, gboolean is_busy)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->rehearse_button), !is_busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_busy);
  gtk_spinner_set_spinning (self->spinner, is_busy);
}

static void
rehearsed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerWelcome) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerJob) job = stoker_rehearse_finish (result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  set_busy (self, FALSE);
  if (job != NULL)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-job", "s", stoker_job_get_id (job));
  else
    stoker_ui_toast (GTK_WIDGET (self), error->message);
}

/* The workload goes onto the desk too: the advisor then speaks of what was just seen to run. */
static void
rehearse_clicked_cb (StokerWelcome *self)
{
  StokerWorkspace *workspace = self->desk != NULL ? stoker_desk_get_workspace (self->desk) : NULL;
  g_autoptr (StokerWorkload) workload = stoker_rehearsal_workload (NULL);

  if (workspace == NULL)
    return;
  if (workload != NULL)
    stoker_desk_set_workload (self->desk, workload);
  set_busy (self, TRUE);
  stoker_rehearse_async (workspace, self->cancellable, rehearsed_cb, g_object_ref (self));
}

static void
stoker_welcome_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_DESK)
    g_value_set_object (value, STOKER_WELCOME (object)->desk);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_welcome_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id != PROP_DESK)
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  else if (g_set_object (&STOKER_WELCOME (object)->desk, g_value_get_object (value)))
    g_object_notify_by_pspec (object, pspec);
}

static void
stoker_welcome_dispose (GObject *object)
{
  StokerWelcome *self = STOKER_WELCOME (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (stoker_welcome_parent_class)->dispose (object);
}

static void
stoker_welcome_finalize (GObject *object)
{
  g_clear_object (&STOKER_WELCOME (object)->cancellable);
  G_OBJECT_CLASS (stoker_welcome_parent_class)->finalize (object);
}

static void
stoker_welcome_class_init (StokerWelcomeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = stoker_welcome_get_property;
  object_class->set_property = stoker_welcome_set_property;
  object_class->dispose = stoker_welcome_dispose;
  object_class->finalize = stoker_welcome_finalize;

  properties[PROP_DESK] = g_param_spec_object ("desk", NULL, NULL, STOKER_TYPE_DESK,
                                               G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                 G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/overview/stoker-welcome.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerWelcome, rehearse_button);
  gtk_widget_class_bind_template_child (widget_class, StokerWelcome, spinner);
  gtk_widget_class_bind_template_callback (widget_class, rehearse_clicked_cb);
}

static void
stoker_welcome_init (StokerWelcome *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}
