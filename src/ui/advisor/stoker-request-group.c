/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-request-group.h"

#include "stoker-json.h"
#include "stoker-parameter-field.h"
#include "stoker-phrases.h"
#include "stoker-provider-phrases.h"
#include "stoker-request-parameters.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

#define MAX_PARAMETERS 200
/* So many are seen at once, beside those that must be told; a single one is not worth a fold. */
#define MAX_IN_SIGHT 5
#define PROMPT "prompt"

struct _StokerRequestGroup
{
  AdwPreferencesGroup parent_instance;

  StokerDesk *desk;       /* owned, nullable */
  char *provider_id;      /* owned, nullable: without one nothing is shown */
  StokerOffer offer;      /* its plan and names; borrowed from what follows */
  StokerAdvice *advice;   /* owned, nullable: whose candidate it is */
  char *described;        /* owned, nullable: the parameters that the rows are made of */
  GPtrArray *fields;      /* owned: of StokerParameterField */
  GHashTable *told;       /* owned: names of what was told here */
  AdwExpanderRow *folded; /* borrowed, nullable: those that are not seen at once */

  GtkLabel *problem_label;
};

G_DEFINE_FINAL_TYPE (StokerRequestGroup, stoker_request_group, ADW_TYPE_PREFERENCES_GROUP)

static guint told_signal;

static void
show_problem (StokerRequestGroup *self, const char *message)
{
  g_autofree char *sentence = stoker_phrase_sentence (message != NULL ? message : "");

  gtk_label_set_label (self->problem_label, sentence);
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), message != NULL);
}

/* What was told goes to the desk. The rows follow with the advice on it: another model may have
 * other parameters. */
static void
field_changed_cb (StokerRequestGroup *self, StokerParameterField *field)
{
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerWorkload) workload = NULL;

  g_hash_table_insert (texts, g_strdup (stoker_parameter_field_get_name (field)),
                       stoker_parameter_field_dup_text (field));
  workload = stoker_set_request_parameters (stoker_desk_get_workspace (self->desk),
                                            self->provider_id,
                                            stoker_desk_get_workload (self->desk), &self->offer,
                                            texts, &error);
  show_problem (self, error != NULL ? error->message : NULL);
  if (workload == NULL)
    return;
  g_hash_table_add (self->told, g_strdup (stoker_parameter_field_get_name (field)));
  g_signal_emit (self, told_signal, 0);
  stoker_desk_amend_workload (self->desk, workload);
}

/* Rows */

static void
drop_rows (StokerRequestGroup *self)
{
  for (guint i = 0; i < self->fields->len; i++)
    {
      GtkWidget *row = stoker_parameter_field_get_row (g_ptr_array_index (self->fields, i));

      if (self->folded != NULL && gtk_widget_is_ancestor (row, GTK_WIDGET (self->folded)))
        adw_expander_row_remove (self->folded, row);
      else
        adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), row);
    }
  g_ptr_array_set_size (self->fields, 0);
  if (self->folded != NULL)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->folded));
  self->folded = NULL;
  g_clear_pointer (&self->described, g_free);
}

/* The form has a row for the prompt of a picture or a video. */
static gboolean
form_has_prompt (StokerRequestGroup *self)
{
  const char *type = stoker_desk_get_workload (self->desk)->type;

  return g_strcmp0 (type, "image") == 0 || g_strcmp0 (type, "video") == 0;
}

static void
make_fields (StokerRequestGroup *self, const StokerJsonPlace *parameters)
{
  for (guint i = 0; i < stoker_json_length (parameters) && i < MAX_PARAMETERS; i++)
    {
      StokerJsonPlace place = stoker_json_element (parameters, i);
      g_autoptr (StokerParameterField) field = stoker_parameter_field_new (&place);

      if (field == NULL ||
          (form_has_prompt (self) && stoker_parameter_field_is_called (field, PROMPT)))
        continue;
      g_signal_connect_object (field, "changed", G_CALLBACK (field_changed_cb), self,
                               G_CONNECT_SWAPPED);
      g_ptr_array_add (self->fields, g_steal_pointer (&field));
    }
}

static void
fold (StokerRequestGroup *self, GtkWidget *row)
{
  if (self->folded == NULL)
    {
      self->folded = ADW_EXPANDER_ROW (adw_expander_row_new ());
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->folded), _ ("More Parameters"));
      adw_expander_row_set_subtitle (self->folded,
                                     _ ("What is not told is chosen by the provider."));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), GTK_WIDGET (self->folded));
    }
  adw_expander_row_add_row (self->folded, row);
}

