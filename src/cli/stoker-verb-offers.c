/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-advice.h"
#include "stoker-cli-provider.h"
#include "stoker-cli-refresh.h"
#include "stoker-cli-text.h"
#include "stoker-cli-verb.h"
#include "stoker-error.h"
#include "stoker-list-offers.h"
#include "stoker-table.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_LIMIT 40
#define MAX_LIMIT 1000000

/* What is asked of a list of offers, wherever it comes from. */
#define QUERY_OPTIONS                                                                                \
  { "gpu", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Only GPUs with this in their name"), "NAME" },      \
    { "min-vram", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Only GPUs with this much memory"), "GB" },   \
    { "max-price", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Only what costs no more an hour"), "USD" }, \
    { "plan",                                                                                        \
      0,                                                                                             \
      0,                                                                                             \
      G_OPTION_ARG_STRING,                                                                           \
      NULL,                                                                                          \
      N_ ("Only this plan: pod, serverless, spot, endpoint, per_output, own, or a plan's id"),       \
      "P" },                                                                                         \
    { "spot", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Only what may be interrupted"), NULL },            \
    { "region", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Only this region"), "R" },                     \
    { "sort", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Order: price, vram, gpu or provider"), "KEY" },  \
  {                                                                                                  \
    "limit", 0, 0, G_OPTION_ARG_STRING, NULL, N_ ("Show this many; 0 shows all"), "N"                \
  }

static const GOptionEntry options[] = {
  QUERY_OPTIONS,
  { "offers", 0, 0, G_OPTION_ARG_FILENAME, NULL,
    N_ ("List these offers instead of the curated ones"), "FILE|DIR" },
  { "refresh", 0, 0, G_OPTION_ARG_NONE, NULL,
    N_ ("Ask the registered providers for their prices of today first"), NULL },
  { NULL },
};

static const GOptionEntry live_options[] = {
  QUERY_OPTIONS,
  { NULL },
};

static const StokerTableColumn columns[] = {
  { N_ ("Provider"), "provider", FALSE }, { N_ ("Plan"), "plan", FALSE },
  { N_ ("GPU"), "gpu", FALSE },           { N_ ("VRAM"), "vram", TRUE },
  { N_ ("Price"), "price", TRUE },        { N_ ("Region"), "region", FALSE },
  { N_ ("Age"), "age", FALSE },           { N_ ("Source"), "source", FALSE },
};

static gboolean
read_query (StokerCliContext *context, StokerOfferQuery *query, GError **error)
{
  double max_price = -1;
  gint64 limit = DEFAULT_LIMIT;

  if (!stoker_cli_context_get_amount (context, "min-vram", &query->min_vram_gb, error) ||
      !stoker_cli_context_get_amount (context, "max-price", &max_price, error) ||
      !stoker_cli_context_get_count (context, "limit", MAX_LIMIT, &limit, error))
    return FALSE;

  query->max_price = stoker_money_unknown ();
  if (max_price >= 0 && !stoker_money_parse (stoker_cli_context_get_text (context, "max-price"),
                                             "USD", &query->max_price, error))
    return FALSE;

  query->gpu = stoker_cli_context_get_text (context, "gpu");
  query->plan = stoker_cli_context_get_text (context, "plan");
  query->is_spot = stoker_cli_context_get_flag (context, "spot");
  query->region = stoker_cli_context_get_text (context, "region");
  query->provider = stoker_cli_context_get_text (context, "provider");
  query->sort = stoker_cli_context_get_text (context, "sort");
  query->limit = (guint) limit;

  return TRUE;
}

static void
add_offer (StokerTable *table, const StokerOffer *offer, gint64 now_us)
{
  g_autofree char *gpu = stoker_cli_text_gpu (offer);
  g_autofree char *vram = offer->gpu != NULL ? stoker_cli_text_vram (offer->vram_gb)
                                             : g_strdup ("");
  g_autofree char *price = stoker_cli_text_price (offer);
  g_autofree char *age = stoker_cli_text_age (offer->as_of_us, now_us);
  const char *region = g_str_equal (offer->region, "*") ? _ ("not told") : offer->region;
  const char *const cells[] = { offer->provider_id, offer->plan->id, gpu, vram, price, region, age,
                                offer->source };

  stoker_table_add_row (table, cells);
}

static void
print_offers_text (StokerCliContext *context, StokerOfferTable *offers, const GArray *found)
{
  g_autoptr (StokerTable) table = stoker_table_new (columns, G_N_ELEMENTS (columns));
  g_autofree char *text = NULL;
  gint64 now_us = g_get_real_time ();

  if (found->len == 0)
    {
      stoker_cli_context_print (context, "%s\n", _ ("No offer fits."));
      return;
    }

  for (guint i = 0; i < found->len; i++)
    add_offer (table, stoker_offer_table_get (offers, g_array_index (found, guint, i)), now_us);

  text = stoker_table_to_text (table);
  stoker_cli_context_print_text (context, text);
}

static void
print_offers_json (StokerCliContext *context, StokerOfferTable *offers, const GArray *found)
{
  g_autoptr (JsonArray) array = json_array_new ();
  g_autoptr (JsonNode) document = json_node_new (JSON_NODE_ARRAY);

  for (guint i = 0; i < found->len; i++)
    json_array_add_element (array,
                            stoker_offer_to_json (
                              stoker_offer_table_get (offers, g_array_index (found, guint, i))));

  json_node_set_array (document, array);
  stoker_cli_context_print_json (context, document);
}

static gboolean
print_offers (StokerCliContext *context, StokerOfferTable *offers, GError **error)
{
  StokerOfferQuery query = { NULL };
  g_autoptr (GArray) found = NULL;
  guint limit = 0;
  guint n_more = 0;

  if (!read_query (context, &query, error))
    return FALSE;
  limit = query.limit;
  query.limit = 0;
  found = stoker_offer_table_query (offers, &query, error);
  if (found == NULL)
    return FALSE;
  if (limit > 0 && found->len > limit)
    {
      n_more = found->len - limit;
      g_array_set_size (found, limit);
    }
  if (stoker_cli_context_get_flag (context, "json"))
    print_offers_json (context, offers, found);
  else
    print_offers_text (context, offers, found);
  stoker_cli_context_print_more (context, n_more);
  return TRUE;
}

/* A name that nobody has would look like a provider that has nothing to rent. */
static gboolean
check_provider (StokerCliContext *context, GError **error)
{
  StokerWorkspace *workspace = stoker_cli_context_get_workspace (context);
  const char *id = stoker_cli_context_get_text (context, "provider");

  if (id == NULL || stoker_workspace_lookup_provider (workspace, id) != NULL ||
      stoker_catalog_lookup (stoker_workspace_get_catalog (workspace), id) != NULL)
    return TRUE;
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
               _ ("--provider: “%s” is not in the catalog; stoker catalog list tells the ids"), id);
  return FALSE;
}

