/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-preferences-window.h"

#include "stoker-amount-row.h"
#include "stoker-forget-dialog.h"
#include "stoker-output-folder.h"
#include "stoker-paths.h"
#include "stoker-remote-preferences.h"
#include "stoker-switch-row.h"
#include "stoker-time-row.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerPreferencesWindow
{
  AdwPreferencesWindow parent_instance;

  StokerDesk *desk;              /* owned, nullable */
  GSettings *settings;           /* owned, nullable */
  GtkFileChooserNative *chooser; /* owned, nullable: while it is shown */

  StokerRemotePreferences *remote_page;
  AdwComboRow *currency_row;
  AdwEntryRow *budget_day_row;
  AdwEntryRow *budget_month_row;
  AdwEntryRow *tariff_row;
  AdwEntryRow *currency_code_row;
  StokerAmountRow *watts_row;
  AdwEntryRow *purchase_row;
  StokerAmountRow *useful_hours_row;
  StokerSwitchRow *finished_switch;
  StokerSwitchRow *failed_switch;
  StokerSwitchRow *attention_switch;
  StokerSwitchRow *quiet_switch;
  StokerTimeRow *quiet_from_row;
  StokerTimeRow *quiet_to_row;
  AdwActionRow *output_dir_row;
  GtkButton *output_dir_reset;
  AdwEntryRow *output_name_row;
  AdwActionRow *example_row;
  AdwComboRow *log_level_row;
  AdwActionRow *data_row;
  AdwActionRow *state_row;
  AdwActionRow *config_row;
};

G_DEFINE_FINAL_TYPE (StokerPreferencesWindow,
                     stoker_preferences_window,
                     ADW_TYPE_PREFERENCES_WINDOW)

typedef enum {
  PROP_DESK = 1,
  N_PROPS,
} StokerPreferencesWindowProperty;

static GParamSpec *properties[N_PROPS];

static void
bind (StokerPreferencesWindow *self, const char *key, gpointer widget, const char *property)
{
  g_settings_bind (self->settings, key, widget, property,
                   G_SETTINGS_BIND_DEFAULT | G_SETTINGS_BIND_NO_SENSITIVITY);
}

/* The rows of a combo stand in the order of the enumeration. */
static void
selected_cb (AdwComboRow *row, GParamSpec *pspec, StokerPreferencesWindow *self)
{
  const char *key = row == self->currency_row ? "currency-style" : "log-level";
  int selected = (int) adw_combo_row_get_selected (row);

  if (g_settings_get_enum (self->settings, key) != selected)
    g_settings_set_enum (self->settings, key, selected);
}

static void
bind_enum (StokerPreferencesWindow *self, const char *key, AdwComboRow *row)
{
  adw_combo_row_set_selected (row, (guint) g_settings_get_enum (self->settings, key));
  g_signal_connect (row, "notify::selected", G_CALLBACK (selected_cb), self);
}

static void
tell_mistake (AdwEntryRow *row, gboolean is_good, const char *mistake)
{
  if (is_good)
    gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
  if (!is_good)
    adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (
                                        gtk_widget_get_root (GTK_WIDGET (row))),
                                      adw_toast_new (mistake));
}

static const char *
get_amount_key (StokerPreferencesWindow *self, AdwEntryRow *row)
{
  if (row == self->budget_day_row)
    return "budget-day";
  if (row == self->budget_month_row)
    return "budget-month";
  return row == self->tariff_row ? "tariff-per-kwh" : "local-purchase-price";
}

/* Many people write a comma where a program wants a point. */
static void
amount_applied_cb (AdwEntryRow *row, StokerPreferencesWindow *self)
{
  g_autofree char *text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (row)));
  StokerMoney amount = stoker_money_unknown ();
  gboolean is_good = FALSE;

  g_strdelimit (g_strstrip (text), ",", '.');
  is_good = *text == '\0' || (stoker_money_parse (text, "USD", &amount, NULL) && amount.nanos >= 0);
  tell_mistake (row, is_good, _ ("This is not an amount; write for example 0.31"));
  if (is_good)
    g_settings_set_string (self->settings, get_amount_key (self, row), text);
}

static gboolean
is_currency_code (const char *text)
{
  return strlen (text) == 3 && g_ascii_isupper (text[0]) && g_ascii_isupper (text[1]) &&
         g_ascii_isupper (text[2]);
}

