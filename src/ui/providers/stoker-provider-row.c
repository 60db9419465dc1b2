/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-provider-row.h"

#include "stoker-phrases.h"
#include "stoker-register-provider.h"
#include "stoker-ui.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _StokerProviderRow
{
  GtkListBoxRow parent_instance;

  StokerWorkspace *workspace; /* owned */
  StokerProvider *provider;   /* owned */
  gboolean is_refreshing;

  AdwAvatar *avatar;
  GtkLabel *name_label;
  GtkLabel *summary_label;
  GtkImage *health_dot;
  GtkImage *health_dot_alone;
  GtkLabel *health_label;
  GtkSwitch *active_switch;
};

G_DEFINE_FINAL_TYPE (StokerProviderRow, stoker_provider_row, GTK_TYPE_LIST_BOX_ROW)

static void
show_summary (StokerProviderRow *self)
{
  StokerProfile *profile = stoker_workspace_get_profile (self->workspace, self->provider);
  g_autofree char *text = NULL;

  if (profile == NULL)
    {
      gtk_label_set_label (self->summary_label, stoker_provider_get_service (self->provider));
      return;
    }
  text = g_strdup_printf ("%s · %s", stoker_phrase_kind (profile->kind), profile->policy_highlight);
  gtk_label_set_label (self->summary_label, text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->summary_label), profile->summary);
}

static void
show_health (StokerProviderRow *self)
{
  StokerHealth *health = stoker_provider_get_health (self->provider);
  g_autofree char *text = stoker_phrase_health (health);
  const char *style_class = stoker_phrase_health_class (health);

  gtk_label_set_label (self->health_label, text);
  stoker_ui_set_state_class (GTK_WIDGET (self->health_dot), style_class);
  stoker_ui_set_state_class (GTK_WIDGET (self->health_dot_alone), style_class);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->health_dot_alone), text);
  stoker_ui_set_label (GTK_WIDGET (self->health_dot_alone), text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->health_label),
                               health != NULL ? health->message : NULL);
}

static void
refresh (StokerProviderRow *self)
{
  const char *name = stoker_provider_get_name (self->provider);
  g_autofree char *switch_name = g_strdup_printf (_ ("Use %s"), name);

  self->is_refreshing = TRUE;
  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_label (self->name_label, name);
  gtk_switch_set_active (self->active_switch, stoker_provider_get_active (self->provider));
  stoker_ui_set_label (GTK_WIDGET (self->active_switch), switch_name);
  stoker_ui_set_label (GTK_WIDGET (self), name);
  show_summary (self);
  show_health (self);
  self->is_refreshing = FALSE;
}

static void
updated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerProviderRow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!stoker_update_provider_finish (result, &error))
    stoker_ui_toast (GTK_WIDGET (self), error->message);
}

static void
active_changed_cb (StokerProviderRow *self)
{
  if (self->is_refreshing)
    return;
  stoker_provider_set_active (self->provider, gtk_switch_get_active (self->active_switch));
  stoker_update_provider_async (self->workspace, self->provider, NULL, NULL, updated_cb,
                                g_object_ref (self));
}

static void
stoker_provider_row_dispose (GObject *object)
{
  StokerProviderRow *self = STOKER_PROVIDER_ROW (object);

  if (self->provider != NULL)
    g_signal_handlers_disconnect_by_data (self->provider, self);
  g_clear_object (&self->provider);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (stoker_provider_row_parent_class)->dispose (object);
}

static void
stoker_provider_row_class_init (StokerProviderRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_provider_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-provider-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRow, summary_label);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRow, health_dot);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRow, health_dot_alone);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRow, health_label);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRow, active_switch);
  gtk_widget_class_bind_template_callback (widget_class, active_changed_cb);
}

static void
stoker_provider_row_init (StokerProviderRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_provider_row_new:
 * @workspace: the workspace
 * @provider: a registered provider
 *
 * Returns: (transfer floating): a row that follows the provider
 */
GtkWidget *
stoker_provider_row_new (StokerWorkspace *workspace, StokerProvider *provider)
{
  StokerProviderRow *self = g_object_new (STOKER_TYPE_PROVIDER_ROW, NULL);

  g_set_object (&self->workspace, workspace);
  g_set_object (&self->provider, provider);
  g_signal_connect_swapped (provider, "notify", G_CALLBACK (refresh), self);
  refresh (self);
  return GTK_WIDGET (self);
}

/**
 * stoker_provider_row_get_provider:
 *
 * Returns: (transfer none): the provider shown
 */
StokerProvider *
stoker_provider_row_get_provider (StokerProviderRow *self)
{
  g_return_val_if_fail (STOKER_IS_PROVIDER_ROW (self), NULL);

  return self->provider;
}
