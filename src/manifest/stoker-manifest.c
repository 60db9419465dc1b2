/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-manifest.h"

#include "stoker-error.h"
#include "stoker-json-path.h"
#include "stoker-language-private.h"

#include <string.h>

/**
 * stoker_manifest_free:
 * @self: (transfer full): a manifest
 */
void
stoker_manifest_free (StokerManifest *self)
{
  g_clear_pointer (&self->root, json_node_unref);
  g_hash_table_unref (self->paths);
  g_hash_table_unref (self->regexes);
  g_strfreev (self->key_files);
  g_free (self);
}

/* The `auth` of a step says only what is different, that of the whole says how. */
static gboolean
check_scheme (const StokerJsonPlace *parent, GError **error)
{
  StokerJsonPlace auth = stoker_json_member (parent, "auth");
  StokerJsonPlace scheme = stoker_json_member (&auth, "scheme");

  return stoker_json_is_present (&scheme) || stoker_json_fail (error, &scheme, "is missing");
}

/* The member itself is read by the profile; here it is only looked at. */
static gboolean
check_plans (const StokerJsonPlace *parent, const StokerProfile *profile, GError **error)
{
  JsonNode *plans = stoker_rule_get (parent->node, "plans");

  for (guint i = 0; i < stoker_rule_count (plans); i++)
    {
      const char *plan = json_node_get_string (stoker_rule_nth (plans, i));

      if (stoker_profile_find_plan (profile, plan) == NULL)
        return stoker_json_fail (error, parent, "plans: there is no plan \"%s\"", plan);
    }

  return TRUE;
}

/* Only what is named is ever read. */
static GStrv
list_key_files (const StokerProfile *profile)
{
  g_autofree char *text = stoker_json_to_string (profile->connector, FALSE);
  g_autoptr (GStrvBuilder) fields = g_strv_builder_new ();

  for (guint i = 0; profile->auth_fields != NULL && i < profile->auth_fields->len; i++)
    {
      const StokerAuthField *field = g_ptr_array_index (profile->auth_fields, i);
      g_autofree char *named = g_strdup_printf ("\\$\\{secret\\.%s[.|}]", field->id);

      if (field->type == STOKER_FIELD_PATH && g_regex_match_simple (named, text, 0, 0))
        g_strv_builder_add (fields, field->id);
    }

  return g_strv_builder_end (fields);
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
  g_autofree char *file = g_strconcat (profile->id, ".json", NULL);
  StokerJsonPlace root = stoker_json_root (NULL, file);
  StokerJsonPlace place = { .parent = &root, .name = "connector", .node = profile->connector };
  g_autoptr (StokerManifest) self = g_new0 (StokerManifest, 1);

  self->root = json_node_ref (profile->connector);
  self->paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                       (GDestroyNotify) stoker_json_path_free);
  self->regexes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) g_regex_unref);
  self->key_files = list_key_files (profile);
  if (!stoker_language_check (&place, self, error) || !check_scheme (&place, error) ||
      !check_plans (&place, profile, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * stoker_manifest_get:
 *
 * Returns: (transfer none) (nullable): a member of the whole
 */
JsonNode *
stoker_manifest_get (const StokerManifest *self, const char *member)
{
  return stoker_rule_get (self->root, member);
}

/**
 * stoker_manifest_get_limit:
 * @name: of a member of `limits`
 *
 * Returns: the limit; without one what README.md tells, or -1
 */
double
stoker_manifest_get_limit (const StokerManifest *self, const char *name)
{
  static const struct
  {
    const char *name;
    double value;
  } defaults[] = {
    { "timeout_s", 30 }, { "output_mb", 2048 }, { "per_s", 1 }, { "requests", 0 }, { "poll_s", 0 }
  };
  double fallback = -1;

  for (guint i = 0; i < G_N_ELEMENTS (defaults); i++)
    if (g_str_equal (name, defaults[i].name))
      fallback = defaults[i].value;

  return stoker_rule_get_number (stoker_manifest_get (self, "limits"), name, fallback);
}

/**
 * stoker_manifest_find:
 * @self: a manifest
 * @operation: its name
 *
 * Returns: (transfer none) (nullable): the operation; %NULL with %STOKER_ERROR_UNSUPPORTED and the
 * manifest's own explanation, when it has one
 */
JsonNode *
stoker_manifest_find (const StokerManifest *self, const char *operation, GError **error)
{
  JsonNode *found = stoker_rule_get (stoker_manifest_get (self, "operations"), operation);
  const char *reason = stoker_rule_get_text (stoker_manifest_get (self, "unsupported"), operation);

  if (found != NULL)
    return found;

  if (reason != NULL)
    g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED, reason);
  else
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED,
                 "this provider has no operation \"%s\"", operation);

  return NULL;
}

/**
 * stoker_manifest_match:
 * @path: a JSONPath of this manifest
 * @tree: (nullable): where to look
 *
 * Returns: (transfer full) (nullable): an array of what it leads to
 */
JsonNode *
stoker_manifest_match (const StokerManifest *self, JsonNode *path, JsonNode *tree)
{
  if (tree == NULL)
    return NULL;

  return stoker_json_path_match (g_hash_table_lookup (self->paths, json_node_get_string (path)),
                                 tree);
}

/**
 * stoker_manifest_get_regex:
 * @rule: (nullable): a rule of this manifest
 * @name: of the member with a regular expression
 *
 * Returns: (transfer none) (nullable): it, compiled
 */
GRegex *
stoker_manifest_get_regex (const StokerManifest *self, JsonNode *rule, const char *name)
{
  const char *text = stoker_rule_get_text (rule, name);

  return text != NULL ? g_hash_table_lookup (self->regexes, text) : NULL;
}

/**
 * stoker_step_is_repeatable:
 *
 * Returns: whether sending @step twice does no harm; by itself where HTTP says so of its method
 * (RFC 9110, section 9.2.2)
 */
gboolean
stoker_step_is_repeatable (JsonNode *step)
{
  static const char *const methods[] = { "GET", "PUT", "DELETE", NULL };
  const char *method = stoker_rule_get_text (step, "method");

  return stoker_rule_get_flag (step, "repeatable",
                               method == NULL || g_strv_contains (methods, method));
}

/**
 * stoker_step_creates:
 *
 * Returns: whether something may exist after @step that was not there before
 */
gboolean
stoker_step_creates (JsonNode *step)
{
  return stoker_rule_get_flag (step, "creates", !stoker_step_is_repeatable (step));
}
