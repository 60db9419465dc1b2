/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-profile-private.h"

#include "stoker-decode-private.h"
#include "stoker-kubeconfig.h"

static gboolean
check_pattern (const StokerJsonPlace *parent, const char *pattern, GError **error)
{
  StokerJsonPlace place = stoker_json_member (parent, "pattern");
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GRegex) regex = NULL;

  if (pattern == NULL)
    return TRUE;
  regex = g_regex_new (pattern, 0, 0, &local_error);
  if (regex != NULL)
    return TRUE;

  stoker_json_set_error (error, &place, "is no regular expression: %s", local_error->message);
  return FALSE;
}

static gboolean
check_choices (const StokerJsonPlace *parent, const StokerAuthField *field, GError **error)
{
  StokerJsonPlace place = stoker_json_member (parent, "choices");
  gboolean may_have = field->type == STOKER_FIELD_CHOICE || field->type == STOKER_FIELD_REGION;

  if (field->choices[0] != NULL && !may_have)
    stoker_json_set_error (error, &place, "only a choice or region has choices");
  else if (field->choices[0] == NULL && field->type == STOKER_FIELD_CHOICE)
    stoker_json_set_error (error, &place, "a choice needs choices");
  else
    return TRUE;

  return FALSE;
}

static gboolean
check_default (const StokerJsonPlace *parent, const StokerAuthField *field, GError **error)
{
  StokerJsonPlace place = stoker_json_member (parent, "default");

  if (field->default_value == NULL)
    return TRUE;
  if (field->type == STOKER_FIELD_SECRET)
    stoker_json_set_error (error, &place, "a secret has no default");
  else if (field->type == STOKER_FIELD_CHOICE &&
           !g_strv_contains ((const char *const *) field->choices, field->default_value))
    stoker_json_set_error (error, &place, "\"%s\" is none of the choices", field->default_value);
  else if (field->pattern != NULL &&
           !g_regex_match_simple (field->pattern, field->default_value, 0, 0))
    stoker_json_set_error (error, &place, "\"%s\" does not match the pattern",
                           field->default_value);
  else
    return TRUE;

  return FALSE;
}

static gboolean
decode_fills (const StokerJsonPlace *parent, GHashTable *fills, GError **error)
{
  StokerJsonPlace place = { 0 };
  g_auto (GStrv) fields = NULL;

  if (!stoker_json_get_object (parent, "fills", STOKER_JSON_REQUIRED, &place, error))
    return FALSE;
  fields = stoker_json_list_members (&place);
  for (guint i = 0; fields[i] != NULL; i++)
    {
      int part = 0;

      if (!stoker_json_get_enum (&place, fields[i], STOKER_JSON_REQUIRED,
                                 stoker_kubeconfig_part_names, &part, error))
        return FALSE;
      g_hash_table_insert (fills, g_strdup (fields[i]), GINT_TO_POINTER (part));
    }

  return TRUE;
}

static gboolean
decode_file (const StokerJsonPlace *parent, StokerAuthField *field, GError **error)
{
  static const char *const members[] = { "form", "part", "fills", NULL };
  static const char *const forms[] = { "kubeconfig", NULL };
  StokerJsonPlace place = { 0 };
  int form = 0;

  if (!stoker_json_get_object (parent, "file", STOKER_JSON_OPTIONAL, &place, error))
    return FALSE;
  if (place.node == NULL)
    return TRUE;
  if (field->type != STOKER_FIELD_PATH)
    {
      stoker_json_set_error (error, &place, "only a path has a file");
      return FALSE;
    }
  field->file = g_new0 (StokerFieldFile, 1);
  field->file->fills = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (!stoker_decode_form (&place, members, NULL, error) ||
      !stoker_json_get_enum (&place, "form", STOKER_JSON_REQUIRED, forms, &form, error) ||
      !stoker_json_get_string (&place, "part", STOKER_JSON_OPTIONAL, &field->file->part, error))
    return FALSE;
  field->file->form = g_strdup (forms[form]);

  return decode_fills (&place, field->file->fills, error);
}

/*
 * stoker_auth_field_decode:
 * @place: a field of a catalog document
 *
 * Returns: (transfer full) (nullable): a #StokerAuthField; %NULL with %STOKER_ERROR_CONFIG
 */
gpointer
stoker_auth_field_decode (const StokerJsonPlace *place, GError **error)
{
  static const char *const members[] = { "id",      "type",    "required",    "env",      "pattern",
                                         "default", "choices", "placeholder", "help_url", NULL };
  g_autoptr (StokerAuthField) field = g_new0 (StokerAuthField, 1);
  int type = 0;

  if (!stoker_decode_form (place, members, "file", error) ||
      !stoker_decode_id (place, "id", "^[a-z][a-z0-9_]*$", &field->id, error) ||
      !stoker_json_get_enum (place, "type", STOKER_JSON_REQUIRED, stoker_field_type_names, &type,
                             error) ||
      !stoker_json_get_boolean (place, "required", STOKER_JSON_REQUIRED, &field->is_required,
                                error) ||
      !stoker_decode_words (place, "env", NULL, &field->env, error) ||
      !stoker_json_get_string (place, "pattern", STOKER_JSON_OPTIONAL, &field->pattern, error) ||
      !stoker_json_get_string (place, "default", STOKER_JSON_OPTIONAL, &field->default_value,
                               error) ||
      !stoker_decode_words (place, "choices", NULL, &field->choices, error) ||
      !stoker_json_get_string (place, "placeholder", STOKER_JSON_OPTIONAL, &field->placeholder,
                               error) ||
      !stoker_json_get_string (place, "help_url", STOKER_JSON_OPTIONAL, &field->help_url, error))
    return NULL;
  field->type = (StokerFieldType) type;
  if (!check_pattern (place, field->pattern, error) || !check_choices (place, field, error) ||
      !check_default (place, field, error) || !decode_file (place, field, error))
    return NULL;

  return g_steal_pointer (&field);
}
