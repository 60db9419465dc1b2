/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-auth-form.h"

#include "stoker-auth-field-row.h"
#include "stoker-phrases.h"
#include "stoker-ui.h"
#include "stoker-wipe.h"

#include <glib/gi18n-lib.h>

struct _StokerAuthForm
{
  AdwBin parent_instance;

  StokerProfile *profile; /* owned, nullable: the rows borrow from it */
  GPtrArray *rows;        /* owned, of StokerAuthFieldRow */
  gboolean has_kept_secrets;
  gboolean is_valid;
  char *missing; /* owned, nullable: nothing */

  GtkEventController *drop_target; /* borrowed */
  GtkListBox *list;
  GtkLabel *mistake_label;
};

G_DEFINE_FINAL_TYPE (StokerAuthForm, stoker_auth_form, ADW_TYPE_BIN)

typedef enum {
  PROP_IS_VALID = 1,
  PROP_MISSING,
  N_PROPS,
} StokerAuthFormProperty;

static GParamSpec *properties[N_PROPS];

static gboolean
is_secret (StokerAuthFieldRow *row)
{
  return stoker_auth_field_row_get_field (row)->type == STOKER_FIELD_SECRET;
}

static StokerAuthFieldRow *
find_row (StokerAuthForm *self, const char *field_id)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      StokerAuthFieldRow *row = g_ptr_array_index (self->rows, i);

      if (g_str_equal (stoker_auth_field_row_get_field (row)->id, field_id))
        return row;
    }
  return NULL;
}

/* No provider wants more than one. */
static StokerAuthFieldRow *
find_key_file_row (StokerAuthForm *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (stoker_auth_field_row_get_file_row (g_ptr_array_index (self->rows, i)) != NULL)
      return g_ptr_array_index (self->rows, i);
  return NULL;
}

static gboolean
file_dropped_cb (
  GtkDropTarget *target, const GValue *value, double x, double y, StokerAuthForm *self)
{
  StokerAuthFieldRow *row = find_key_file_row (self);
  GSList *files = NULL;

  if (row == NULL)
    return FALSE;
  if (G_VALUE_HOLDS (value, G_TYPE_FILE))
    return stoker_auth_field_row_take_file (row, g_value_get_object (value));
  files = g_value_get_boxed (value);
  return files != NULL && stoker_auth_field_row_take_file (row, files->data);
}

/* A key file may be dropped anywhere on the form, which gets it before the entries do: they would
 * write its address as text. */
static void
accept_files (StokerAuthForm *self)
{
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_FILE };

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect (target, "drop", G_CALLBACK (file_dropped_cb), self);
  self->drop_target = GTK_EVENT_CONTROLLER (target);
  gtk_event_controller_set_propagation_phase (self->drop_target, GTK_PHASE_NONE);
  gtk_widget_add_controller (GTK_WIDGET (self), self->drop_target);
}

static void
set_outcome (StokerAuthForm *self, gboolean is_valid, GPtrArray *missing)
{
  g_autofree char *names = NULL;

  g_ptr_array_add (missing, NULL);
  names = g_strjoinv (", ", (char **) missing->pdata);
  if (g_strcmp0 (self->missing, *names != '\0' ? names : NULL) != 0)
    {
      g_free (self->missing);
      self->missing = *names != '\0' ? g_steal_pointer (&names) : NULL;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MISSING]);
    }
  if (self->is_valid != is_valid)
    {
      self->is_valid = is_valid;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_VALID]);
    }
}

static void
validate (StokerAuthForm *self)
{
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GString) mistakes = g_string_new (NULL);
  gboolean is_valid = TRUE;

  for (guint i = 0; i < self->rows->len; i++)
    {
      StokerAuthFieldRow *row = g_ptr_array_index (self->rows, i);
      const StokerAuthField *field = stoker_auth_field_row_get_field (row);
      g_autofree char *mistake = NULL;
      gboolean is_good =
        stoker_auth_field_row_check (row, self->has_kept_secrets && is_secret (row), &mistake);

      is_valid = is_valid && is_good;
      if (mistake != NULL)
        g_string_append_printf (mistakes, "%s%s", mistakes->len > 0 ? "\n" : "", mistake);
      else if (!is_good && *stoker_auth_field_row_get_value (row) == '\0')
        g_ptr_array_add (missing, stoker_phrase_field_label (field->id));
    }
  gtk_label_set_label (self->mistake_label, mistakes->str);
  gtk_widget_set_visible (GTK_WIDGET (self->mistake_label), mistakes->len > 0);
  set_outcome (self, is_valid, missing);
}

