/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-text.h"
#include "stoker-cli-verb.h"
#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-table.h"
#include "stoker-validate-profile.h"

#include <glib/gi18n-lib.h>

static const StokerTableColumn columns[] = {
  { N_ ("Id"), "id", FALSE },          { N_ ("Name"), "name", FALSE },
  { N_ ("Kind"), "kind", FALSE },      { N_ ("Where"), "where", FALSE },
  { N_ ("Status"), "status", FALSE },  { N_ ("Price"), "price", TRUE },
  { N_ ("Can"), "operations", FALSE }, { N_ ("Checked"), "last_checked", FALSE },
};

static char *
describe_hint (const StokerProfile *profile)
{
  g_autofree char *amount = NULL;

  if (!profile->price_hint.amount.is_known)
    return g_strdup (_ ("unknown"));

  amount = stoker_money_format (profile->price_hint.amount);
  return g_strdup_printf ("%s/%s", amount, stoker_unit_names[profile->price_hint.unit]);
}

static const char *
describe_place (const StokerProfile *profile)
{
  if (stoker_profile_is_hosted (profile))
    return _ ("hosted");
  return g_strcmp0 (stoker_profile_get_connector_class (profile), "simulated") == 0
           ? _ ("rehearsal")
           : _ ("own hardware");
}

/* What can be done there: its connector's operations. */
static char *
describe_operations (const StokerProfile *profile)
{
  g_auto (GStrv) operations = stoker_profile_list_operations (profile);

  if (operations[0] != NULL)
    return g_strjoinv (" ", operations);
  return g_strdup (profile->is_discontinued ? _ ("nothing any more") : _ ("only advice"));
}

static void
add_profile (StokerTable *table, const StokerProfile *profile)
{
  g_autofree char *hint = describe_hint (profile);
  g_autofree char *can = describe_operations (profile);
  const char *const cells[] = { profile->id,
                                profile->name,
                                stoker_kind_names[profile->kind],
                                describe_place (profile),
                                profile->is_discontinued ? _ ("discontinued") : _ ("active"),
                                hint,
                                can,
                                profile->last_checked };

  stoker_table_add_row (table, cells);
}

static void
note_problems (StokerCliContext *context, StokerCatalog *catalog)
{
  GStrv problems = stoker_catalog_get_problems (catalog);

  for (guint i = 0; problems != NULL && problems[i] != NULL; i++)
    stoker_cli_context_note (context, "%s", problems[i]);
}

static gboolean
run_list (StokerCliContext *context, GError **error)
{
  StokerCatalog *catalog = stoker_workspace_get_catalog (
    stoker_cli_context_get_workspace (context));
  GPtrArray *profiles = stoker_catalog_get_profiles (catalog);
  g_autoptr (StokerTable) table = stoker_table_new (columns, G_N_ELEMENTS (columns));
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonNode) document = json_node_new (JSON_NODE_ARRAY);
  g_autofree char *text = NULL;

  for (guint i = 0; i < profiles->len; i++)
    {
      add_profile (table, g_ptr_array_index (profiles, i));
      json_array_add_element (array, stoker_profile_to_listing (g_ptr_array_index (profiles, i)));
    }
  note_problems (context, catalog);

  json_node_set_array (document, array);
  text = stoker_table_to_text (table);
  if (stoker_cli_context_get_flag (context, "json"))
    stoker_cli_context_print_json (context, document);
  else
    stoker_cli_context_print_text (context, text);

  return TRUE;
}

static void
print_list (StokerCliContext *context, const char *title, GStrv lines)
{
  if (lines == NULL || lines[0] == NULL)
    return;

  stoker_cli_context_print (context, "\n%s\n", title);
  for (guint i = 0; lines[i] != NULL; i++)
    stoker_cli_context_print (context, "- %s\n", lines[i]);
}

static void
print_line (StokerCliContext *context, const char *title, const char *text)
{
  if (text != NULL && *text != '\0')
    stoker_cli_context_print (context, "%s: %s\n", title, text);
}

static void
print_fields (StokerCliContext *context, const StokerProfile *profile)
{
  stoker_cli_context_print (context, "\n%s\n", _ ("It asks for"));
  for (guint i = 0; i < profile->auth_fields->len; i++)
    {
      const StokerAuthField *field = g_ptr_array_index (profile->auth_fields, i);

      stoker_cli_context_print (context, "- %s (%s%s)\n", field->id,
                                stoker_field_type_names[field->type],
                                field->is_required ? "" : _ (", optional"));
    }
}