static gboolean
list_offers (StokerCliContext *context, GError **error)
{
  g_autoptr (StokerOfferTable) offers = stoker_cli_advice_load_offers (context, error);

  return offers != NULL && print_offers (context, offers, error);
}

static void
refreshed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerCliContext *context = STOKER_CLI_CONTEXT (source);
  gboolean is_complete = FALSE;
  GError *error = NULL;

  if (stoker_cli_refresh_finish (context, result, &is_complete, &error) &&
      list_offers (context, &error))
    g_task_return_int (task, is_complete ? STOKER_CLI_DONE : STOKER_CLI_FAILED);
  else
    g_task_return_error (task, error);
}

static void
start_offers (StokerCliContext *context, GTask *task_in)
{
  g_autoptr (GTask) task = task_in;
  GError *error = NULL;

  if (check_provider (context, &error))
    stoker_cli_refresh_async (context, refreshed_cb, g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerCliContext *context = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (StokerOfferTable) offers = stoker_list_offers_finish (result, &error);

  if (offers != NULL && print_offers (context, offers, &error))
    g_task_return_int (task, STOKER_CLI_DONE);
  else
    g_task_return_error (task, error);
}

static void
start_live_offers (StokerCliContext *context, GTask *task_in)
{
  g_autoptr (GTask) task = task_in;
  StokerOfferQuery query = { NULL };
  GError *error = NULL;
  StokerProvider *provider = stoker_cli_provider_find (context, &error);

  if (provider == NULL || !read_query (context, &query, &error))
    g_task_return_error (task, error);
  else
    stoker_list_offers_async (stoker_cli_context_get_workspace (context), provider,
                              stoker_cli_context_get_cancellable (context), listed_cb,
                              g_steal_pointer (&task));
}

const StokerCliVerb stoker_verbs_offers[] = {
  {
    .name = "offers",
    .arguments = "",
    .summary = N_ ("List what can be rented, and its price"),
    .options = options,
    .shared_options = STOKER_CLI_ONLY_PROVIDER | STOKER_CLI_JSON,
    .parts = STOKER_WORKSPACE_REGISTRY,
    .live_parts = STOKER_CLI_REFRESH_PARTS,
    .start = start_offers,
  },
  { NULL },
};

const StokerCliVerb stoker_verbs_live_offers[] = {
  {
    .name = "providers",
    .action = "offers",
    .arguments = "ID",
    .summary = N_ ("Ask a provider what can be rented right now, and its price"),
    .options = live_options,
    .shared_options = STOKER_CLI_JSON,
    .min_arguments = 1,
    .max_arguments = 1,
    .parts = STOKER_WORKSPACE_REGISTRY | STOKER_WORKSPACE_SECRETS,
    .changes_things = TRUE,
    .start = start_live_offers,
  },
  { NULL },
};
