/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-envelope-private.h"

static void
add_feature (JsonBuilder *builder, const StokerGate *gate)
{
  json_builder_set_member_name (builder, "feature");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "feature");
  json_builder_add_string_value (builder, gate->flag);
  json_builder_set_member_name (builder, "enabled");
  json_builder_add_boolean_value (builder, gate->is_flag_on);
  json_builder_end_object (builder);
}

static void
add_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

static void
add_strings (JsonBuilder *builder, const char *name, char **values)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    json_builder_add_string_value (builder, values[i]);
  json_builder_end_array (builder);
}

static void
add_warnings (JsonBuilder *builder, const StokerEnvelope *self, const StokerProfile *profile)
{
  g_autoptr (GPtrArray) warnings = stoker_gate_list_obstacles (self->gate, profile);

  if (self->problem != NULL)
    g_ptr_array_add (warnings, g_strdup (self->problem->message));
  g_ptr_array_add (warnings, NULL);
  add_strings (builder, "warnings", (char **) warnings->pdata);
}

static void
add_requests (JsonBuilder *builder, GPtrArray *requests)
{
  json_builder_set_member_name (builder, "requests");
  json_builder_begin_array (builder);
  for (guint i = 0; requests != NULL && i < requests->len; i++)
    json_builder_add_value (builder, stoker_rendered_request_to_json (requests->pdata[i]));
  json_builder_end_array (builder);
}

static void
add_flag (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

/* The variable of the environment in which the provider's own tools look for the key. */
static const char *
find_secret_variable (const StokerProfile *profile)
{
  for (guint i = 0; i < profile->auth_fields->len; i++)
    {
      const StokerAuthField *field = g_ptr_array_index (profile->auth_fields, i);

      if (field->type == STOKER_FIELD_SECRET && field->env != NULL && field->env[0] != NULL)
        return field->env[0];
    }
  return NULL;
}

/**
 * stoker_envelope_to_json:
 * @self: what goes in
 *
 * The answer to a dry run: the facts about the provider, whether a live run would be allowed, and
 * the exact requests with their secrets masked. `ok` and `execution_allowed` say that flag and
 * credentials are there, as in the seeds.
 *
 * Returns: (transfer full): the document
 */
JsonNode *
stoker_envelope_to_json (const StokerEnvelope *self)
{
  const StokerProfile *profile = stoker_connection_get_profile (self->connection);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gboolean is_ready = self->gate->is_flag_on && self->gate->has_credentials;

  json_builder_begin_object (builder);
  add_string (builder, "id", self->id);
  add_string (builder, "provider", stoker_connection_get_provider_id (self->connection));
  add_feature (builder, self->gate);
  add_string (builder, "pricing_url", profile->pricing_url);
  add_string (builder, "docs_url", profile->docs_url);
  add_string (builder, "last_checked", profile->last_checked);
  add_strings (builder, "capabilities", profile->capabilities);
  add_string (builder, "secret_variable", find_secret_variable (profile));
  add_flag (builder, "dry_run", !stoker_gate_is_open (self->gate));
  add_flag (builder, "execution_allowed", is_ready);
  add_flag (builder, "ok", is_ready && self->problem == NULL);
  add_warnings (builder, self, profile);
  if (self->acknowledged != NULL)
    add_strings (builder, "acknowledged", self->acknowledged);
  json_builder_set_member_name (builder, "estimate");
  if (self->estimate != NULL)
    json_builder_add_value (builder, json_node_copy (self->estimate));
  else
    json_builder_add_null_value (builder);
  add_requests (builder, self->requests);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}
