/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-action-window.h"

#include "stoker-json.h"
#include "stoker-parameter-field.h"
#include "stoker-phrases.h"
#include "stoker-provider-phrases.h"
#include "stoker-request-window.h"
#include "stoker-run-action.h"
#include "stoker-ui.h"
#include "stoker-wait-phrases.h"
#include "stoker-wrap-layout.h"

#include <glib/gi18n-lib.h>

#define MAX_PARAMETERS 200

struct _StokerActionWindow
{
  AdwWindow parent_instance;

  StokerWorkspace *workspace; /* owned, nullable */
  StokerProvider *provider;   /* owned, nullable */
  JsonNode *action;           /* owned, nullable */
  char *id;                   /* owned, nullable: of the action */
  GPtrArray *fields;          /* owned: of StokerParameterField */

  GtkLabel *title_label;
  GtkLabel *note_label;
  GtkWidget *send_button;
  AdwPreferencesGroup *group;
  GtkWidget *problem_box;
  GtkLabel *problem_label;
  GtkLabel *result_label;
  GtkSpinner *spinner;
};

G_DEFINE_FINAL_TYPE (StokerActionWindow, stoker_action_window, ADW_TYPE_WINDOW)

/* The form. */

static char *
read_text (const StokerJsonPlace *place, const char *name)
{
  char *text = NULL;

  stoker_json_get_string (place, name, STOKER_JSON_OPTIONAL, &text, NULL);
  return text;
}

static void
add_field (StokerActionWindow *self, const StokerJsonPlace *parameter)
{
  StokerParameterField *field = stoker_parameter_field_new (parameter);

  if (field == NULL)
    return;
  g_ptr_array_add (self->fields, field);
  adw_preferences_group_add (self->group, stoker_parameter_field_get_row (field));
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

static JsonNode *
read_input (StokerActionWindow *self, GError **error)
{
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);

  for (guint i = 0; i < self->fields->len; i++)
    {
      StokerParameterField *field = g_ptr_array_index (self->fields, i);

      g_hash_table_insert (texts, (gpointer) stoker_parameter_field_get_name (field),
                           stoker_parameter_field_dup_text (field));
    }
  return stoker_action_read_input (self->action, texts, error);
}

/* Doing it. */

/* A parameter is called by its name where it is checked, and by its label in the form. */
static char *
say_labels (StokerActionWindow *self, const char *message)
{
  static const char *const quotes[][2] = { { "\"", "\"" }, { "“", "”" } };
  g_autoptr (GString) text = g_string_new (message);

  for (guint i = 0; i < self->fields->len; i++)
    {
      StokerParameterField *field = g_ptr_array_index (self->fields, i);
      const char *label = stoker_parameter_field_get_label (field);

      for (guint j = 0; j < G_N_ELEMENTS (quotes); j++)
        {
          g_autofree char *name =
            g_strconcat (quotes[j][0], stoker_parameter_field_get_name (field), quotes[j][1], NULL);
          g_autofree char *shown = g_strdup_printf ("“%s”", label);

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
  g_autofree char *said = say_labels (self, sentence != NULL ? sentence : "");

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
  gtk_widget_class_bind_template_child (widget_class, StokerActionWindow, send_button);
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
  self->fields = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Red is for what costs or ends something. */
static void
show_risk (StokerActionWindow *self)
{
  StokerJsonPlace root = stoker_json_root (self->action, "action");
  const char *name = stoker_phrase_provider_name (self->provider);
  gboolean only_asks = FALSE;
  g_autofree char *note = NULL;

  stoker_json_get_boolean (&root, "only_asks", STOKER_JSON_OPTIONAL, &only_asks, NULL);
  note =
    only_asks
      ? g_strdup_printf (_ ("It only asks %s: nothing there is changed or ended."), name)
      : g_strdup_printf (_ ("It is sent to %s at once and may cost money, or end what others use."),
                         name);
  gtk_label_set_label (self->note_label, note);
  gtk_widget_add_css_class (self->send_button,
                            only_asks ? "suggested-action" : "destructive-action");
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

  self->workspace = g_object_ref (workspace);
  self->provider = g_object_ref (provider);
  self->action = json_node_copy (action);
  self->id = read_text (&root, "id");
  gtk_label_set_label (self->title_label, title);
  gtk_window_set_title (GTK_WINDOW (self), stoker_phrase_provider_name (provider));
  show_risk (self);
  add_fields (self);
  return self;
}
