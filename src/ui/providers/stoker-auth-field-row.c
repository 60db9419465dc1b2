/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-auth-field-row.h"

#include "stoker-key-file-row.h"
#include "stoker-phrases.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

#include <string.h>

struct _StokerAuthFieldRow
{
  const StokerAuthField *field;  /* borrowed from the profile */
  GtkWidget *widget;             /* owned */
  GRegex *pattern;               /* owned, nullable */
  GtkStringList *choices;        /* owned, nullable: not a list */
  GtkFileChooserNative *chooser; /* owned, nullable: while it is open */
  StokerKeyFileRow *file_row;    /* owned, nullable: no file of this computer */
};

static char *
make_title (const StokerAuthField *field)
{
  g_autofree char *label = stoker_phrase_field_label (field->id);

  return field->is_required ? g_steal_pointer (&label)
                            : g_strdup_printf (_ ("%s (optional)"), label);
}

static void
append_regions (GtkStringList *list, const StokerProfile *profile)
{
  for (guint i = 0; profile->regions != NULL && i < profile->regions->len; i++)
    {
      const StokerRegion *region = g_ptr_array_index (profile->regions, i);

      if (!g_str_equal (region->id, "*"))
        gtk_string_list_append (list, region->id);
    }
}

/* A field with nothing to choose from is typed. */
static GtkStringList *
list_choices (const StokerAuthField *field, const StokerProfile *profile)
{
  g_autoptr (GtkStringList) list = NULL;

  if (field->type != STOKER_FIELD_CHOICE && field->type != STOKER_FIELD_REGION)
    return NULL;
  list = gtk_string_list_new (NULL);
  if (!field->is_required)
    gtk_string_list_append (list, _ ("Not set"));
  for (gsize i = 0; field->choices != NULL && field->choices[i] != NULL; i++)
    gtk_string_list_append (list, field->choices[i]);
  if (field->type == STOKER_FIELD_REGION && (field->choices == NULL || field->choices[0] == NULL))
    append_regions (list, profile);
  if (g_list_model_get_n_items (G_LIST_MODEL (list)) <= (field->is_required ? 0u : 1u))
    return NULL;
  return g_steal_pointer (&list);
}

static void
select_choice (StokerAuthFieldRow *self, const char *value)
{
  guint n_choices = g_list_model_get_n_items (G_LIST_MODEL (self->choices));

  for (guint i = 0; i < n_choices; i++)
    if (g_strcmp0 (gtk_string_list_get_string (self->choices, i), value) == 0)
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->widget), i);
}

static void
help_clicked_cb (GtkWidget *button, const char *uri)
{
  stoker_ui_show_uri (button, uri);
}

static GtkWidget *
new_suffix_button (const char *icon_name, const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  stoker_ui_set_label (button, label);
  gtk_widget_add_css_class (button, "flat");
  return button;
}

static void
file_chosen_cb (StokerAuthFieldRow *self, int response)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));

  if (response == GTK_RESPONSE_ACCEPT)
    stoker_auth_field_row_take_file (self, file);
  g_clear_object (&self->chooser);
}

static void
path_changed_cb (StokerAuthFieldRow *self)
{
  stoker_key_file_row_set_path (self->file_row, stoker_auth_field_row_get_value (self));
}

static void
add_file_row (StokerAuthFieldRow *self)
{
  StokerKeyFileKind kind = stoker_key_file_kind_of (self->field->id);

  if (self->field->type != STOKER_FIELD_PATH || kind == STOKER_KEY_FILE_NONE)
    return;
  self->file_row = g_object_ref_sink (stoker_key_file_row_new (kind));
  g_signal_connect_swapped (self->widget, "changed", G_CALLBACK (path_changed_cb), self);
}

static void
choose_file_cb (StokerAuthFieldRow *self)
{
  GtkRoot *root = gtk_widget_get_root (self->widget);

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Choose a File"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_swapped (self->chooser, "response", G_CALLBACK (file_chosen_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
add_buttons (StokerAuthFieldRow *self)
{
  if (self->file_row != NULL)
    {
      GtkWidget *button = new_suffix_button ("document-open-symbolic", _ ("Choose a File"));

      g_signal_connect_swapped (button, "clicked", G_CALLBACK (choose_file_cb), self);
      adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->widget), button);
    }
  if (self->field->help_url != NULL)
    {
      GtkWidget *button = new_suffix_button ("stoker-help-symbolic", _ ("Where Do I Find This?"));

      g_signal_connect_data (button, "clicked", G_CALLBACK (help_clicked_cb),
                             g_strdup (self->field->help_url),
                             (GClosureNotify) (void (*) (void)) g_free, 0);
      adw_entry_row_add_suffix (ADW_ENTRY_ROW (self->widget), button);
    }
}