static void
currency_applied_cb (AdwEntryRow *row, StokerPreferencesWindow *self)
{
  g_autofree char *code = g_ascii_strup (gtk_editable_get_text (GTK_EDITABLE (row)), -1);
  gboolean is_good = is_currency_code (g_strstrip (code));

  tell_mistake (row, is_good, _ ("Write the three letters of the currency, for example EUR"));
  if (is_good)
    g_settings_set_string (self->settings, "tariff-currency", code);
}

static void
output_name_applied_cb (AdwEntryRow *row, StokerPreferencesWindow *self)
{
  const char *pattern = gtk_editable_get_text (GTK_EDITABLE (row));
  g_autofree char *example = stoker_output_folder_example (pattern);

  tell_mistake (row, example != NULL,
                _ ("Only ${date}, ${time}, ${name}, ${provider} and ${id} can be replaced"));
  if (example != NULL)
    g_settings_set_string (self->settings, "output-name", pattern);
}

static void
output_name_changed_cb (AdwEntryRow *row, StokerPreferencesWindow *self)
{
  g_autofree char *example = stoker_output_folder_example (
    gtk_editable_get_text (GTK_EDITABLE (row)));

  adw_action_row_set_subtitle (self->example_row, example != NULL ? example : "");
}

static void
show_output_dir (StokerPreferencesWindow *self)
{
  g_autofree char *chosen = g_settings_get_string (self->settings, "output-dir");
  g_autofree char *own = stoker_paths_get_output_dir ();

  adw_action_row_set_subtitle (self->output_dir_row, *chosen != '\0' ? chosen : own);
  gtk_widget_set_visible (GTK_WIDGET (self->output_dir_reset), *chosen != '\0');
}

static void
reset_output_dir_cb (StokerPreferencesWindow *self)
{
  g_settings_reset (self->settings, "output-dir");
}

static void
chooser_response_cb (GtkNativeDialog *chooser, int response, StokerPreferencesWindow *self)
{
  if (response == GTK_RESPONSE_ACCEPT)
    {
      g_autoptr (GFile) folder = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
      g_autofree char *path = g_file_get_path (folder);

      if (path != NULL)
        g_settings_set_string (self->settings, "output-dir", path);
    }
  g_clear_object (&self->chooser);
}

