/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-window.h"

#include "stoker-advisor-page.h"
#include "stoker-burn-meter.h"
#include "stoker-jobs-page.h"
#include "stoker-notifier.h"
#include "stoker-offline-note.h"
#include "stoker-overview-page.h"
#include "stoker-page-table.h"
#include "stoker-phrases.h"
#include "stoker-providers-page.h"
#include "stoker-roomy-bin.h"
#include "stoker-shortcuts.h"
#include "stoker-sidebar-row.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

/* Page and size are kept when they have come to rest. */
#define REST_MS 500

struct _StokerWindow
{
  AdwApplicationWindow parent_instance;

  StokerDesk *desk;       /* owned */
  GSettings *settings;    /* owned, nullable */
  StokerOutlook *outlook; /* owned */
  guint save_id;          /* source: page or size changed a moment ago */

  AdwToastOverlay *toasts;
  AdwLeaflet *leaflet;
  StokerOfflineNote *offline_note;
  GtkListBox *sidebar;
  StokerBurnMeter *burn_meter;
  GtkStack *pages;
};

G_DEFINE_FINAL_TYPE (StokerWindow, stoker_window, ADW_TYPE_APPLICATION_WINDOW)

typedef enum {
  PROP_DESK = 1,
  PROP_SETTINGS,
  N_PROPS,
} StokerWindowProperty;

static GParamSpec *properties[N_PROPS];

/* A page is made when it is first shown: that keeps the first frame fast and the memory low. */
static GtkWidget *
ensure_page (StokerWindow *self, const char *name)
{
  GtkWidget *page = gtk_stack_get_child_by_name (self->pages, name);

  if (page != NULL)
    return page;
  page = g_object_new (stoker_page_table_find (name)->get_type (), "desk", self->desk, NULL);
  if (STOKER_IS_OVERVIEW_PAGE (page))
    stoker_overview_page_set_outlook (STOKER_OVERVIEW_PAGE (page), self->outlook);
  gtk_stack_add_named (self->pages, page, name);
  return page;
}

static StokerSidebarRow *
find_row (StokerWindow *self, const char *name)
{
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->sidebar));

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (STOKER_IS_SIDEBAR_ROW (child) &&
        g_strcmp0 (stoker_sidebar_row_get_page (STOKER_SIDEBAR_ROW (child)), name) == 0)
      return STOKER_SIDEBAR_ROW (child);
  return NULL;
}

static void
row_activated_cb (StokerWindow *self, GtkListBoxRow *row)
{
  stoker_window_show_page (self, stoker_sidebar_row_get_page (STOKER_SIDEBAR_ROW (row)));
}

static void
show_page_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stoker_window_show_page (STOKER_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
show_job_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerWindow *self = STOKER_WINDOW (widget);
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  const char *id = g_variant_get_string (parameter, NULL);
  g_autofree char *tag = stoker_notifier_get_job_tag (id);

  stoker_window_show_page (self, "jobs");
  stoker_jobs_page_show_job (STOKER_JOBS_PAGE (ensure_page (self, "jobs")), id);
  if (application != NULL)
    g_application_withdraw_notification (G_APPLICATION (application), tag);
}

static void
show_provider_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerWindow *self = STOKER_WINDOW (widget);

  stoker_window_show_page (self, "providers");
  stoker_providers_page_show_provider (STOKER_PROVIDERS_PAGE (ensure_page (self, "providers")),
                                       g_variant_get_string (parameter, NULL));
}

static void
toast_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stoker_window_add_toast (STOKER_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
add_provider_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerWindow *self = STOKER_WINDOW (widget);

  stoker_window_show_page (self, "providers");
  stoker_providers_page_open_gallery (STOKER_PROVIDERS_PAGE (ensure_page (self, "providers")));
}

static void
open_workload_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerWindow *self = STOKER_WINDOW (widget);

  stoker_window_show_page (self, "advisor");
  stoker_advisor_page_choose_file (STOKER_ADVISOR_PAGE (ensure_page (self, "advisor")));
}

static void
show_shortcuts_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stoker_shortcuts_show (GTK_WINDOW (widget));
}

static void
workspace_changed_cb (StokerWindow *self)
{
  StokerWorkspace *workspace = stoker_desk_get_workspace (self->desk);
  const char *notice = workspace != NULL ? stoker_workspace_get_notice (workspace) : NULL;

  stoker_outlook_set_workspace (self->outlook, workspace, stoker_desk_get_job_watch (self->desk));
  if (workspace != NULL)
    g_object_bind_property (workspace, "is-cut-off", self->offline_note, "is-cut-off",
                            G_BINDING_SYNC_CREATE);
  if (notice != NULL)
    stoker_window_add_toast (self, notice);
}

