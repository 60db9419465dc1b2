/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"
#include "stoker-manifest-private.h"

#define DEFAULT_TIMEOUT_S 30
#define MAX_TIMEOUT_S 3600
#define MEGABYTE (1024 * 1024)
#define DEFAULT_OUTPUT_MB 2048
#define MAX_OUTPUT_MB (100 * 1024)

static gpointer
decode_state_rule (const StokerJsonPlace *place, GError **error)
{
  static const char *const names[] = { "when", "state", "stage", "message", "code", NULL };
  StokerStateRule *rule = g_new0 (StokerStateRule, 1);
  int state = 0;

  rule->when = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_condition_free);
  rule->code = -1;
  if (!stoker_json_expect_object (place, error) ||
      !stoker_json_expect_known_members (place, names, error) ||
      !stoker_manifest_get_conditions (place, "when", rule->when, error) ||
      !stoker_json_get_enum (place, "state", STOKER_JSON_REQUIRED, stoker_job_state_names, &state,
                             error) ||
      !stoker_manifest_get_template (place, "stage", STOKER_JSON_OPTIONAL, STOKER_TEMPLATE_PLAIN,
                                     &rule->stage, error) ||
      !stoker_manifest_get_template (place, "message", STOKER_JSON_OPTIONAL, STOKER_TEMPLATE_PLAIN,
                                     &rule->message, error) ||
      !stoker_manifest_get_code (place, "code", STOKER_JSON_OPTIONAL, &rule->code, error))
    g_clear_pointer (&rule, stoker_state_rule_free);
  else
    rule->state = (StokerJobState) state;

  return rule;
}

static gpointer
decode_pair (const StokerJsonPlace *place,
             const char *name,
             StokerTemplatePlace kind,
             GError **error)
{
  g_autofree char *value = NULL;
  StokerPair *pair = NULL;

  if (!stoker_manifest_get_template (place->parent, name, STOKER_JSON_REQUIRED, kind, &value,
                                     error))
    return NULL;

  pair = g_new0 (StokerPair, 1);
  pair->name = g_strdup (name);
  pair->value = g_steal_pointer (&value);

  return pair;
}

/* Makes a StokerPair of a member whose value is a template. */
gpointer
stoker_manifest_decode_pair (const StokerJsonPlace *place, const char *name, GError **error)
{
  return decode_pair (place, name, STOKER_TEMPLATE_PLAIN, error);
}

/* The same where secrets may be named. */
gpointer
stoker_manifest_decode_secret_pair (const StokerJsonPlace *place, const char *name, GError **error)
{
  return decode_pair (place, name, STOKER_TEMPLATE_SECRET, error);
}

static gboolean
decode_auth (const StokerJsonPlace *parent, StokerAuth *auth, GError **error)
{
  static const char *const names[] = {
    "scheme", "token", "name", "value", "user", "password", NULL
  };
  static const char *const schemes[] = { "none", "bearer", "header", "basic", NULL };
  StokerJsonPlace place = { 0 };
  g_autofree char *token = NULL;
  int scheme = 0;

  if (!stoker_json_get_object (parent, "auth", STOKER_JSON_REQUIRED, &place, error) ||
      !stoker_json_expect_known_members (&place, names, error) ||
      !stoker_json_get_enum (&place, "scheme", STOKER_JSON_REQUIRED, schemes, &scheme, error))
    return FALSE;

  switch (scheme)
    {
    case 1:
      auth->scheme = STOKER_AUTH_HEADER;
      auth->name = g_strdup ("Authorization");
      if (!stoker_manifest_get_template (&place, "token", STOKER_JSON_REQUIRED,
                                         STOKER_TEMPLATE_SECRET, &token, error))
        return FALSE;
      auth->value = g_strconcat ("Bearer ", token, NULL);
      return TRUE;
    case 2:
      auth->scheme = STOKER_AUTH_HEADER;
      return stoker_json_get_string (&place, "name", STOKER_JSON_REQUIRED, &auth->name, error) &&
             stoker_manifest_get_template (&place, "value", STOKER_JSON_REQUIRED,
                                           STOKER_TEMPLATE_SECRET, &auth->value, error);
    case 3:
      auth->scheme = STOKER_AUTH_BASIC;
      return stoker_manifest_get_template (&place, "user", STOKER_JSON_REQUIRED,
                                           STOKER_TEMPLATE_SECRET, &auth->name, error) &&
             stoker_manifest_get_template (&place, "password", STOKER_JSON_REQUIRED,
                                           STOKER_TEMPLATE_SECRET, &auth->value, error);
    default:
      auth->scheme = STOKER_AUTH_NONE;
      return TRUE;
    }
}

static gboolean
decode_limits (const StokerJsonPlace *parent, StokerLimits *limits, GError **error)
{
  static const char *const names[] = { "requests",   "per_s",     "timeout_s",
                                       "payload_mb", "output_mb", NULL };
  StokerJsonPlace place = { 0 };
  gint64 requests = 0;
  gint64 per_s = 1;
  gint64 timeout_s = DEFAULT_TIMEOUT_S;
  gint64 output_mb = DEFAULT_OUTPUT_MB;
  double payload_mb = -1;

  if (!stoker_json_get_object (parent, "limits", STOKER_JSON_OPTIONAL, &place, error))
    return FALSE;
  if (stoker_json_is_present (&place) &&
      (!stoker_json_expect_known_members (&place, names, error) ||
       !stoker_json_get_int (&place, "requests", STOKER_JSON_OPTIONAL, 0, 1000000, &requests,
                             error) ||
       !stoker_json_get_int (&place, "per_s", STOKER_JSON_OPTIONAL, 1, 86400, &per_s, error) ||
       !stoker_json_get_int (&place, "timeout_s", STOKER_JSON_OPTIONAL, 1, MAX_TIMEOUT_S,
                             &timeout_s, error) ||
       !stoker_json_get_double (&place, "payload_mb", STOKER_JSON_OPTIONAL, 0, 100000, &payload_mb,
                                error) ||
       !stoker_json_get_int (&place, "output_mb", STOKER_JSON_OPTIONAL, 1, MAX_OUTPUT_MB,
                             &output_mb, error)))
    return FALSE;

  limits->requests = (guint) requests;
  limits->per_s = (guint) per_s;
  limits->timeout_s = (guint) timeout_s;
  limits->payload_bytes = payload_mb < 0 ? -1 : (gint64) (payload_mb * MEGABYTE);
  limits->output_bytes = output_mb * MEGABYTE;

  return TRUE;
}

