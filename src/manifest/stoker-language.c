/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-language-private.h"

#include "stoker-error.h"
#include "stoker-job.h"
#include "stoker-json-path.h"
#include "stoker-json-shape.h"
#include "stoker-language-resource.h"

#include <string.h>

/* The words of the language are in language.json, and README.md tells what they mean. Here is what
 * they are checked with beyond the shape. */
#define LANGUAGE "/io/github/stokerapp/Stoker/language.json"

/* Read once; a mistake in it is one of the program. */
static JsonNode *
get_language (void)
{
  static gsize is_read = 0;
  static JsonNode *language = NULL;

  if (g_once_init_enter (&is_read))
    {
      g_autoptr (GBytes) data = g_resource_lookup_data (stoker_language_get_resource (), LANGUAGE,
                                                        G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);

      language = stoker_json_parse (g_bytes_get_data (data, NULL), (gssize) g_bytes_get_size (data),
                                    "language.json", NULL);
      g_once_init_leave (&is_read, 1);
    }

  return language;
}

static gboolean
is_known_name (const char *name, const char *more)
{
  static const char *const roots[] = { "config.", "base.",  "job.",      "handle.",   "step.",
                                       "now.",    "input.", "provider.", "described." };

  for (guint i = 0; i < G_N_ELEMENTS (roots); i++)
    if (g_str_has_prefix (name, roots[i]))
      return TRUE;

  return more != NULL && g_str_has_prefix (name, more);
}

/* Where a template stands decides what it may name: kind->detail besides what all may. */
static gboolean
check_names (const StokerJsonKind *kind, const StokerJsonPlace *place, GError **error)
{
  const char *text = json_node_get_string (place->node);

  for (const char *p = strstr (text, "${"); p != NULL; p = strstr (p, "${"))
    {
      const char *end = strchr (p, '}');
      g_autofree char *name = end != NULL ? g_strndup (p + 2, (gsize) (end - p - 2)) : NULL;

      if (name == NULL)
        return stoker_json_fail (error, place, "${ without its }");
      if (!is_known_name (*name == '+' ? name + 1 : name, kind->detail))
        return stoker_json_fail (error, place, "${%s} is not a name that can be used here", name);
      p = end;
    }

  return TRUE;
}

static gboolean
check_template (const StokerJsonKind *kind,
                const StokerJsonPlace *place,
                gpointer user_data,
                GError **error)
{
  return stoker_json_expect_text (place, error) && check_names (kind, place, error);
}

/* Any JSON, in which every string is a template. */
static gboolean
check_tree (const StokerJsonKind *kind,
            const StokerJsonPlace *place,
            gpointer user_data,
            GError **error)
{
  StokerMembers at = stoker_members_of (place->node);

  if (stoker_rule_is_text (place->node))
    return check_names (kind, place, error);
  for (guint i = 0; i < stoker_json_length (place); i++)
    {
      StokerJsonPlace element = stoker_json_element (place, i);

      if (!check_tree (kind, &element, user_data, error))
        return FALSE;
    }
  while (stoker_members_next (&at))
    {
      StokerJsonPlace member = stoker_json_member (place, at.name);

      if (!check_tree (kind, &member, user_data, error))
        return FALSE;
    }

  return TRUE;
}

static const char *
get_text (const StokerJsonPlace *place)
{
  return stoker_rule_is_text (place->node) ? json_node_get_string (place->node) : "";
}

static gboolean
check_code (const StokerJsonKind *kind,
            const StokerJsonPlace *place,
            gpointer user_data,
            GError **error)
{
  StokerError code = STOKER_ERROR_FAILED;

  return stoker_error_code_from_string (get_text (place), &code) ||
         stoker_json_fail (error, place, "\"%s\" is no error code", get_text (place));
}

static gboolean
check_job_state (const StokerJsonKind *kind,
                 const StokerJsonPlace *place,
                 gpointer user_data,
                 GError **error)
{
  g_autofree char *names = g_strjoinv (", ", (GStrv) stoker_job_state_names);

  return g_strv_contains (stoker_job_state_names, get_text (place)) ||
         stoker_json_fail (error, place, "\"%s\" is none of %s", get_text (place), names);
}

