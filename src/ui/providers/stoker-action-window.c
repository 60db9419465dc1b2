/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-action-window.h"

#include "stoker-json.h"
#include "stoker-phrases.h"
#include "stoker-provider-phrases.h"
#include "stoker-request-window.h"
#include "stoker-run-action.h"
#include "stoker-switch-row.h"
#include "stoker-ui.h"
#include "stoker-wait-phrases.h"
#include "stoker-wrap-layout.h"

#include <glib/gi18n-lib.h>

#define MAX_PARAMETERS 200
#define MAX_CHOICES 500

/* A parameter and the row that asks for it. */
typedef struct
{
  char *name;
  GtkWidget *row; /* borrowed: of the window */
} Field;

struct _StokerActionWindow
{
  AdwWindow parent_instance;

  StokerWorkspace *workspace; /* owned, nullable */
  StokerProvider *provider;   /* owned, nullable */
  JsonNode *action;           /* owned, nullable */
  char *id;                   /* owned, nullable: of the action */
  GPtrArray *fields;          /* owned: of Field */

  GtkLabel *title_label;
  GtkLabel *note_label;
  AdwPreferencesGroup *group;
  GtkWidget *problem_box;
  GtkLabel *problem_label;
  GtkLabel *result_label;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (StokerActionWindow, stoker_action_window, ADW_TYPE_WINDOW)

static void
field_free (gpointer data)
{
  Field *self = data;

  g_free (self->name);
  g_free (self);
}

/* The form. */

static char *
read_text (const StokerJsonPlace *place, const char *name)
{
  char *text = NULL;

  stoker_json_get_string (place, name, STOKER_JSON_OPTIONAL, &text, NULL);
  return text;
}

static GtkWidget *
new_choice_row (const StokerJsonPlace *parameter, const char *fallback)
{
  g_auto (GStrv) choices = NULL;
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);

  stoker_json_get_strings (parameter, "choices", STOKER_JSON_OPTIONAL, &choices, NULL);
  for (guint i = 0; choices != NULL && choices[i] != NULL && i < MAX_CHOICES; i++)
    gtk_string_list_append (list, choices[i]);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    if (g_str_equal (gtk_string_list_get_string (list, i), fallback))
      adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
  return row;
}

static GtkWidget *
new_row (const StokerJsonPlace *parameter, const char *type, const char *title)
{
  g_autofree char *fallback = stoker_action_read_default (parameter);
  GtkWidget *row = NULL;

  if (g_strcmp0 (type, "flag") == 0)
    {
      row = stoker_switch_row_new (title, NULL);
      g_object_set (row, "active", g_str_equal (fallback, "true"), NULL);
      return row;
    }
  if (g_strcmp0 (type, "choice") == 0)
    row = new_choice_row (parameter, fallback);
  else
    row = adw_entry_row_new ();
  if (ADW_IS_ENTRY_ROW (row))
    gtk_editable_set_text (GTK_EDITABLE (row), fallback);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  return row;
}

static void
add_field (StokerActionWindow *self, const StokerJsonPlace *parameter)
{
  g_autofree char *name = read_text (parameter, "name");
  g_autofree char *type = read_text (parameter, "type");
  g_autofree char *label = stoker_action_read_words (parameter, "label");
  g_autofree char *note = stoker_action_read_words (parameter, "note");
  Field *field = NULL;

  if (name == NULL)
    return;
  field = g_new0 (Field, 1);
  field->row = new_row (parameter, type, label != NULL ? label : name);
  field->name = g_steal_pointer (&name);
  /* A long name is cut in a narrow window. */
  gtk_widget_set_tooltip_text (field->row, note != NULL ? note : label);
  g_ptr_array_add (self->fields, field);
  adw_preferences_group_add (self->group, field->row);
}