/* A key file names its project, which nobody should have to type again. */
static void
file_read_cb (StokerAuthForm *self, StokerKeyFileRow *file_row)
{
  const StokerKeyFacts *facts = stoker_key_file_row_get_facts (file_row);
  StokerAuthFieldRow *project = find_row (self, "project_id");

  if (facts != NULL && facts->project_id != NULL && project != NULL &&
      *stoker_auth_field_row_get_value (project) == '\0')
    stoker_auth_field_row_set_value (project, facts->project_id);
  validate (self);
}

static void
add_field (StokerAuthForm *self, const StokerAuthField *field, StokerProvider *provider)
{
  const char *value = NULL;
  StokerAuthFieldRow *row = NULL;
  GtkWidget *widget = NULL;

  if (provider != NULL && field->type != STOKER_FIELD_SECRET)
    value = stoker_provider_get_config (provider, field->id);
  row = stoker_auth_field_row_new (field, self->profile, value);
  widget = stoker_auth_field_row_get_widget (row);
  g_signal_connect_object (widget, ADW_IS_COMBO_ROW (widget) ? "notify::selected" : "changed",
                           G_CALLBACK (validate), self, G_CONNECT_SWAPPED);
  gtk_list_box_append (self->list, widget);
  g_ptr_array_add (self->rows, row);
  if (stoker_auth_field_row_get_file_row (row) != NULL)
    {
      g_signal_connect_object (stoker_auth_field_row_get_file_row (row), "read",
                               G_CALLBACK (file_read_cb), self, G_CONNECT_SWAPPED);
      gtk_list_box_append (self->list, GTK_WIDGET (stoker_auth_field_row_get_file_row (row)));
    }
}

static void
clear_rows (StokerAuthForm *self)
{
  GtkWidget *child = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  g_ptr_array_set_size (self->rows, 0);
}

static void
stoker_auth_form_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_IS_VALID)
    g_value_set_boolean (value, STOKER_AUTH_FORM (object)->is_valid);
  else if (id == PROP_MISSING)
    g_value_set_string (value, STOKER_AUTH_FORM (object)->missing);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_auth_form_finalize (GObject *object)
{
  StokerAuthForm *self = STOKER_AUTH_FORM (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->profile, stoker_profile_unref);
  g_free (self->missing);
  G_OBJECT_CLASS (stoker_auth_form_parent_class)->finalize (object);
}

static void
stoker_auth_form_class_init (StokerAuthFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = stoker_auth_form_get_property;
  object_class->finalize = stoker_auth_form_finalize;
  properties[PROP_IS_VALID] = g_param_spec_boolean ("is-valid", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_MISSING] = g_param_spec_string ("missing", NULL, NULL, NULL,
                                                  G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-auth-form.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerAuthForm, list);
  gtk_widget_class_bind_template_child (widget_class, StokerAuthForm, mistake_label);
}

static void
stoker_auth_form_init (StokerAuthForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_auth_field_row_free);
  accept_files (self);
}

/**
 * stoker_auth_form_set_profile:
 * @profile: says what to ask for
 * @provider: (nullable): a registered provider whose settings are changed: its secrets may be left
 * empty and are kept then
 */
void
stoker_auth_form_set_profile (StokerAuthForm *self,
                              StokerProfile *profile,
                              StokerProvider *provider)
{
  g_autoptr (StokerProfile) before = NULL;

  g_return_if_fail (STOKER_IS_AUTH_FORM (self));

  clear_rows (self);
  before = self->profile;
  self->profile = stoker_profile_ref (profile);
  self->has_kept_secrets = provider != NULL;
  for (guint i = 0; profile->auth_fields != NULL && i < profile->auth_fields->len; i++)
    add_field (self, g_ptr_array_index (profile->auth_fields, i), provider);
  gtk_event_controller_set_propagation_phase (self->drop_target, find_key_file_row (self) != NULL
                                                                   ? GTK_PHASE_CAPTURE
                                                                   : GTK_PHASE_NONE);
  gtk_widget_set_visible (GTK_WIDGET (self), self->rows->len > 0);
  validate (self);
}

