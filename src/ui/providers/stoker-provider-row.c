/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-provider-row.h"

#include "stoker-health-phrases.h"
#include "stoker-phrases.h"
#include "stoker-provider-commands.h"
#include "stoker-provider-holder.h"
#include "stoker-provider-phrases.h"
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
  GtkLabel *narrow_name_label; /* this and those below it where there is no room for the summary */
  GtkLabel *summary_label;
  GtkLabel *kind_label;
  GtkLabel *words_label;
  GtkLabel *health_dot;
  GtkLabel *health_dot_short;
  GtkLabel *health_dot_alone;
  GtkLabel *health_label;
  GtkLabel *health_short_label; /* where there is no room for the age */
  GtkSwitch *active_switch;
  GtkWidget *spinner;
  GtkWidget *health_squeezer;
  GtkWidget *handle;
  GtkMenuButton *menu_button;
};

static void holder_init (StokerProviderHolderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (StokerProviderRow,
                               stoker_provider_row,
                               GTK_TYPE_LIST_BOX_ROW,
                               G_IMPLEMENT_INTERFACE (STOKER_TYPE_PROVIDER_HOLDER, holder_init))

static void
show_summary (StokerProviderRow *self)
{
  StokerProfile *profile = stoker_workspace_get_profile (self->workspace, self->provider);
  g_autofree char *text = NULL;

  if (profile == NULL)
    {
      gtk_label_set_label (self->summary_label, stoker_provider_get_service (self->provider));
      gtk_label_set_label (self->kind_label, stoker_provider_get_service (self->provider));
      return;
    }
  text = g_strdup_printf ("%s · %s", stoker_phrase_kind (profile->kind),
                          profile->policy_highlight != NULL ? profile->policy_highlight
                                                            : profile->summary);
  gtk_label_set_label (self->summary_label, text);
  gtk_label_set_label (self->kind_label, stoker_phrase_kind (profile->kind));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->summary_label), profile->summary);
}

static char *
describe_health (StokerProviderRow *self)
{
  StokerHealth *health = stoker_provider_get_health (self->provider);
  g_autofree char *words = stoker_phrase_provider_health (self->provider);
  g_autofree char *age = NULL;

  if (health == NULL || !stoker_provider_get_active (self->provider))
    return g_steal_pointer (&words);
  age = stoker_phrase_ago (health->checked_us, g_get_real_time ());
  return g_strdup_printf ("%s · %s", words, age);
}

static void
show_health (StokerProviderRow *self)
{
  StokerHealth *health = stoker_provider_get_health (self->provider);
  g_autofree char *words = stoker_phrase_provider_health (self->provider);
  g_autofree char *text = describe_health (self);

  gtk_label_set_label (self->health_label, text);
  gtk_label_set_label (self->health_short_label, words);
  gtk_label_set_label (self->words_label, words);
  stoker_health_dot_show (self->health_dot, self->provider);
  stoker_health_dot_show (self->health_dot_short, self->provider);
  stoker_health_dot_show (self->health_dot_alone, self->provider);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->health_dot_alone), text);
  stoker_ui_set_label (GTK_WIDGET (self->health_dot_alone), text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->health_short_label), text);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->health_label),
                               health != NULL ? health->message : NULL);
}

/* What the controls are called for people who do not see which row they are in. */
static void
show_names (StokerProviderRow *self)
{
  const char *name = stoker_phrase_provider_name (self->provider);
  g_autofree char *switch_name = g_strdup_printf (_ ("Use %s"), name);
  g_autofree char *menu_name = g_strdup_printf (_ ("More for %s"), name);

  stoker_ui_set_label (GTK_WIDGET (self->active_switch), switch_name);
  stoker_ui_set_label (GTK_WIDGET (self->menu_button), menu_name);
  stoker_ui_set_label (GTK_WIDGET (self), name);
}

static void
refresh (StokerProviderRow *self)
{
  const char *name = stoker_phrase_provider_name (self->provider);

  self->is_refreshing = TRUE;
  stoker_ui_set_avatar_name (GTK_WIDGET (self->avatar), name);
  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->narrow_name_label, name);
  gtk_switch_set_active (self->active_switch, stoker_provider_get_active (self->provider));
  show_summary (self);
  show_health (self);
  show_names (self);
  stoker_provider_commands_update (STOKER_PROVIDER_HOLDER (self));
  self->is_refreshing = FALSE;
}

static void
active_changed_cb (StokerProviderRow *self)
{
  if (self->is_refreshing)
    return;
  stoker_provider_set_active (self->provider, gtk_switch_get_active (self->active_switch));
  stoker_provider_commands_save (STOKER_PROVIDER_HOLDER (self));
}

/* Dragging: the row carries its provider and takes another before or after itself. */

static GdkContentProvider *
drag_prepare_cb (StokerProviderRow *self)
{
  return gdk_content_provider_new_typed (STOKER_TYPE_PROVIDER, self->provider);
}

static void
drag_begin_cb (StokerProviderRow *self, GdkDrag *drag)
{
  GtkWidget *icon = gtk_drag_icon_get_for_drag (drag);
  GtkWidget *label = gtk_label_new (stoker_phrase_provider_name (self->provider));

  gtk_widget_add_css_class (label, "stoker-dragged");
  gtk_drag_icon_set_child (GTK_DRAG_ICON (icon), label);
}

