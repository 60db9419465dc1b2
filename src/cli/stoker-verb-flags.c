/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-verb.h"
#include "stoker-error.h"
#include "stoker-table.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* Stands for both kinds of media providers, beside the flags that profiles name. */
#define UMBRELLA_FLAG "enable_public_image_video"

static const StokerTableColumn columns[] = {
  { N_ ("Flag"), "flag", FALSE },
  { N_ ("Live requests"), "enabled", FALSE },
  { N_ ("For"), "providers", FALSE },
};

/* Flag → the names of the profiles that need it. */
static GHashTable *
collect_flags (StokerCliContext *context)
{
  StokerCatalog *catalog = stoker_workspace_get_catalog (
    stoker_cli_context_get_workspace (context));
  GPtrArray *profiles = stoker_catalog_get_profiles (catalog);
  GHashTable *flags = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  g_hash_table_insert (flags, g_strdup (UMBRELLA_FLAG),
                       g_strdup (_ ("image and video providers at once")));
  for (guint i = 0; i < profiles->len; i++)
    {
      const StokerProfile *profile = g_ptr_array_index (profiles, i);
      const char *names;

      if (profile->feature_flag == NULL || profile->is_discontinued)
        continue;
      names = g_hash_table_lookup (flags, profile->feature_flag);
      g_hash_table_replace (flags, g_strdup (profile->feature_flag),
                            names != NULL ? g_strdup_printf ("%s, %s", names, profile->name)
                                          : g_strdup (profile->name));
    }

  return flags;
}

static GList *
sort_flags (GHashTable *flags)
{
  return g_list_sort (g_hash_table_get_keys (flags), (GCompareFunc) strcmp);
}

static gboolean
run_list (StokerCliContext *context, GError **error)
{
  StokerSettings *settings = stoker_workspace_get_settings (
    stoker_cli_context_get_workspace (context));
  g_autoptr (GHashTable) flags = collect_flags (context);
  g_autoptr (GList) names = sort_flags (flags);
  g_autoptr (StokerTable) table = stoker_table_new (columns, G_N_ELEMENTS (columns));
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) document = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *text = NULL;

  for (GList *l = names; l != NULL; l = l->next)
    {
      gboolean is_enabled = stoker_settings_get_flag (settings, l->data);
      const char *const cells[] = { l->data, is_enabled ? _ ("on") : _ ("off"),
                                    g_hash_table_lookup (flags, l->data) };

      stoker_table_add_row (table, cells);
      json_object_set_boolean_member (object, l->data, is_enabled);
    }

  json_node_set_object (document, object);
  text = stoker_table_to_text (table);
  if (stoker_cli_context_get_flag (context, "json"))
    stoker_cli_context_print_json (context, document);
  else
    stoker_cli_context_print_text (context, text);

  return TRUE;
}

static gboolean
run_set (StokerCliContext *context, GError **error)
{
  StokerSettings *settings = stoker_workspace_get_settings (
    stoker_cli_context_get_workspace (context));
  g_autoptr (GHashTable) flags = collect_flags (context);
  const char *flag = stoker_cli_context_get_argument (context, 0);
  const char *value = stoker_cli_context_get_argument (context, 1);

  if (!g_hash_table_contains (flags, flag))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                   _ ("%s: no such flag; stoker flags list tells them"), flag);
      return FALSE;
    }
  if (!g_str_equal (value, "on") && !g_str_equal (value, "off"))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, _ ("%s: “%s” is neither on nor off"),
                   flag, value);
      return FALSE;
    }

  if (!stoker_settings_keep_flag (settings, flag, g_str_equal (value, "on"), error))
    return FALSE;
  stoker_cli_context_print (context, _ ("%s is %s.\n"), flag,
                            g_str_equal (value, "on") ? _ ("on") : _ ("off"));

  return TRUE;
}

const StokerCliVerb stoker_verbs_flags[] = {
  {
    .name = "flags",
    .action = "list",
    .arguments = "",
    .summary = N_ ("Tell which kinds of live requests are allowed"),
    .shared_options = STOKER_CLI_JSON,
    .parts = STOKER_WORKSPACE_CATALOG,
    .run = run_list,
  },
  {
    .name = "flags",
    .action = "set",
    .arguments = "NAME on|off",
    .summary = N_ ("Allow live requests of a kind, or stop allowing them"),
    .min_arguments = 2,
    .max_arguments = 2,
    .parts = STOKER_WORKSPACE_CATALOG,
    .changes_things = TRUE,
    .run = run_set,
  },
  { NULL },
};