/* The button that shows what was typed is a part of libadwaita, which in version 1.2 gives it a
 * tooltip but no name. */
static void
name_peek_button (GtkWidget *widget)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  for (; child != NULL; child = gtk_widget_get_next_sibling (child))
    if (GTK_IS_BUTTON (child) &&
        g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (child)), "view-reveal-symbolic") == 0)
      stoker_ui_set_label (child, _ ("Show or Hide the Key"));
    else
      name_peek_button (child);
}

static GtkWidget *
new_entry (const StokerAuthField *field)
{
  gboolean is_secret = field->type == STOKER_FIELD_SECRET;
  GtkWidget *entry = is_secret ? adw_password_entry_row_new () : adw_entry_row_new ();

  if (is_secret)
    name_peek_button (entry);
  if (field->type == STOKER_FIELD_URL)
    adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (entry), GTK_INPUT_PURPOSE_URL);
  return entry;
}

/* The title, which may be cut, and what its value looks like. */
static void
give_hint (StokerAuthFieldRow *self)
{
  const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self->widget));
  g_autofree char *hint = NULL;
  g_autofree char *tooltip = NULL;

  if (self->field->placeholder != NULL)
    hint = g_strdup_printf (_ ("For example %s"), self->field->placeholder);
  tooltip = g_strjoin (hint != NULL ? "\n" : "", title, hint != NULL ? hint : "", NULL);
  gtk_widget_set_tooltip_text (self->widget, tooltip);
}

/**
 * stoker_auth_field_row_new:
 * @field: a field of @profile, which must outlive the row
 * @profile: the profile
 * @value: (nullable): what is set already; never a secret
 *
 * Returns: (transfer full): the row
 */
StokerAuthFieldRow *
stoker_auth_field_row_new (const StokerAuthField *field,
                           const StokerProfile *profile,
                           const char *value)
{
  StokerAuthFieldRow *self = g_new0 (StokerAuthFieldRow, 1);
  g_autofree char *title = make_title (field);
  const char *start = value != NULL ? value : field->default_value;

  self->field = field;
  self->choices = list_choices (field, profile);
  if (field->pattern != NULL)
    self->pattern = g_regex_new (field->pattern, G_REGEX_OPTIMIZE, 0, NULL);
  if (self->choices != NULL)
    {
      self->widget = g_object_ref_sink (adw_combo_row_new ());
      adw_combo_row_set_model (ADW_COMBO_ROW (self->widget), G_LIST_MODEL (self->choices));
      select_choice (self, start);
    }
  else
    {
      self->widget = g_object_ref_sink (new_entry (field));
      add_file_row (self);
      add_buttons (self);
      gtk_editable_set_text (GTK_EDITABLE (self->widget), start != NULL ? start : "");
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->widget), title);
  give_hint (self);
  return self;
}

/**
 * stoker_auth_field_row_free:
 */
void
stoker_auth_field_row_free (StokerAuthFieldRow *self)
{
  g_clear_object (&self->chooser);
  g_signal_handlers_disconnect_by_data (self->widget, self);
  g_clear_object (&self->file_row);
  g_clear_object (&self->widget);
  g_clear_object (&self->choices);
  g_clear_pointer (&self->pattern, g_regex_unref);
  g_free (self);
}

/**
 * stoker_auth_field_row_get_widget:
 *
 * Returns: (transfer none): the row to put into a list
 */
GtkWidget *
stoker_auth_field_row_get_widget (StokerAuthFieldRow *self)
{
  return self->widget;
}

/**
 * stoker_auth_field_row_get_field:
 *
 * Returns: (transfer none): what is asked for
 */
const StokerAuthField *
stoker_auth_field_row_get_field (StokerAuthFieldRow *self)
{
  return self->field;
}