static gboolean
check_status (const StokerJsonKind *kind,
              const StokerJsonPlace *place,
              gpointer user_data,
              GError **error)
{
  gboolean is_integer = JSON_NODE_HOLDS_VALUE (place->node) &&
                        json_node_get_value_type (place->node) == G_TYPE_INT64;
  gint64 status = is_integer ? json_node_get_int (place->node) : 0;

  return (status >= 100 && status <= 599) ||
         stoker_json_fail (error, place, "expected an HTTP status");
}

static gboolean
check_money (const StokerJsonKind *kind,
             const StokerJsonPlace *place,
             gpointer user_data,
             GError **error)
{
  g_autoptr (GError) local_error = NULL;
  StokerMoney money = stoker_money_unknown ();

  return stoker_json_expect_text (place, error) &&
         (stoker_money_parse (get_text (place), "USD", &money, &local_error) ||
          stoker_json_fail (error, place, "%s", local_error->message));
}

/* A price that is written down, or one that was told. */
static gboolean
check_amount (const StokerJsonKind *kind,
              const StokerJsonPlace *place,
              gpointer user_data,
              GError **error)
{
  return g_str_has_prefix (get_text (place), "${") ? check_template (kind, place, user_data, error)
                                                   : check_money (kind, place, user_data, error);
}

/* A whole domain such as `com` is nobody's own. */
static gboolean
check_domain (const StokerJsonKind *kind,
              const StokerJsonPlace *place,
              gpointer user_data,
              GError **error)
{
  return g_regex_match_simple ("^[a-z0-9-]+(\\.[a-z0-9-]+)+$", get_text (place),
                               G_REGEX_DOLLAR_ENDONLY, 0) ||
         stoker_json_fail (error, place, "\"%s\" is no name such as api.example.com",
                           get_text (place));
}

static gboolean
check_path (const StokerJsonKind *kind,
            const StokerJsonPlace *place,
            gpointer user_data,
            GError **error)
{
  StokerManifest *manifest = user_data;
  g_autoptr (GError) local_error = NULL;
  StokerJsonPath *path = NULL;

  if (!stoker_rule_is_text (place->node))
    return stoker_json_fail (error, place, "expected a JSONPath");
  path = stoker_json_path_new (get_text (place), &local_error);
  if (path == NULL)
    return stoker_json_fail (error, place, "\"%s\" is no JSONPath: %s", get_text (place),
                             local_error->message);
  g_hash_table_insert (manifest->paths, g_strdup (get_text (place)), path);

  return TRUE;
}

/* One never matches across a server's will for long: GRegex limits its steps. */
static gboolean
check_regex (const StokerJsonKind *kind,
             const StokerJsonPlace *place,
             gpointer user_data,
             GError **error)
{
  StokerManifest *manifest = user_data;
  g_autoptr (GError) local_error = NULL;
  GRegex *regex = NULL;

  if (!stoker_json_expect_text (place, error))
    return FALSE;
  regex = g_regex_new (get_text (place), G_REGEX_CASELESS | G_REGEX_MULTILINE, 0, &local_error);
  if (regex == NULL)
    return stoker_json_fail (error, place, "%s", local_error->message);
  g_hash_table_insert (manifest->regexes, g_strdup (get_text (place)), regex);

  return TRUE;
}

static const StokerJsonKind kinds[] = {
  { "template", check_template, NULL },
  { "secret", check_template, "secret." },
  { "message", check_template, "error.text" },
  { "tree", check_tree, NULL },
  { "secret-tree", check_tree, "secret." },
  { "status", check_status, NULL },
  { "error-code", check_code, NULL },
  { "job-state", check_job_state, NULL },
  { "amount", check_amount, NULL },
  { "domain", check_domain, NULL },
  { "path", check_path, NULL },
  { "regex", check_regex, NULL },
  { NULL, NULL, NULL },
};

/*
 * stoker_language_check:
 * @place: of a manifest
 * @manifest: gets what is compiled on the way
 *
 * Returns: whether what is at @place is in the language; else %FALSE with %STOKER_ERROR_CONFIG
 * naming file, path and mistake
 */
gboolean
stoker_language_check (const StokerJsonPlace *place, StokerManifest *manifest, GError **error)
{
  const StokerJsonShape shape = { get_language (), kinds, manifest };

  return stoker_json_shape_check (&shape, "manifest", place, error);
}
