/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-parameter-field.h"

#include "stoker-run-action.h"
#include "stoker-switch-row.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

#include <math.h>

#define MAX_CHOICES 500
#define FILE_SCHEME "file:///"

struct _StokerParameterField
{
  GObject parent_instance;

  char *name;
  char *label;    /* nullable: its name says it */
  char *also;     /* owned, nullable: its other name */
  char *type;     /* owned, nullable */
  char *fallback; /* owned: what it is when nobody tells */
  gboolean is_required;
  gboolean is_open; /* a choice that begins with "Not told" */
  gboolean is_filling;
  GtkWidget *row;                /* owned */
  GtkFileChooserNative *chooser; /* owned, nullable: while it is open */
};

G_DEFINE_FINAL_TYPE (StokerParameterField, stoker_parameter_field, G_TYPE_OBJECT)

static guint changed_signal;

static void
stoker_parameter_field_dispose (GObject *object)
{
  StokerParameterField *self = STOKER_PARAMETER_FIELD (object);

  g_clear_object (&self->chooser);
  if (self->row != NULL)
    g_signal_handlers_disconnect_by_data (self->row, self);
  g_clear_object (&self->row);
  G_OBJECT_CLASS (stoker_parameter_field_parent_class)->dispose (object);
}

static void
stoker_parameter_field_finalize (GObject *object)
{
  StokerParameterField *self = STOKER_PARAMETER_FIELD (object);

  g_free (self->name);
  g_free (self->label);
  g_free (self->also);
  g_free (self->type);
  g_free (self->fallback);
  G_OBJECT_CLASS (stoker_parameter_field_parent_class)->finalize (object);
}

static void
stoker_parameter_field_class_init (StokerParameterFieldClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stoker_parameter_field_dispose;
  G_OBJECT_CLASS (klass)->finalize = stoker_parameter_field_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
stoker_parameter_field_init (StokerParameterField *self)
{
}

static void
changed_cb (StokerParameterField *self)
{
  if (!self->is_filling)
    g_signal_emit (self, changed_signal, 0);
}

static char *
read_text (const StokerJsonPlace *place, const char *name)
{
  char *text = NULL;

  stoker_json_get_string (place, name, STOKER_JSON_OPTIONAL, &text, NULL);
  return text;
}

static gboolean
is_of_type (StokerParameterField *self, const char *type)
{
  return g_strcmp0 (self->type, type) == 0;
}

/* Choices: texts or numbers. */

static GtkStringList *
list_choices (const StokerJsonPlace *parameter)
{
  StokerJsonPlace choices;
  GtkStringList *list = NULL;

  if (!stoker_json_get_array (parameter, "choices", STOKER_JSON_REQUIRED, MAX_CHOICES, &choices,
                              NULL))
    return NULL;
  list = gtk_string_list_new (NULL);
  for (guint i = 0; i < stoker_json_length (&choices); i++)
    {
      g_autofree char *text = stoker_parameter_field_write (stoker_json_element (&choices, i).node);

      gtk_string_list_append (list, text);
    }
  return list;
}

static GtkWidget *
new_choice_row (StokerParameterField *self, GtkStringList *choices)
{
  const char *const open[] = { _ ("Not told"), NULL };
  GtkWidget *row = adw_combo_row_new ();

  self->is_open = *self->fallback == '\0' && !self->is_required;
  if (self->is_open)
    gtk_string_list_splice (choices, 0, 0, open);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (choices));
  g_signal_connect_swapped (row, "notify::selected", G_CALLBACK (changed_cb), self);
  return row;
}

static void
select_choice (StokerParameterField *self, const char *text)
{
  GListModel *list = adw_combo_row_get_model (ADW_COMBO_ROW (self->row));
  guint n_items = g_list_model_get_n_items (list);

  for (guint i = self->is_open ? 1 : 0; i < n_items; i++)
    if (g_str_equal (gtk_string_list_get_string (GTK_STRING_LIST (list), i), text))
      {
        adw_combo_row_set_selected (ADW_COMBO_ROW (self->row), i);
        return;
      }
  /* A size of one's own beside those that have a name: what is written elsewhere stays. */
  if (*text != '\0')
    {
      gtk_string_list_append (GTK_STRING_LIST (list), text);
      adw_combo_row_set_selected (ADW_COMBO_ROW (self->row), n_items);
    }
  else
    adw_combo_row_set_selected (ADW_COMBO_ROW (self->row), 0);
}

/* Files: shown as a path, told as a file: address. */

static gboolean
take_file (StokerParameterField *self, GFile *file)
{
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->row), path);
  return path != NULL;
}

static void
file_chosen_cb (StokerParameterField *self, int response)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));

  if (response == GTK_RESPONSE_ACCEPT)
    take_file (self, file);
  g_clear_object (&self->chooser);
}

static gboolean
file_dropped_cb (StokerParameterField *self, const GValue *value)
{
  GSList *files = NULL;

  if (G_VALUE_HOLDS (value, G_TYPE_FILE))
    return take_file (self, g_value_get_object (value));
  files = g_value_get_boxed (value);
  return files != NULL && take_file (self, files->data);
}