/**
 * stoker_auth_form_get_is_valid:
 *
 * Returns: whether it can be sent as it is
 */
gboolean
stoker_auth_form_get_is_valid (StokerAuthForm *self)
{
  g_return_val_if_fail (STOKER_IS_AUTH_FORM (self), FALSE);

  return self->is_valid;
}

/**
 * stoker_auth_form_list_config:
 *
 * Returns: (transfer full): field id → value of every field that is no secret; an empty text means
 * not set
 */
GHashTable *
stoker_auth_form_list_config (StokerAuthForm *self)
{
  g_autoptr (GHashTable) config = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_return_val_if_fail (STOKER_IS_AUTH_FORM (self), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      StokerAuthFieldRow *row = g_ptr_array_index (self->rows, i);

      if (!is_secret (row))
        g_hash_table_insert (config, g_strdup (stoker_auth_field_row_get_field (row)->id),
                             g_strdup (stoker_auth_field_row_get_value (row)));
    }
  return g_steal_pointer (&config);
}

/**
 * stoker_auth_form_list_secrets:
 *
 * Returns: (transfer full): field id → secret of every secret that was typed; its values are
 * overwritten when it goes
 */
GHashTable *
stoker_auth_form_list_secrets (StokerAuthForm *self)
{
  g_autoptr (GHashTable) secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                                          (GDestroyNotify) stoker_wipe_free);

  g_return_val_if_fail (STOKER_IS_AUTH_FORM (self), NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      StokerAuthFieldRow *row = g_ptr_array_index (self->rows, i);
      const char *value = is_secret (row) ? stoker_auth_field_row_get_value (row) : "";

      if (*value != '\0')
        g_hash_table_insert (secrets, g_strdup (stoker_auth_field_row_get_field (row)->id),
                             g_strdup (value));
    }
  return g_steal_pointer (&secrets);
}

/**
 * stoker_auth_form_take_keys:
 * @keys: (element-type StokerFoundKey): what was found on this computer
 *
 * Fills in the values of keys that their user decided to take over.
 */
void
stoker_auth_form_take_keys (StokerAuthForm *self, GPtrArray *keys)
{
  g_return_if_fail (STOKER_IS_AUTH_FORM (self));

  for (guint i = 0; i < keys->len; i++)
    {
      StokerFoundKey *key = g_ptr_array_index (keys, i);
      StokerAuthFieldRow *row = find_row (self, stoker_found_key_get_field_id (key));

      if (row != NULL)
        stoker_auth_field_row_set_value (row, stoker_found_key_reveal (key));
    }
}

/**
 * stoker_auth_form_focus:
 *
 * Puts the cursor where something has to be typed: into the first empty field, if it is required.
 */
void
stoker_auth_form_focus (StokerAuthForm *self)
{
  g_return_if_fail (STOKER_IS_AUTH_FORM (self));

  for (guint i = 0; i < self->rows->len; i++)
    {
      StokerAuthFieldRow *row = g_ptr_array_index (self->rows, i);

      if (*stoker_auth_field_row_get_value (row) != '\0' ||
          !stoker_auth_field_row_get_field (row)->is_required)
        continue;
      gtk_widget_grab_focus (stoker_auth_field_row_get_widget (row));
      return;
    }
}

/**
 * stoker_auth_form_forget_secrets:
 *
 * Empties the secret fields, once the keyring has what was in them.
 */
void
stoker_auth_form_forget_secrets (StokerAuthForm *self)
{
  g_return_if_fail (STOKER_IS_AUTH_FORM (self));

  self->has_kept_secrets = TRUE;
  for (guint i = 0; i < self->rows->len; i++)
    {
      StokerAuthFieldRow *row = g_ptr_array_index (self->rows, i);

      if (is_secret (row))
        stoker_auth_field_row_clear (row);
    }
}