static void
print_plans (StokerCliContext *context, const StokerProfile *profile)
{
  stoker_cli_context_print (context, "\n%s\n", _ ("It sells"));
  for (guint i = 0; i < profile->plans->len; i++)
    {
      const StokerPlan *plan = g_ptr_array_index (profile->plans, i);

      stoker_cli_context_print (
        context, _ ("- %s: %s (%u list prices; stoker offers --provider %s --plan %s)\n"), plan->id,
        plan->name, plan->offers->len, profile->id, plan->id);
    }
}

static void
print_profile (StokerCliContext *context, const StokerProfile *profile)
{
  stoker_cli_context_print (context, "%s (%s)\n%s\n", profile->name, profile->id, profile->summary);
  print_line (context, _ ("Status"), profile->is_discontinued ? profile->status_note : NULL);
  print_line (context, _ ("Best for"), profile->best_for);
  print_line (context, _ ("Feature flag"), profile->feature_flag);
  print_line (context, _ ("Opt-in"), profile->opt_in_warning);
  print_line (context, _ ("Where the data go"), profile->residency_note);
  print_line (context, _ ("Content"), profile->content_note);
  print_line (context, _ ("Documentation"), profile->docs_url);
  print_line (context, _ ("Prices"), profile->pricing_url);
  print_line (context, _ ("Last checked"), profile->last_checked);
  if (profile->auth_fields->len > 0)
    print_fields (context, profile);
  print_list (context, _ ("The key must be allowed"), profile->permissions);
  if (profile->plans->len > 0)
    print_plans (context, profile);
  print_list (context, _ ("For it"), profile->pros);
  print_list (context, _ ("Against it"), profile->cons);
  print_list (context, _ ("To begin"), profile->onboarding_notes);
  print_list (context, _ ("Proved by"), profile->proofs);
  print_list (context, _ ("Not confirmed"), profile->unverified);
}

static gboolean
run_show (StokerCliContext *context, GError **error)
{
  StokerCatalog *catalog = stoker_workspace_get_catalog (
    stoker_cli_context_get_workspace (context));
  const char *id = stoker_cli_context_get_argument (context, 0);
  StokerProfile *profile = stoker_catalog_lookup (catalog, id);
  g_autoptr (JsonNode) document = NULL;

  if (profile == NULL)
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                   _ ("%s: not in the catalog; stoker catalog list tells the ids"), id);
      return FALSE;
    }

  if (stoker_cli_context_get_flag (context, "json"))
    {
      document = stoker_profile_to_listing (profile);
      stoker_cli_context_print_json (context, document);
    }
  else
    {
      print_profile (context, profile);
    }

  return TRUE;
}

static gboolean
run_validate (StokerCliContext *context, GError **error)
{
  g_autofree char *path =
    stoker_cli_context_get_path (context, stoker_cli_context_get_argument (context, 0));
  g_autoptr (JsonNode) node = stoker_json_load_file (path, STOKER_JSON_MAX_BYTES, error);
  g_autoptr (StokerProfile) profile = NULL;
  g_autoptr (JsonNode) listing = NULL;

  if (node == NULL)
    return FALSE;

  profile = stoker_validate_profile (node, path, error);
  if (profile == NULL)
    return FALSE;

  if (stoker_cli_context_get_flag (context, "json"))
    {
      listing = stoker_profile_to_listing (profile);
      stoker_cli_context_print_json (context, listing);
    }
  else
    {
      stoker_cli_context_print (context, _ ("%s: valid, describes %s\n"), path, profile->name);
    }

  return TRUE;
}

const StokerCliVerb stoker_verbs_catalog[] = {
  {
    .name = "catalog",
    .action = "list",
    .arguments = "",
    .summary = N_ ("List the providers that are known"),
    .shared_options = STOKER_CLI_JSON,
    .parts = STOKER_WORKSPACE_CATALOG,
    .run = run_list,
  },
  {
    .name = "catalog",
    .action = "show",
    .arguments = "ID",
    .summary = N_ ("Tell what is known of one provider"),
    .shared_options = STOKER_CLI_JSON,
    .min_arguments = 1,
    .max_arguments = 1,
    .parts = STOKER_WORKSPACE_CATALOG,
    .run = run_show,
  },
  {
    .name = "catalog",
    .action = "validate",
    .arguments = "FILE",
    .summary = N_ ("Check a provider document of your own"),
    .shared_options = STOKER_CLI_JSON,
    .min_arguments = 1,
    .max_arguments = 1,
    .parts = STOKER_WORKSPACE_CATALOG,
    .run = run_validate,
  },
  { NULL },
};