static void
add_fields (StokerActionWindow *self)
{
  StokerJsonPlace root = stoker_json_root (self->action, "action");
  StokerJsonPlace list;

  if (stoker_json_get_array (&root, "parameters", STOKER_JSON_REQUIRED, MAX_PARAMETERS, &list,
                             NULL))
    for (guint i = 0; i < stoker_json_length (&list); i++)
      {
        StokerJsonPlace parameter = stoker_json_element (&list, i);

        add_field (self, &parameter);
      }
  gtk_widget_set_visible (GTK_WIDGET (self->group), self->fields->len > 0);
}

static char *
read_field (const Field *field)
{
  gboolean is_active = FALSE;
  gpointer item = NULL;

  if (STOKER_IS_SWITCH_ROW (field->row))
    {
      g_object_get (field->row, "active", &is_active, NULL);
      return g_strdup (is_active ? "true" : "false");
    }
  if (ADW_IS_ENTRY_ROW (field->row))
    return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (field->row))));
  item = adw_combo_row_get_selected_item (ADW_COMBO_ROW (field->row));
  return g_strdup (item != NULL ? gtk_string_object_get_string (GTK_STRING_OBJECT (item)) : "");
}

static JsonNode *
read_input (StokerActionWindow *self, GError **error)
{
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; i < self->fields->len; i++)
    {
      const Field *field = g_ptr_array_index (self->fields, i);
      g_autofree char *text = read_field (field);

      if (*text != '\0')
        g_hash_table_insert (texts, field->name, g_steal_pointer (&text));
    }
  return stoker_action_read_input (self->action, texts, error);
}

/* Doing it. */

/* A parameter is called by its name where it is checked, and by its title in the form. */
static char *
say_titles (StokerActionWindow *self, const char *message)
{
  static const char *const quotes[][2] = { { "\"", "\"" }, { "“", "”" } };
  g_autoptr (GString) text = g_string_new (message);

  for (guint i = 0; i < self->fields->len; i++)
    {
      const Field *field = g_ptr_array_index (self->fields, i);
      const char *title = adw_preferences_row_get_title (ADW_PREFERENCES_ROW (field->row));

      for (guint j = 0; j < G_N_ELEMENTS (quotes); j++)
        {
          g_autofree char *name = g_strconcat (quotes[j][0], field->name, quotes[j][1], NULL);
          g_autofree char *shown = g_strdup_printf ("“%s”", title);

          g_string_replace (text, name, shown, 0);
        }
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_problem (StokerActionWindow *self, const GError *error)
{
  g_autofree char *sentence = error != NULL ? stoker_phrase_error (error, g_get_real_time ())
                                            : NULL;
  g_autofree char *said = say_titles (self, sentence != NULL ? sentence : "");

  gtk_label_set_label (self->problem_label, said);
  gtk_widget_set_visible (self->problem_box, error != NULL);
}

static void
show_busy (StokerActionWindow *self, gboolean is_busy)
{
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), is_busy);
  gtk_spinner_set_spinning (self->spinner, is_busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "action.send", !is_busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "action.dry-run", !is_busy);
}

/* What came of it stays to be read: "name: mine", a line each. */
static void
show_result (StokerActionWindow *self, JsonNode *answer)
{
  StokerJsonPlace root = stoker_json_root (answer, "answer");
  StokerJsonPlace result = stoker_json_member (&root, "result");
  g_autoptr (GString) text = g_string_new (_ ("Done."));
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  if (result.node != NULL && JSON_NODE_HOLDS_OBJECT (result.node))
    {
      json_object_iter_init_ordered (&iter, json_node_get_object (result.node));
      while (json_object_iter_next_ordered (&iter, &name, &value))
        if (JSON_NODE_HOLDS_VALUE (value))
          {
            g_autofree char *shown = json_node_get_value_type (value) == G_TYPE_STRING
                                       ? json_node_dup_string (value)
                                       : stoker_json_to_string (value, FALSE);

            g_string_append_printf (text, "\n%s: %s", name, shown);
          }
    }
  gtk_label_set_label (self->result_label, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->result_label), TRUE);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerActionWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) answer = stoker_run_action_finish (result, &error);
  StokerJsonPlace root = stoker_json_root (answer, "answer");
  gboolean is_dry_run = FALSE;

  show_busy (self, FALSE);
  show_problem (self, error);
  if (answer == NULL)
    return;
  stoker_json_get_boolean (&root, "dry_run", STOKER_JSON_OPTIONAL, &is_dry_run, NULL);
  if (!is_dry_run)
    show_result (self, answer);
  else if (gtk_widget_get_visible (GTK_WIDGET (self)))
    gtk_window_present (GTK_WINDOW (stoker_request_window_new (GTK_WINDOW (self), answer)));
}

