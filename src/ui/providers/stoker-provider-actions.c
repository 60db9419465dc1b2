/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-provider-actions.h"

#include "stoker-action-window.h"
#include "stoker-json.h"
#include "stoker-run-action.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerProviderActions
{
  AdwBin parent_instance;

  StokerWorkspace *workspace; /* owned, nullable */
  StokerProvider *provider;   /* owned, nullable */
  JsonNode *actions;          /* owned, nullable */

  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (StokerProviderActions, stoker_provider_actions, ADW_TYPE_BIN)

static void
open_cb (GtkWidget *widget, const char *name, GVariant *parameter)
{
  StokerProviderActions *self = STOKER_PROVIDER_ACTIONS (widget);
  StokerJsonPlace root = stoker_json_root (self->actions, "actions");
  guint index = g_variant_get_uint32 (parameter);
  StokerJsonPlace action;

  if (self->provider == NULL || index >= stoker_json_length (&root))
    return;
  action = stoker_json_element (&root, index);
  gtk_window_present (
    GTK_WINDOW (stoker_action_window_new (GTK_WINDOW (gtk_widget_get_root (widget)),
                                          self->workspace, self->provider, action.node)));
}

static void
add_action (StokerProviderActions *self, const StokerJsonPlace *action, guint index)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  g_autofree char *title = stoker_action_describe (action->node);
  g_autofree char *escaped = g_markup_escape_text (title, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_title_lines (row, 0);
  adw_action_row_add_suffix (row, arrow);
  stoker_ui_set_label (GTK_WIDGET (row), title);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "u", index);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "actions.open");
  gtk_list_box_append (self->list, GTK_WIDGET (row));
}

static void
forget_provider (StokerProviderActions *self)
{
  g_clear_pointer (&self->actions, json_node_unref);
  g_clear_object (&self->provider);
  g_clear_object (&self->workspace);
}

static void
stoker_provider_actions_dispose (GObject *object)
{
  forget_provider (STOKER_PROVIDER_ACTIONS (object));
  G_OBJECT_CLASS (stoker_provider_actions_parent_class)->dispose (object);
}

static void
stoker_provider_actions_class_init (StokerProviderActionsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_provider_actions_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-provider-actions.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerProviderActions, list);
  gtk_widget_class_install_action (widget_class, "actions.open", "u", open_cb);
}

static void
stoker_provider_actions_init (StokerProviderActions *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_provider_actions_set_provider:
 * @workspace: (nullable): the workspace
 * @provider: (nullable): one of its providers
 *
 * Shows what its manifest tells; nobody is asked for it.
 */
void
stoker_provider_actions_set_provider (StokerProviderActions *self,
                                      StokerWorkspace *workspace,
                                      StokerProvider *provider)
{
  GtkListBoxRow *row = NULL;
  StokerJsonPlace root;

  g_return_if_fail (STOKER_IS_PROVIDER_ACTIONS (self));

  forget_provider (self);
  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  if (workspace == NULL || provider == NULL)
    return;
  self->workspace = g_object_ref (workspace);
  self->provider = g_object_ref (provider);
  self->actions = stoker_list_actions (workspace, provider);
  root = stoker_json_root (self->actions, "actions");
  for (guint i = 0; i < stoker_json_length (&root); i++)
    {
      StokerJsonPlace action = stoker_json_element (&root, i);

      add_action (self, &action, i);
    }
  gtk_widget_set_visible (GTK_WIDGET (self), stoker_json_length (&root) > 0);
}