/**
 * stoker_auth_field_row_get_value:
 *
 * Returns: (transfer none): what was typed or chosen; an empty text for nothing
 */
const char *
stoker_auth_field_row_get_value (StokerAuthFieldRow *self)
{
  guint selected = 0;

  if (self->choices == NULL)
    return gtk_editable_get_text (GTK_EDITABLE (self->widget));
  selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->widget));
  if (selected == GTK_INVALID_LIST_POSITION || (selected == 0 && !self->field->is_required))
    return "";
  return gtk_string_list_get_string (self->choices, selected);
}

/* Whether there is a scheme and a host, or a path for a socket. */
static gboolean
is_address (const char *value)
{
  g_autoptr (GUri) uri = g_uri_parse (value, G_URI_FLAGS_NONE, NULL);

  return uri != NULL && ((g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0') ||
                         g_str_has_prefix (value, "unix:///"));
}

/* (transfer full) (nullable): what is wrong with a value that is there */
static char *
find_mistake (StokerAuthFieldRow *self, const char *value)
{
  const StokerAuthField *field = self->field;
  g_autofree char *label = stoker_phrase_field_label (field->id);

  if (self->pattern != NULL && !g_regex_match (self->pattern, value, 0, NULL))
    return field->placeholder != NULL
             ? g_strdup_printf (_ ("%s: should look like %s"), label, field->placeholder)
             : g_strdup_printf (_ ("%s: does not look right"), label);
  if (field->type == STOKER_FIELD_URL && !is_address (value))
    return g_strdup_printf (_ ("%s: should be an address such as https://example.com"), label);
  if (field->type == STOKER_FIELD_SECRET && strpbrk (value, " \t\r\n") != NULL)
    return g_strdup_printf (_ ("%s: has a space or a line break in it"), label);
  return NULL;
}

static void
mark (StokerAuthFieldRow *self, gboolean is_wrong)
{
  if (is_wrong)
    gtk_widget_add_css_class (self->widget, "error");
  else
    gtk_widget_remove_css_class (self->widget, "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->widget), GTK_ACCESSIBLE_STATE_INVALID,
                               is_wrong ? GTK_ACCESSIBLE_INVALID_TRUE
                                        : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
}

/**
 * stoker_auth_field_row_check:
 * @may_be_empty: whether a required value may be left out, because one is kept already
 * @mistake: (out) (transfer full) (nullable): what is wrong with the value
 *
 * Marks the row when its value has the wrong shape. An empty required field is not marked, only not
 * valid: nobody wants to be told off before typing. What is wrong with a file is told by the row
 * below it.
 *
 * Returns: whether the value will do
 */
gboolean
stoker_auth_field_row_check (StokerAuthFieldRow *self, gboolean may_be_empty, char **mistake)
{
  const char *value = stoker_auth_field_row_get_value (self);

  *mistake = *value != '\0' ? find_mistake (self, value) : NULL;
  mark (self, *mistake != NULL);
  if (*value == '\0')
    return !self->field->is_required || may_be_empty;
  return *mistake == NULL &&
         (self->file_row == NULL || stoker_key_file_row_is_good (self->file_row));
}

/**
 * stoker_auth_field_row_get_file_row:
 *
 * Returns: (transfer none) (nullable): the row that tells about the file, to stand below this one
 */
StokerKeyFileRow *
stoker_auth_field_row_get_file_row (StokerAuthFieldRow *self)
{
  return self->file_row;
}

/**
 * stoker_auth_field_row_set_value:
 * @value: a value
 *
 * Fills the row in.
 */
void
stoker_auth_field_row_set_value (StokerAuthFieldRow *self, const char *value)
{
  if (self->choices != NULL)
    select_choice (self, value);
  else
    gtk_editable_set_text (GTK_EDITABLE (self->widget), value);
}

/**
 * stoker_auth_field_row_clear:
 *
 * Empties a typed row.
 */
void
stoker_auth_field_row_clear (StokerAuthFieldRow *self)
{
  if (self->choices == NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->widget), "");
}

/**
 * stoker_auth_field_row_take_file:
 * @file: (nullable): what was chosen or dropped
 *
 * Returns: whether it is a file of this computer, whose path is the value then
 */
gboolean
stoker_auth_field_row_take_file (StokerAuthFieldRow *self, GFile *file)
{
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->widget), path);
  return path != NULL;
}