static void
choose_file_cb (StokerParameterField *self)
{
  GtkRoot *root = gtk_widget_get_root (self->row);

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Choose a File"), GTK_WINDOW (root),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (file_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* Before the entry itself gets it, which would write the address of the file as text. */
static void
accept_files (StokerParameterField *self, GtkWidget *row)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_FILE };

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (target), GTK_PHASE_CAPTURE);
  g_signal_connect_object (target, "drop", G_CALLBACK (file_dropped_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (target));
}

static void
add_chooser (StokerParameterField *self, GtkWidget *row)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("document-open-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Choose a File"));
  stoker_ui_set_label (button, _ ("Choose a File"));
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_object (button, "clicked", G_CALLBACK (choose_file_cb), self, G_CONNECT_SWAPPED);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
  accept_files (self, row);
}

static char *
address_of (const char *text)
{
  char *address = g_path_is_absolute (text) ? g_filename_to_uri (text, NULL, NULL) : NULL;

  return address != NULL ? address : g_strdup (text);
}

/* "/home/me/a.png, /home/me/b.png" */
static char *
addresses_of (const char *text)
{
  g_auto (GStrv) parts = *text != '[' ? g_strsplit (text, ",", -1) : NULL;

  if (parts == NULL)
    return g_strdup (text);
  for (char **part = parts; *part != NULL; part++)
    {
      char *address = address_of (g_strstrip (*part));

      g_free (*part);
      *part = address;
    }
  return g_strjoinv (", ", parts);
}

static char *
path_of (const char *text)
{
  char *path = g_str_has_prefix (text, FILE_SCHEME) ? g_filename_from_uri (text, NULL, NULL) : NULL;

  return path != NULL ? path : g_strdup (text);
}

/* Rows. */

static GtkWidget *
new_switch_row (StokerParameterField *self)
{
  GtkWidget *row = stoker_switch_row_new (NULL, NULL);

  g_signal_connect_swapped (row, "notify::active", G_CALLBACK (changed_cb), self);
  return row;
}

static GtkWidget *
new_entry_row (StokerParameterField *self)
{
  GtkWidget *row = adw_entry_row_new ();

  g_signal_connect_swapped (row, "changed", G_CALLBACK (changed_cb), self);
  if (is_of_type (self, "file"))
    add_chooser (self, row);
  return row;
}

static GtkWidget *
new_row (StokerParameterField *self, const StokerJsonPlace *parameter)
{
  g_autoptr (GtkStringList) choices = list_choices (parameter);

  if (is_of_type (self, "flag"))
    return new_switch_row (self);
  return choices != NULL ? new_choice_row (self, choices) : new_entry_row (self);
}

/* "Duration (s), 2 to 10" */
static char *
describe (StokerParameterField *self, const StokerJsonPlace *parameter, const char *label)
{
  double min = -INFINITY;
  double max = INFINITY;
  g_autofree char *lower = NULL;
  g_autofree char *upper = NULL;

  stoker_json_get_double (parameter, "min", STOKER_JSON_OPTIONAL, -G_MAXDOUBLE, G_MAXDOUBLE, &min,
                          NULL);
  stoker_json_get_double (parameter, "max", STOKER_JSON_OPTIONAL, -G_MAXDOUBLE, G_MAXDOUBLE, &max,
                          NULL);
  if (!ADW_IS_ENTRY_ROW (self->row) || isinf (max))
    return g_strdup (label);
  lower = g_strdup_printf ("%.10g", min);
  upper = g_strdup_printf ("%.10g", max);
  return isinf (min) ? g_strdup_printf (_ ("%s, up to %s"), label, upper)
                     : g_strdup_printf (_ ("%s, %s to %s"), label, lower, upper);
}

static void
name_row (StokerParameterField *self, const StokerJsonPlace *parameter)
{
  g_autofree char *note = stoker_action_read_words (parameter, "note");
  g_autofree char *title = NULL;

  self->label = stoker_action_read_words (parameter, "label");
  title = describe (self, parameter, stoker_parameter_field_get_label (self));
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->row), title);
  /* A long name is cut in a narrow window. */
  gtk_widget_set_tooltip_text (self->row, note != NULL ? note : title);
}

/**
 * stoker_parameter_field_new:
 * @parameter: with `name` and `type`
 *
 * Returns: (transfer full) (nullable): a field that shows the default; %NULL without a name
 */
StokerParameterField *
stoker_parameter_field_new (const StokerJsonPlace *parameter)
{
  g_autofree char *name = read_text (parameter, "name");
  StokerParameterField *self = NULL;

  if (name == NULL)
    return NULL;
  self = g_object_new (STOKER_TYPE_PARAMETER_FIELD, NULL);
  self->name = g_steal_pointer (&name);
  self->also = read_text (parameter, "also");
  self->type = read_text (parameter, "type");
  self->fallback = stoker_parameter_field_write (stoker_json_member (parameter, "default").node);
  stoker_json_get_boolean (parameter, "required", STOKER_JSON_OPTIONAL, &self->is_required, NULL);
  self->row = g_object_ref_sink (new_row (self, parameter));
  name_row (self, parameter);
  stoker_parameter_field_set_text (self, NULL);
  return self;
}