static gboolean
is_lower_half (StokerProviderRow *self, double y)
{
  return y > gtk_widget_get_height (GTK_WIDGET (self)) / 2.0;
}

static void
drop_leave_cb (StokerProviderRow *self)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self), "stoker-drop-before");
  gtk_widget_remove_css_class (GTK_WIDGET (self), "stoker-drop-after");
}

static GdkDragAction
drop_motion_cb (StokerProviderRow *self, double x, double y)
{
  drop_leave_cb (self);
  gtk_widget_add_css_class (GTK_WIDGET (self),
                            is_lower_half (self, y) ? "stoker-drop-after" : "stoker-drop-before");
  return GDK_ACTION_MOVE;
}

static gboolean
drop_cb (StokerProviderRow *self, const GValue *value, double x, double y)
{
  StokerProvider *provider = g_value_get_object (value);

  drop_leave_cb (self);
  if (provider == NULL || provider == self->provider)
    return FALSE;
  return gtk_widget_activate_action (GTK_WIDGET (self), "providers.place", "(ssb)",
                                     stoker_provider_get_id (provider),
                                     stoker_provider_get_id (self->provider),
                                     is_lower_half (self, y));
}

static void
add_drop_target (StokerProviderRow *self)
{
  GtkDropTarget *target = gtk_drop_target_new (STOKER_TYPE_PROVIDER, GDK_ACTION_MOVE);

  g_signal_connect_swapped (target, "motion", G_CALLBACK (drop_motion_cb), self);
  g_signal_connect_swapped (target, "leave", G_CALLBACK (drop_leave_cb), self);
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

static void
menu_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_menu_button_popup (STOKER_PROVIDER_ROW (widget)->menu_button);
}

static StokerWorkspace *
get_workspace (StokerProviderHolder *holder)
{
  return STOKER_PROVIDER_ROW (holder)->workspace;
}

static StokerProvider *
get_provider (StokerProviderHolder *holder)
{
  return STOKER_PROVIDER_ROW (holder)->provider;
}

static void
show_checking (StokerProviderHolder *holder, gboolean is_checking)
{
  StokerProviderRow *self = STOKER_PROVIDER_ROW (holder);

  gtk_widget_set_visible (self->spinner, is_checking);
  gtk_widget_set_visible (self->health_squeezer, !is_checking);
  gtk_widget_set_visible (GTK_WIDGET (self->health_dot_alone), !is_checking);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), is_checking);
}

static void
holder_init (StokerProviderHolderInterface *iface)
{
  iface->get_workspace = get_workspace;
  iface->get_provider = get_provider;
  iface->show_checking = show_checking;
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
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRow, narrow_name_label);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRow, summary_label);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRow, kind_label);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRow, words_label);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRow, health_dot);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRow, health_dot_alone);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRow, health_label);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRow, health_dot_short);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRow, health_short_label);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRow, active_switch);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRow, health_squeezer);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRow, handle);
  gtk_widget_class_bind_template_child (widget_class, StokerProviderRow, menu_button);
  gtk_widget_class_bind_template_callback (widget_class, active_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_prepare_cb);
  gtk_widget_class_bind_template_callback (widget_class, drag_begin_cb);

  stoker_provider_commands_install (widget_class);
  gtk_widget_class_install_action (widget_class, "row.menu", NULL, menu_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_ALT_MASK, "provider.move-up",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_ALT_MASK,
                                       "provider.move-down", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F2, 0, "provider.rename", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Delete, 0, "provider.remove", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "row.menu", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "row.menu", NULL);
}

static void
stoker_provider_row_init (StokerProviderRow *self)
{
  g_autoptr (GMenuModel) menu = stoker_provider_commands_load_menu ();

  gtk_widget_init_template (GTK_WIDGET (self));
  stoker_ui_tell_cut (self->name_label);
  stoker_ui_tell_cut (self->narrow_name_label);
  stoker_ui_tell_cut (self->kind_label);
  stoker_ui_tell_cut (self->words_label);
  gtk_menu_button_set_menu_model (self->menu_button, menu);
  add_drop_target (self);
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

/**
 * stoker_provider_row_show_time:
 *
 * Says anew how long ago the provider was checked.
 */
void
stoker_provider_row_show_time (StokerProviderRow *self)
{
  g_return_if_fail (STOKER_IS_PROVIDER_ROW (self));

  show_health (self);
}

/**
 * stoker_provider_row_show_place:
 * @place: which it is in the list, from 1
 * @count: how many there are
 *
 * Tells the priority, which the place in the list is.
 */
void
stoker_provider_row_show_place (StokerProviderRow *self, guint place, guint count)
{
  g_autofree char *text = NULL;

  g_return_if_fail (STOKER_IS_PROVIDER_ROW (self));

  text = g_strdup_printf (_ ("Priority %u of %u: drag, or press Alt+Up and Alt+Down"), place,
                          count);
  gtk_widget_set_tooltip_text (self->handle, text);
  stoker_ui_set_label (self->handle, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "provider.move-up", place > 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "provider.move-down", place < count);
}