/* Those that must be told first. */
static void
place_rows (StokerRequestGroup *self)
{
  guint in_sight = 0;

  for (guint i = 0; i < self->fields->len; i++)
    {
      StokerParameterField *field = g_ptr_array_index (self->fields, i);

      if (!stoker_parameter_field_is_required (field))
        continue;
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self),
                                 stoker_parameter_field_get_row (field));
      in_sight++;
    }
  for (guint i = 0; i < self->fields->len; i++)
    {
      StokerParameterField *field = g_ptr_array_index (self->fields, i);
      GtkWidget *row = stoker_parameter_field_get_row (field);

      if (stoker_parameter_field_is_required (field))
        continue;
      if (in_sight < MAX_IN_SIGHT || self->fields->len <= MAX_IN_SIGHT + 1)
        adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
      else
        fold (self, row);
      in_sight++;
    }
}

/* Name of the parameter whose row has the focus. */
static char *
find_focus (StokerRequestGroup *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  for (guint i = 0; focus != NULL && i < self->fields->len; i++)
    {
      StokerParameterField *field = g_ptr_array_index (self->fields, i);
      GtkWidget *row = stoker_parameter_field_get_row (field);

      if (focus == row || gtk_widget_is_ancestor (focus, row))
        return g_strdup (stoker_parameter_field_get_name (field));
    }
  return NULL;
}

static void
restore_focus (StokerRequestGroup *self, const char *name)
{
  for (guint i = 0; name != NULL && i < self->fields->len; i++)
    {
      StokerParameterField *field = g_ptr_array_index (self->fields, i);

      if (g_str_equal (stoker_parameter_field_get_name (field), name))
        gtk_widget_grab_focus (stoker_parameter_field_get_row (field));
    }
}

/* Nothing moves while the same is asked for. */
static void
remake (StokerRequestGroup *self, JsonNode *parameters)
{
  StokerJsonPlace place = stoker_json_root (parameters, "parameters");
  g_autofree char *focus = find_focus (self);
  gboolean was_open = self->folded != NULL && adw_expander_row_get_expanded (self->folded);

  drop_rows (self);
  make_fields (self, &place);
  place_rows (self);
  if (self->folded != NULL)
    adw_expander_row_set_expanded (self->folded, was_open);
  restore_focus (self, focus);
}

static char *
find_value (StokerParameterField *field, JsonNode *payload)
{
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *value = NULL;

  if (payload == NULL)
    return NULL;
  json_object_iter_init (&iter, json_node_get_object (payload));
  while (json_object_iter_next (&iter, &name, &value))
    if (stoker_parameter_field_is_called (field, name))
      return stoker_parameter_field_write (value);
  return NULL;
}

static void
fill_fields (StokerRequestGroup *self)
{
  JsonNode *payload = stoker_desk_get_workload (self->desk)->payload;
  g_autofree char *focus = find_focus (self);

  for (guint i = 0; i < self->fields->len; i++)
    {
      StokerParameterField *field = g_ptr_array_index (self->fields, i);
      g_autofree char *text = find_value (field, payload);

      /* What is being typed is not written over. */
      if (g_strcmp0 (stoker_parameter_field_get_name (field), focus) != 0)
        stoker_parameter_field_set_text (field, text);
    }
}

/* What the rows look like: while that is the same they stay, whatever else is said of a parameter.
 * The prompt moves between the form and here with the kind of work. */
static char *
describe_rows (StokerRequestGroup *self, JsonNode *parameters)
{
  static const char *const members[] = { "name", "type", "label", "choices", "min", "max" };
  StokerJsonPlace list = stoker_json_root (parameters, "parameters");
  GString *text = g_string_new (self->provider_id);

  g_string_append_c (text, form_has_prompt (self) ? '+' : '-');
  for (guint i = 0; i < stoker_json_length (&list); i++)
    {
      StokerJsonPlace place = stoker_json_element (&list, i);

      for (gsize j = 0; j < G_N_ELEMENTS (members); j++)
        {
          g_autofree char *member = stoker_parameter_field_write (
            stoker_json_member (&place, members[j]).node);

          g_string_append_printf (text, "\n%s", member);
        }
    }
  return g_string_free (text, FALSE);
}

static gboolean
is_described (JsonNode *parameters, const char *name)
{
  StokerJsonPlace list = { .node = parameters };

  for (guint i = 0; parameters != NULL && i < stoker_json_length (&list); i++)
    {
      StokerJsonPlace place = stoker_json_element (&list, i);
      g_autofree char *own = NULL;

      if (stoker_json_get_string (&place, "name", STOKER_JSON_REQUIRED, &own, NULL) &&
          g_str_equal (own, name))
        return TRUE;
    }
  return FALSE;
}