static void
run (StokerActionWindow *self, gboolean is_live)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) input = read_input (self, &error);

  gtk_widget_set_visible (GTK_WIDGET (self->result_label), FALSE);
  show_problem (self, error);
  if (input == NULL)
    return;
  show_busy (self, TRUE);
  stoker_run_action_async (self->workspace, self->provider, self->id, input, is_live, done_cb,
                           g_object_ref (self));
}

static void
send_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  run (STOKER_ACTION_WINDOW (widget), TRUE);
}

static void
dry_run_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  run (STOKER_ACTION_WINDOW (widget), FALSE);
}

static void
stoker_action_window_dispose (GObject *object)
{
  StokerActionWindow *self = STOKER_ACTION_WINDOW (object);

  g_clear_object (&self->workspace);
  g_clear_object (&self->provider);
  G_OBJECT_CLASS (stoker_action_window_parent_class)->dispose (object);
}

static void
stoker_action_window_finalize (GObject *object)
{
  StokerActionWindow *self = STOKER_ACTION_WINDOW (object);

  g_clear_pointer (&self->action, json_node_unref);
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  G_OBJECT_CLASS (stoker_action_window_parent_class)->finalize (object);
}

static void
stoker_action_window_class_init (StokerActionWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_action_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = stoker_action_window_finalize;
  g_type_ensure (STOKER_TYPE_WRAP_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-action-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerActionWindow, title_label);
  gtk_widget_class_bind_template_child (widget_class, StokerActionWindow, note_label);
  gtk_widget_class_bind_template_child (widget_class, StokerActionWindow, group);
  gtk_widget_class_bind_template_child (widget_class, StokerActionWindow, problem_box);
  gtk_widget_class_bind_template_child (widget_class, StokerActionWindow, problem_label);
  gtk_widget_class_bind_template_child (widget_class, StokerActionWindow, result_label);
  gtk_widget_class_bind_template_child (widget_class, StokerActionWindow, spinner);
  gtk_widget_class_install_action (widget_class, "action.send", NULL, send_cb);
  gtk_widget_class_install_action (widget_class, "action.dry-run", NULL, dry_run_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
stoker_action_window_init (StokerActionWindow *self)
{
  self->fields = g_ptr_array_new_with_free_func (field_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_action_window_new:
 * @parent: (nullable): the window it belongs to
 * @workspace: the workspace
 * @provider: one of its providers
 * @action: one of stoker_list_actions(); copied
 *
 * Returns: (transfer none): a window, owned by GTK like every top-level
 */
StokerActionWindow *
stoker_action_window_new (GtkWindow *parent,
                          StokerWorkspace *workspace,
                          StokerProvider *provider,
                          JsonNode *action)
{
  StokerActionWindow *self = g_object_new (STOKER_TYPE_ACTION_WINDOW, "transient-for", parent,
                                           "modal", TRUE, NULL);
  StokerJsonPlace root = stoker_json_root (action, "action");
  g_autofree char *title = stoker_action_describe (action);
  g_autofree char *note =
    g_strdup_printf (_ ("It is sent to %s at once and may cost money, or end what others use."),
                     stoker_phrase_provider_name (provider));

  self->workspace = g_object_ref (workspace);
  self->provider = g_object_ref (provider);
  self->action = json_node_copy (action);
  self->id = read_text (&root, "id");
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->note_label, note);
  add_fields (self);
  return self;
}
