/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-environment.h"

/**
 * stoker_environment_lookup:
 * @field: a field of a profile, secret or not
 * @variable: (out) (optional) (transfer none) (nullable): the variable it was found in
 *
 * Looks through the environment variables of a field in their order; one that is empty counts as
 * not set.
 *
 * Returns: (transfer none) (nullable): the value
 */
const char *
stoker_environment_lookup (const StokerAuthField *field, const char **variable)
{
  for (guint i = 0; field->env != NULL && field->env[i] != NULL; i++)
    {
      const char *value = g_getenv (field->env[i]);

      if (value == NULL || *value == '\0')
        continue;
      if (variable != NULL)
        *variable = field->env[i];
      return value;
    }
  return NULL;
}

/**
 * stoker_environment_list_variables:
 * @profile: a profile
 *
 * Names the environment variable of each of its secrets, for a sentence such as "set X instead":
 * the first one of a field.
 *
 * Returns: (transfer full) (nullable): names with commas between; %NULL when there are none
 */
char *
stoker_environment_list_variables (const StokerProfile *profile)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; profile->auth_fields != NULL && i < profile->auth_fields->len; i++)
    {
      const StokerAuthField *field = g_ptr_array_index (profile->auth_fields, i);

      if (field->type != STOKER_FIELD_SECRET || field->env == NULL || field->env[0] == NULL)
        continue;
      g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", field->env[0]);
    }
  return names->len > 0 ? g_string_free (g_steal_pointer (&names), FALSE) : NULL;
}