static void
restore (StokerWindow *self)
{
  g_autofree char *page = NULL;

  if (self->settings != NULL)
    {
      gtk_window_set_default_size (GTK_WINDOW (self),
                                   g_settings_get_int (self->settings, "window-width"),
                                   g_settings_get_int (self->settings, "window-height"));
      if (g_settings_get_boolean (self->settings, "window-maximized"))
        gtk_window_maximize (GTK_WINDOW (self));
      page = g_settings_get_string (self->settings, "page");
    }
  stoker_window_show_page (self, find_row (self, page) != NULL ? page : STOKER_FIRST_PAGE);
}

/* Each write goes to a file. */
static void
keep (StokerWindow *self, const char *key, GVariant *value)
{
  g_autoptr (GVariant) wanted = g_variant_ref_sink (value);
  g_autoptr (GVariant) kept = g_settings_get_value (self->settings, key);

  if (!g_variant_equal (kept, wanted))
    g_settings_set_value (self->settings, key, wanted);
}

static void
save (StokerWindow *self)
{
  int width = 0;
  int height = 0;

  if (self->settings == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  keep (self, "window-width", g_variant_new_int32 (width));
  keep (self, "window-height", g_variant_new_int32 (height));
  keep (self, "window-maximized",
        g_variant_new_boolean (gtk_window_is_maximized (GTK_WINDOW (self))));
  keep (self, "page", g_variant_new_string (stoker_window_get_page (self)));
}

static gboolean
rests_cb (gpointer user_data)
{
  StokerWindow *self = user_data;

  self->save_id = 0;
  save (self);
  return G_SOURCE_REMOVE;
}

/* At the end of a session no window is closed before the program is ended. */
static void
plan_save (StokerWindow *self)
{
  g_clear_handle_id (&self->save_id, g_source_remove);
  self->save_id = g_timeout_add (REST_MS, rests_cb, self);
}

static void
follow_size (StokerWindow *self)
{
  static const char *const signals[] = { "notify::default-width", "notify::default-height",
                                         "notify::maximized" };

  for (gsize i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect (self, signals[i], G_CALLBACK (plan_save), NULL);
}

static gboolean
stoker_window_close_request (GtkWindow *window)
{
  save (STOKER_WINDOW (window));
  return GTK_WINDOW_CLASS (stoker_window_parent_class)->close_request (window);
}

static void
add_rows (StokerWindow *self)
{
  for (guint i = 0; i < stoker_page_table_get_length (); i++)
    {
      const StokerPageEntry *entry = stoker_page_table_get (i);

      gtk_list_box_append (self->sidebar,
                           g_object_new (STOKER_TYPE_SIDEBAR_ROW, "page", entry->name, "title",
                                         g_dgettext (GETTEXT_PACKAGE, entry->title), "icon-name",
                                         entry->icon_name, NULL));
    }
  g_object_bind_property (self->outlook, "n-active", find_row (self, "jobs"), "count",
                          G_BINDING_SYNC_CREATE);
}

static void
stoker_window_constructed (GObject *object)
{
  StokerWindow *self = STOKER_WINDOW (object);

  G_OBJECT_CLASS (stoker_window_parent_class)->constructed (object);
  if (self->desk == NULL)
    self->desk = stoker_desk_new ();
  g_signal_connect_swapped (self->desk, "notify::workspace", G_CALLBACK (workspace_changed_cb),
                            self);
  add_rows (self);
  stoker_burn_meter_set_outlook (self->burn_meter, self->outlook);
  workspace_changed_cb (self);
  restore (self);
  follow_size (self);
}

static void
stoker_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StokerWindow *self = STOKER_WINDOW (object);

  switch ((StokerWindowProperty) id)
    {
    case PROP_DESK:
      g_value_set_object (value, self->desk);
      break;
    case PROP_SETTINGS:
      g_value_set_object (value, self->settings);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stoker_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StokerWindow *self = STOKER_WINDOW (object);

  switch ((StokerWindowProperty) id)
    {
    case PROP_DESK:
      self->desk = g_value_dup_object (value);
      break;
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stoker_window_dispose (GObject *object)
{
  StokerWindow *self = STOKER_WINDOW (object);

  if (self->desk != NULL)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  g_clear_handle_id (&self->save_id, g_source_remove);
  g_clear_object (&self->outlook);
  g_clear_object (&self->desk);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (stoker_window_parent_class)->dispose (object);
}

static void
add_page_shortcuts (GtkWidgetClass *widget_class)
{
  for (guint i = 0; i < stoker_page_table_get_length (); i++)
    gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1 + i, GDK_CONTROL_MASK,
                                         "win.show-page", "s", stoker_page_table_get (i)->name);
}

static void
stoker_window_move_focus (GtkWidget *widget, GtkDirectionType direction)
{
  stoker_ui_forget_hidden_focus (widget);
  GTK_WIDGET_CLASS (stoker_window_parent_class)->move_focus (widget, direction);
}

static void
resize_leaflet (gpointer user_data)
{
  GtkWidget *leaflet = user_data;

  gtk_widget_queue_resize (leaflet);
  g_object_unref (leaflet);
}

/* It unfolds while it is given its place. What the sidebar then needs no more, the buttons of the
 * window, would keep their room until something else changes. */
static void
folded_cb (AdwLeaflet *leaflet)
{
  g_idle_add_once (resize_leaflet, g_object_ref (leaflet));
}

static void
stoker_window_class_init (StokerWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = stoker_window_constructed;
  object_class->get_property = stoker_window_get_property;
  object_class->set_property = stoker_window_set_property;
  object_class->dispose = stoker_window_dispose;
  widget_class->move_focus = stoker_window_move_focus;
  GTK_WINDOW_CLASS (klass)->close_request = stoker_window_close_request;

  properties[PROP_DESK] = g_param_spec_object ("desk", NULL, NULL, STOKER_TYPE_DESK, flags);
  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (STOKER_TYPE_BURN_METER);
  g_type_ensure (STOKER_TYPE_OFFLINE_NOTE);
  g_type_ensure (STOKER_TYPE_ROOMY_BIN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               STOKER_UI_RESOURCE_PATH "/window/stoker-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, StokerWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, StokerWindow, offline_note);
  gtk_widget_class_bind_template_child (widget_class, StokerWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, StokerWindow, burn_meter);
  gtk_widget_class_bind_template_child (widget_class, StokerWindow, pages);
  gtk_widget_class_bind_template_callback (widget_class, folded_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", show_page_cb);
  gtk_widget_class_install_action (widget_class, "win.show-job", "s", show_job_cb);
  gtk_widget_class_install_action (widget_class, "win.show-provider", "s", show_provider_cb);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", toast_cb);
  gtk_widget_class_install_action (widget_class, "win.add-provider", NULL, add_provider_cb);
  gtk_widget_class_install_action (widget_class, "win.open-workload", NULL, open_workload_cb);
  gtk_widget_class_install_action (widget_class, "win.show-help-overlay", NULL, show_shortcuts_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK,
                                       "win.add-provider", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK,
                                       "win.open-workload", NULL);
  add_page_shortcuts (widget_class);
}

static void
stoker_window_init (StokerWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->outlook = stoker_outlook_new ();
}

/**
 * stoker_window_new:
 * @application: (nullable): the application
 * @desk: what the pages share
 * @settings: (nullable): where size and page are kept
 *
 * Returns: (transfer none): a new window, owned by GTK like every top-level
 */
StokerWindow *
stoker_window_new (GtkApplication *application, StokerDesk *desk, GSettings *settings)
{
  return g_object_new (STOKER_TYPE_WINDOW, "application", application, "desk", desk, "settings",
                       settings, NULL);
}

/**
 * stoker_window_show_page:
 * @name: name of a page of the table
 *
 * Shows a page; where there is no room for the sidebar beside it, in its place.
 */
void
stoker_window_show_page (StokerWindow *self, const char *name)
{
  StokerSidebarRow *row = NULL;

  g_return_if_fail (STOKER_IS_WINDOW (self));

  row = find_row (self, name);
  if (row == NULL)
    return;
  gtk_stack_set_visible_child (self->pages, ensure_page (self, name));
  gtk_list_box_select_row (self->sidebar, GTK_LIST_BOX_ROW (row));
  gtk_window_set_title (GTK_WINDOW (self), stoker_sidebar_row_get_title (row));
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
  plan_save (self);
}

/**
 * stoker_window_get_page:
 *
 * Returns: (transfer none): name of the page shown
 */
const char *
stoker_window_get_page (StokerWindow *self)
{
  g_return_val_if_fail (STOKER_IS_WINDOW (self), NULL);

  return gtk_stack_get_visible_child_name (self->pages);
}

/**
 * stoker_window_add_toast:
 * @text: one sentence
 *
 * Shows a message at the foot of the window for some seconds.
 */
void
stoker_window_add_toast (StokerWindow *self, const char *text)
{
  g_autofree char *sentence = NULL;
  g_autofree char *markup = NULL;

  g_return_if_fail (STOKER_IS_WINDOW (self));

  sentence = stoker_phrase_sentence (text);
  markup = g_markup_escape_text (sentence, -1);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (markup));
}