static gboolean
is_operation (const char *name)
{
  return g_strv_contains (stoker_operation_names, name);
}

static gboolean
decode_operations (const StokerJsonPlace *parent, StokerManifest *self, GError **error)
{
  StokerJsonPlace place = { 0 };
  JsonObjectIter iter;
  const char *name = NULL;

  if (!stoker_json_get_object (parent, "operations", STOKER_JSON_REQUIRED, &place, error) ||
      !stoker_json_expect_known_members (&place, stoker_operation_names, error))
    return FALSE;

  json_object_iter_init_ordered (&iter, json_node_get_object (place.node));
  while (json_object_iter_next_ordered (&iter, &name, NULL))
    {
      StokerJsonPlace member = stoker_json_member (&place, name);
      StokerOperation *operation = stoker_manifest_decode_operation (&member, error);

      if (operation == NULL)
        return FALSE;
      g_hash_table_insert (self->operations, g_strdup (name), operation);
    }

  return TRUE;
}

static gboolean
decode_unsupported (const StokerJsonPlace *parent, StokerManifest *self, GError **error)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_pair_free);

  if (!stoker_manifest_get_map (parent, "unsupported", stoker_manifest_decode_pair, pairs, error))
    return FALSE;

  for (guint i = 0; i < pairs->len; i++)
    {
      const StokerPair *pair = g_ptr_array_index (pairs, i);

      if (!is_operation (pair->name) && !g_str_equal (pair->name, "logs"))
        {
          stoker_json_set_error (error, parent, "unsupported: no operation is called \"%s\"",
                                 pair->name);
          return FALSE;
        }
      g_hash_table_insert (self->unsupported, g_strdup (pair->name), g_strdup (pair->value));
    }

  return TRUE;
}

/* The member itself is read by the profile; here it is only looked at. */
static gboolean
check_plans (const StokerJsonPlace *parent, const StokerProfile *profile, GError **error)
{
  g_auto (GStrv) plans = NULL;

  if (!stoker_json_get_strings (parent, "plans", STOKER_JSON_OPTIONAL, &plans, error))
    return FALSE;
  for (guint i = 0; plans != NULL && plans[i] != NULL; i++)
    {
      if (stoker_profile_find_plan (profile, plans[i]) == NULL)
        {
          stoker_json_set_error (error, parent, "plans: there is no plan \"%s\"", plans[i]);
          return FALSE;
        }
    }
  return TRUE;
}

static StokerManifest *
manifest_new (void)
{
  StokerManifest *self = g_new0 (StokerManifest, 1);

  self->bases = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_pair_free);
  self->errors = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_error_rule_free);
  self->states = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_state_rule_free);
  self->unsupported = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->operations = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) stoker_operation_free);

  return self;
}

/**
 * stoker_manifest_decode:
 * @profile: a profile whose connector is of class "http"
 *
 * Reads the `connector` of a catalog document by the letter: what the language does not know is a
 * mistake.
 *
 * Returns: (transfer full) (nullable): the manifest; %NULL with %STOKER_ERROR_CONFIG naming file,
 * path and mistake
 */
StokerManifest *
stoker_manifest_decode (const StokerProfile *profile, GError **error)
{
  static const char *const names[] = { "class",       "plans",      "bases",  "auth",
                                       "limits",      "error_text", "errors", "states",
                                       "unsupported", "operations", NULL };
  g_autofree char *file = g_strconcat (profile->id, ".json", NULL);
  g_autoptr (StokerManifest) self = manifest_new ();
  StokerJsonPlace root = stoker_json_root (NULL, file);
  StokerJsonPlace place = { .parent = &root, .name = "connector", .node = profile->connector };
  g_autofree char *class_name = NULL;

  if (!stoker_json_expect_object (&place, error) ||
      !stoker_json_expect_known_members (&place, names, error) ||
      !stoker_json_get_string (&place, "class", STOKER_JSON_REQUIRED, &class_name, error) ||
      !check_plans (&place, profile, error) ||
      !stoker_manifest_get_map (&place, "bases", stoker_manifest_decode_pair, self->bases, error) ||
      !decode_auth (&place, &self->auth, error) || !decode_limits (&place, &self->limits, error) ||
      !stoker_manifest_get_paths (&place, "error_text", &self->error_text, error) ||
      !stoker_manifest_get_errors (&place, "errors", self->errors, error) ||
      !stoker_manifest_get_list (&place, "states", decode_state_rule, self->states, error) ||
      !decode_unsupported (&place, self, error) || !decode_operations (&place, self, error))
    return NULL;
  if (self->bases->len == 0)
    {
      stoker_json_set_error (error, &place, "bases: expected at least one address");
      return NULL;
    }

  return g_steal_pointer (&self);
}