static void
choose_output_dir_cb (StokerPreferencesWindow *self)
{
  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_ ("Folder for Outputs"), GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Choose"),
                                               _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect (self->chooser, "response", G_CALLBACK (chooser_response_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
show_location_cb (AdwActionRow *row)
{
  g_autoptr (GFile) folder = g_file_new_for_path (adw_action_row_get_subtitle (row));
  g_autofree char *uri = g_file_get_uri (folder);

  stoker_ui_show_uri (GTK_WIDGET (row), uri);
}

static void
forget_cb (StokerPreferencesWindow *self)
{
  if (self->desk != NULL)
    stoker_forget_dialog_show (GTK_WINDOW (self), self->desk);
}

static void
show_locations (StokerPreferencesWindow *self)
{
  g_autofree char *data = stoker_paths_get_data_dir ();
  g_autofree char *state = stoker_paths_get_state_dir ();
  g_autofree char *config = g_build_filename (g_get_user_config_dir (), "stoker", NULL);

  adw_action_row_set_subtitle (self->data_row, data);
  adw_action_row_set_subtitle (self->state_row, state);
  adw_action_row_set_subtitle (self->config_row, config);
}

static void
set_text (StokerPreferencesWindow *self, AdwEntryRow *row, const char *key)
{
  g_autofree char *text = g_settings_get_string (self->settings, key);

  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static void
show_costs (StokerPreferencesWindow *self)
{
  bind_enum (self, "currency-style", self->currency_row);
  set_text (self, self->budget_day_row, "budget-day");
  set_text (self, self->budget_month_row, "budget-month");
  set_text (self, self->tariff_row, "tariff-per-kwh");
  set_text (self, self->currency_code_row, "tariff-currency");
  set_text (self, self->purchase_row, "local-purchase-price");
  bind (self, "local-watts", self->watts_row, "value");
  bind (self, "local-useful-hours", self->useful_hours_row, "value");
}

static void
show_notifications (StokerPreferencesWindow *self)
{
  bind (self, "notify-finished", self->finished_switch, "active");
  bind (self, "notify-failed", self->failed_switch, "active");
  bind (self, "notify-attention", self->attention_switch, "active");
  bind (self, "quiet-hours", self->quiet_switch, "active");
  bind (self, "quiet-from", self->quiet_from_row, "minutes");
  bind (self, "quiet-to", self->quiet_to_row, "minutes");
}

static void
show_files (StokerPreferencesWindow *self)
{
  set_text (self, self->output_name_row, "output-name");
  bind_enum (self, "log-level", self->log_level_row);
  g_signal_connect_object (self->settings, "changed::output-dir", G_CALLBACK (show_output_dir),
                           self, G_CONNECT_SWAPPED);
  show_output_dir (self);
  show_locations (self);
}

static void
show_all (StokerPreferencesWindow *self, StokerWorkspace *workspace)
{
  GSettings *settings = stoker_settings_get_gsettings (stoker_workspace_get_settings (workspace));

  if (!g_set_object (&self->settings, settings))
    return;
  stoker_remote_preferences_show (self->remote_page, workspace);
  show_costs (self);
  show_notifications (self);
  show_files (self);
}

static void
stoker_preferences_window_constructed (GObject *object)
{
  StokerPreferencesWindow *self = STOKER_PREFERENCES_WINDOW (object);
  StokerWorkspace *workspace = self->desk != NULL ? stoker_desk_get_workspace (self->desk) : NULL;

  G_OBJECT_CLASS (stoker_preferences_window_parent_class)->constructed (object);
  if (workspace != NULL)
    show_all (self, workspace);
}

static void
stoker_preferences_window_set_property (GObject *object,
                                        guint id,
                                        const GValue *value,
                                        GParamSpec *pspec)
{
  if (id == PROP_DESK)
    STOKER_PREFERENCES_WINDOW (object)->desk = g_value_dup_object (value);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_preferences_window_dispose (GObject *object)
{
  StokerPreferencesWindow *self = STOKER_PREFERENCES_WINDOW (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->settings);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (stoker_preferences_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
#define BIND(name) \
  gtk_widget_class_bind_template_child (widget_class, StokerPreferencesWindow, name)
  BIND (remote_page);
  BIND (currency_row);
  BIND (budget_day_row);
  BIND (budget_month_row);
  BIND (tariff_row);
  BIND (currency_code_row);
  BIND (watts_row);
  BIND (purchase_row);
  BIND (useful_hours_row);
  BIND (finished_switch);
  BIND (failed_switch);
  BIND (attention_switch);
  BIND (quiet_switch);
  BIND (quiet_from_row);
  BIND (quiet_to_row);
  BIND (output_dir_row);
  BIND (output_dir_reset);
  BIND (output_name_row);
  BIND (example_row);
  BIND (log_level_row);
  BIND (data_row);
  BIND (state_row);
  BIND (config_row);
#undef BIND
}

static void
stoker_preferences_window_class_init (StokerPreferencesWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = stoker_preferences_window_constructed;
  object_class->set_property = stoker_preferences_window_set_property;
  object_class->dispose = stoker_preferences_window_dispose;

  properties[PROP_DESK] = g_param_spec_object ("desk", NULL, NULL, STOKER_TYPE_DESK,
                                               G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY |
                                                 G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (STOKER_TYPE_AMOUNT_ROW);
  g_type_ensure (STOKER_TYPE_REMOTE_PREFERENCES);
  g_type_ensure (STOKER_TYPE_SWITCH_ROW);
  g_type_ensure (STOKER_TYPE_TIME_ROW);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/preferences/stoker-preferences-window.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, amount_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, currency_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, output_name_applied_cb);
  gtk_widget_class_bind_template_callback (widget_class, output_name_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, reset_output_dir_cb);
  gtk_widget_class_bind_template_callback (widget_class, choose_output_dir_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_location_cb);
  gtk_widget_class_bind_template_callback (widget_class, forget_cb);
}

/* Buttons that show only an icon are called what their tooltip says; libadwaita 1.2 gives the one
 * that opens the search none. */
static void
name_buttons (GtkWidget *widget)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (GTK_IS_BUTTON (widget) &&
      g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), "edit-find-symbolic") == 0)
    gtk_widget_set_tooltip_text (widget, _ ("Search Preferences"));
  if (GTK_IS_BUTTON (widget) && gtk_widget_get_tooltip_text (widget) != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    gtk_widget_get_tooltip_text (widget), -1);
  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    name_buttons (child);
}

static void
stoker_preferences_window_init (StokerPreferencesWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  name_buttons (GTK_WIDGET (self));
}

/**
 * stoker_preferences_window_new:
 * @parent: the window it belongs to
 * @desk: whose workspace's settings are shown
 *
 * Returns: (transfer none): a new window, owned by GTK like every top-level
 */
GtkWindow *
stoker_preferences_window_new (GtkWindow *parent, StokerDesk *desk)
{
  return g_object_new (STOKER_TYPE_PREFERENCES_WINDOW, "transient-for", parent, "modal", TRUE,
                       "desk", desk, NULL);
}