/* What was told to another provider here would be refused by this one. */
static void
forget_strangers (StokerRequestGroup *self, JsonNode *parameters)
{
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (StokerWorkload) workload = NULL;
  GHashTableIter iter;
  gpointer name = NULL;

  g_hash_table_iter_init (&iter, self->told);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    if (!is_described (parameters, name))
      {
        g_hash_table_insert (texts, g_strdup (name), g_strdup (""));
        g_hash_table_iter_remove (&iter);
      }
  if (g_hash_table_size (texts) == 0 || self->provider_id == NULL)
    return;
  workload = stoker_set_request_parameters (stoker_desk_get_workspace (self->desk),
                                            self->provider_id,
                                            stoker_desk_get_workload (self->desk), &self->offer,
                                            texts, NULL);
  if (workload != NULL)
    stoker_desk_amend_workload (self->desk, workload);
}

static void
show_all (StokerRequestGroup *self)
{
  StokerWorkspace *workspace = stoker_desk_get_workspace (self->desk);
  g_autoptr (JsonNode) parameters = NULL;
  g_autofree char *described = NULL;

  if (workspace != NULL && self->provider_id != NULL)
    parameters = stoker_list_request_parameters (workspace, self->provider_id,
                                                 stoker_desk_get_workload (self->desk),
                                                 &self->offer);
  if (self->provider_id != NULL)
    forget_strangers (self, parameters);
  if (parameters == NULL)
    {
      drop_rows (self);
      gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
      return;
    }
  described = describe_rows (self, parameters);
  if (g_strcmp0 (described, self->described) != 0)
    {
      remake (self, parameters);
      self->described = g_steal_pointer (&described);
    }
  fill_fields (self);
  gtk_widget_set_visible (GTK_WIDGET (self), self->fields->len > 0);
}

static void
forget (StokerRequestGroup *self)
{
  g_clear_pointer (&self->provider_id, g_free);
  g_clear_pointer (&self->advice, stoker_advice_unref);
  self->offer = (StokerOffer){ 0 };
}

static void
stoker_request_group_dispose (GObject *object)
{
  StokerRequestGroup *self = STOKER_REQUEST_GROUP (object);

  forget (self);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (stoker_request_group_parent_class)->dispose (object);
}

static void
stoker_request_group_finalize (GObject *object)
{
  StokerRequestGroup *self = STOKER_REQUEST_GROUP (object);

  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->told, g_hash_table_unref);
  g_clear_pointer (&self->described, g_free);
  G_OBJECT_CLASS (stoker_request_group_parent_class)->finalize (object);
}

static void
stoker_request_group_class_init (StokerRequestGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_request_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = stoker_request_group_finalize;
  told_signal = g_signal_new ("told", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/advisor/stoker-request-group.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerRequestGroup, problem_label);
}

static void
stoker_request_group_init (StokerRequestGroup *self)
{
  self->fields = g_ptr_array_new_with_free_func (g_object_unref);
  self->told = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
name_provider (StokerRequestGroup *self)
{
  StokerProvider *provider =
    stoker_workspace_lookup_provider (stoker_desk_get_workspace (self->desk), self->provider_id);
  const char *name = provider != NULL ? stoker_phrase_provider_name (provider) : NULL;
  g_autofree char *title = name != NULL ? g_strdup_printf (_ ("Request to %s"), name) : NULL;
  g_autofree char *escaped = title != NULL ? g_markup_escape_text (title, -1) : NULL;

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), escaped != NULL ? escaped : "");
}

/**
 * stoker_request_group_show:
 * @desk: whose workload it is about
 * @candidate: (nullable): of the desk's advice: where it would be run
 *
 * Shows what can be told to this provider, and what is.
 */
void
stoker_request_group_show (StokerRequestGroup *self,
                           StokerDesk *desk,
                           const StokerCandidate *candidate)
{
  StokerAdvice *advice = stoker_desk_get_advice (desk);

  g_return_if_fail (STOKER_IS_REQUEST_GROUP (self));

  g_set_object (&self->desk, desk);
  forget (self);
  if (candidate != NULL && candidate->is_registered && stoker_desk_get_workspace (desk) != NULL)
    {
      self->provider_id = g_strdup (candidate->id);
      self->advice = advice != NULL ? stoker_advice_ref (advice) : NULL;
      self->offer = candidate->offer;
      name_provider (self);
    }
  show_problem (self, NULL);
  show_all (self);
}