/**
 * stoker_parameter_field_get_row:
 *
 * Returns: (transfer none): the row that asks for it
 */
GtkWidget *
stoker_parameter_field_get_row (StokerParameterField *self)
{
  g_return_val_if_fail (STOKER_IS_PARAMETER_FIELD (self), NULL);

  return self->row;
}

/**
 * stoker_parameter_field_get_name:
 *
 * Returns: (transfer none): as the manifest calls it
 */
const char *
stoker_parameter_field_get_name (StokerParameterField *self)
{
  g_return_val_if_fail (STOKER_IS_PARAMETER_FIELD (self), NULL);

  return self->name;
}

/**
 * stoker_parameter_field_get_label:
 *
 * Returns: (transfer none): as people call it, without its limits
 */
const char *
stoker_parameter_field_get_label (StokerParameterField *self)
{
  g_return_val_if_fail (STOKER_IS_PARAMETER_FIELD (self), NULL);

  return self->label != NULL ? self->label : self->name;
}

/**
 * stoker_parameter_field_is_called:
 * @name: a member of a payload
 *
 * Returns: whether that is this parameter, by its name or its other one
 */
gboolean
stoker_parameter_field_is_called (StokerParameterField *self, const char *name)
{
  g_return_val_if_fail (STOKER_IS_PARAMETER_FIELD (self), FALSE);

  return g_str_equal (self->name, name) || g_strcmp0 (self->also, name) == 0;
}

/**
 * stoker_parameter_field_is_required:
 *
 * Returns: whether it cannot be left open
 */
gboolean
stoker_parameter_field_is_required (StokerParameterField *self)
{
  g_return_val_if_fail (STOKER_IS_PARAMETER_FIELD (self), FALSE);

  return self->is_required;
}

/**
 * stoker_parameter_field_dup_text:
 *
 * Returns: (transfer full): what it says; empty when it is left open
 */
char *
stoker_parameter_field_dup_text (StokerParameterField *self)
{
  gboolean is_active = FALSE;
  g_autofree char *text = NULL;
  guint selected = 0;

  g_return_val_if_fail (STOKER_IS_PARAMETER_FIELD (self), NULL);

  if (STOKER_IS_SWITCH_ROW (self->row))
    {
      g_object_get (self->row, "active", &is_active, NULL);
      return g_strdup (is_active ? "true" : "false");
    }
  if (ADW_IS_COMBO_ROW (self->row))
    {
      GListModel *list = adw_combo_row_get_model (ADW_COMBO_ROW (self->row));

      selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self->row));
      if ((self->is_open && selected == 0) || selected >= g_list_model_get_n_items (list))
        return g_strdup ("");
      return g_strdup (gtk_string_list_get_string (GTK_STRING_LIST (list), selected));
    }
  text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->row))));
  if (is_of_type (self, "file"))
    return address_of (text);
  return is_of_type (self, "list") ? addresses_of (text) : g_steal_pointer (&text);
}

/**
 * stoker_parameter_field_set_text:
 * @text: (nullable): what to show; %NULL for the default
 *
 * Does not count as a change by its user.
 */
void
stoker_parameter_field_set_text (StokerParameterField *self, const char *text)
{
  g_autofree char *shown = path_of (text != NULL ? text : self->fallback);

  g_return_if_fail (STOKER_IS_PARAMETER_FIELD (self));

  self->is_filling = TRUE;
  if (STOKER_IS_SWITCH_ROW (self->row))
    g_object_set (self->row, "active", g_str_equal (shown, "true"), NULL);
  else if (ADW_IS_COMBO_ROW (self->row))
    select_choice (self, shown);
  else if (!g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->row)), shown))
    gtk_editable_set_text (GTK_EDITABLE (self->row), shown);
  self->is_filling = FALSE;
}

/**
 * stoker_parameter_field_write:
 * @value: (nullable): a value of a parameter
 *
 * Returns: (transfer full): as people write it: a text as it is, a list of texts with commas, empty
 * for none
 */
char *
stoker_parameter_field_write (JsonNode *value)
{
  StokerJsonPlace place = { .node = value };
  g_autoptr (GString) text = g_string_new (NULL);

  if (value == NULL || JSON_NODE_HOLDS_NULL (value))
    return g_strdup ("");
  if (JSON_NODE_HOLDS_VALUE (value) && json_node_get_value_type (value) == G_TYPE_STRING)
    return json_node_dup_string (value);
  if (!JSON_NODE_HOLDS_ARRAY (value))
    return stoker_json_to_string (value, FALSE);
  for (guint i = 0; i < stoker_json_length (&place); i++)
    {
      JsonNode *element = stoker_json_element (&place, i).node;

      if (!JSON_NODE_HOLDS_VALUE (element) || json_node_get_value_type (element) != G_TYPE_STRING)
        return stoker_json_to_string (value, FALSE);
      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", json_node_get_string (element));
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}
