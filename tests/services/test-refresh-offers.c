/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rest-session.h"
#include "test-session.h"

#include "stoker-data-resource.h"
#include "stoker-error.h"
#include "stoker-give-advice.h"
#include "stoker-json.h"
#include "stoker-live-offers-private.h"
#include "stoker-paths.h"
#include "stoker-price-request.h"
#include "stoker-refresh-offers.h"
#include "stoker-request-parameters.h"

#include <string.h>

/* A service that rents out machines by the hour; "deployment" is a plan it does not speak of. */
#define OFFERS                                                                                                                 \
  "\"offers\": {\"steps\": [{\"url\": \"${base.api}/gpus\"}], \"records\": [{\"items\": "                                      \
  "\"$.gpus[*]\", \"fields\": {\"plan\": {\"value\": \"public\"}, \"id\": {\"path\": \"$.id\", \"required\": true}, \"gpu\": " \
  "\"$.name\", \"vram_gb\": {\"path\": \"$.vram\", \"as\": \"number\"}, \"region\": \"$.place\", "                             \
  "\"price\": {\"path\": \"$.usd\", \"as\": \"usd\"}, \"unit\": {\"value\": \"hour\"}, "                                       \
  "\"available\": {\"path\": \"$.free\", \"map\": {\"0\": \"no\", \"*\": \"yes\"}}}}]}"
/* One that makes something of words, for so much each. */
#define MODEL                                                                                              \
  "\"offers\": {\"keep\": [\"input\", \"price\"], \"steps\": [{\"url\": \"${base.api}/model\", "           \
  "\"take\": {\"input\": \"$.takes\", \"price\": {\"path\": \"$.usd\", \"as\": \"usd\"}}}]}, \"submit\": " \
  "{\"parameters\": [{\"name\": \"input\", \"type\": \"described\"}], \"cost\": [{\"when\": "              \
  "{\"described.price\": true}, \"amount\": \"${described.price}\", \"times\": [\"count\"], \"as_of\": "   \
  "\"${described.at}\"}], \"steps\": [{\"method\": \"POST\", \"url\": \"${base.api}/make\"}]}"
#define ASK "GET /mill/gpus"
#define GPU(id, usd, free)                                                                       \
  "{\"id\": \"" id "\", \"name\": \"RTX 4090\", \"vram\": 24, \"place\": \"X-1\", \"usd\": " usd \
  ", \"free\": " free "}"
#define GPUS(list) "{\"gpus\": [" list "]}"
#define WORKLOAD "{\"requirements\":{\"min_vram_gb\":20,\"estimated_minutes\":60}}"
#define DAY_US G_TIME_SPAN_DAY

static const char *const ids[] = { "mill", NULL };

static StokerProvider *
get_mill (RestSession *self)
{
  return stoker_workspace_lookup_provider (self->workspace, "mill");
}

static void
answer (RestSession *self, const char *json)
{
  rest_session_answer_now (self, ASK, 200, json);
}

static gboolean
refresh (RestSession *self, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  stoker_refresh_offers_async (self->workspace, get_mill (self), NULL, test_session_take_result,
                               &result);
  return stoker_refresh_offers_finish (test_session_wait (&result), error);
}

static void
must_refresh (RestSession *self)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (refresh (self, &error));
  g_assert_no_error (error);
}

static void
open_again (RestSession *self)
{
  test_session_close (self->workspace);
  self->workspace = test_session_open (STOKER_WORKSPACE_ALL);
}

/* How many of mill's offers are of a plan, and the first of them. */
static guint
count (StokerOfferTable *table, const char *plan, StokerOffer *first)
{
  guint n_found = 0;

  for (guint i = 0; i < stoker_offer_table_get_length (table); i++)
    {
      const StokerOffer *offer = stoker_offer_table_get (table, i);

      if (!g_str_equal (offer->provider_id, "mill") || !g_str_equal (offer->plan->id, plan))
        continue;
      if (n_found++ == 0)
        *first = *offer;
    }
  return n_found;
}

static void
assert_price (RestSession *self, const char *decimal, gboolean is_live)
{
  g_autoptr (StokerOfferTable) table = stoker_list_current_offers (self->workspace);
  StokerOffer offer = { NULL };
  guint n_public = count (table, "public", &offer);

  g_assert_cmpuint (n_public, >, 0);
  g_assert_cmpint (offer.is_live, ==, is_live);
  if (is_live)
    {
      g_assert_cmpuint (n_public, ==, 1);
      rest_session_assert_money (offer.price, decimal);
      g_assert_cmpstr (offer.offer_id, ==, "a");
      g_assert_nonnull (strstr (offer.source, "asked live"));
      g_assert_cmpint (g_get_real_time () - offer.as_of_us, <, 60 * G_USEC_PER_SEC);
    }
  /* What it does not speak of has its list prices. */
  g_assert_cmpuint (count (table, "deployment", &offer), >, 1);
  g_assert_false (offer.is_live);
}

/* An answer that cannot be read is told, and counts for nothing; a price below zero is none. */
static void
test_unreadable (void)
{
  RestSession self = { 0 };
  g_autoptr (GError) error = NULL;

  rest_session_set_up (&self, ids, OFFERS);
  answer (&self, "{\"gpus\": [{\"name\": \"RTX 4090\", \"usd\": 0.1, \"free\": 1}]}");
  g_assert_false (refresh (&self, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_PROTOCOL);
  g_assert_nonnull (strstr (error->message, "id"));
  answer (&self, GPUS (GPU ("a", "-1", "1")));
  must_refresh (&self);
  assert_price (&self, NULL, FALSE);
  rest_session_tear_down (&self);
}

static void
test_merged (void)
{
  RestSession self = { 0 };
  StokerLiveOffers *live = NULL;
  gint64 asked_us = 0;

  rest_session_set_up (&self, ids, OFFERS);
  assert_price (&self, NULL, FALSE);
  answer (&self, GPUS (GPU ("a", "0.40", "3")));
  must_refresh (&self);
  assert_price (&self, "0.4", TRUE);
  answer (&self, GPUS (GPU ("a", "0.35", "3")));
  must_refresh (&self);
  assert_price (&self, "0.35", TRUE);

  /* It outlives the program, and becomes too old. */
  open_again (&self);
  assert_price (&self, "0.35", TRUE);
  live = stoker_workspace_get_live_offers (self.workspace);
  asked_us = stoker_live_offers_get_asked_us (live, get_mill (&self));
  g_assert_nonnull (
    stoker_live_offers_lookup (live, get_mill (&self), asked_us + 5 * G_TIME_SPAN_HOUR));
  g_assert_null (
    stoker_live_offers_lookup (live, get_mill (&self), asked_us + 7 * G_TIME_SPAN_HOUR));
  g_assert_null (
    stoker_live_offers_lookup (live, get_mill (&self), asked_us - 2 * G_TIME_SPAN_HOUR));

  /* Asked with other settings it would answer otherwise. */
  stoker_provider_set_config (get_mill (&self), "region", "X-2");
  g_assert_cmpint (stoker_live_offers_get_asked_us (live, get_mill (&self)), ==, 0);
  assert_price (&self, NULL, FALSE);
  rest_session_tear_down (&self);
}

static const StokerCandidate *
find_candidate (const StokerAdvice *advice, const char *plan)
{
  for (guint i = 0; i < advice->candidates->len; i++)
    {
      const StokerCandidate *candidate = advice->candidates->pdata[i];

      if (g_str_equal (candidate->id, "mill") && g_str_equal (candidate->offer.plan->id, plan))
        return candidate;
    }
  return NULL;
}

static const StokerRejection *
find_rejection (const StokerAdvice *advice, const char *group)
{
  for (guint i = 0; i < advice->rejected->len; i++)
    {
      const StokerRejection *rejection = advice->rejected->pdata[i];

      if (g_str_equal (rejection->id, "mill") && g_str_equal (rejection->group, group))
        return rejection;
    }
  return NULL;
}

/* What is not free is not advised; what is free is, although it is dearer. */
static void
test_sold_out (void)
{
  RestSession self = { 0 };
  g_autoptr (StokerAdvice) gone = NULL;
  g_autoptr (StokerAdvice) dear = NULL;
  const StokerRejection *rejection = NULL;

  rest_session_set_up (&self, ids, OFFERS);
  answer (&self, GPUS (GPU ("a", "0.40", "0")));
  must_refresh (&self);
  gone = rest_session_advise (&self, WORKLOAD);
  g_assert_null (find_candidate (gone, "public"));
  rejection = find_rejection (gone, "unavailable");
  g_assert_cmpstr (rejection->offer, ==, "RTX 4090, X-1");
  g_assert_nonnull (strstr (rejection->reason, "when it was asked (just now)"));

  answer (&self, GPUS (GPU ("a", "0.40", "0") "," GPU ("b", "0.90", "1")));
  must_refresh (&self);
  dear = rest_session_advise (&self, WORKLOAD);
  g_assert_cmpstr (find_candidate (dear, "public")->offer.offer_id, ==, "b");
  g_assert_nonnull (find_rejection (dear, "unavailable"));
  rest_session_tear_down (&self);
}

/* What the user was told, by any thread. */
static int n_told;

static GLogWriterOutput
write_log (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  for (gsize i = 0; i < n_fields; i++)
    if ((level & G_LOG_LEVEL_MESSAGE) != 0 && g_str_equal (fields[i].key, "MESSAGE") &&
        strstr (fields[i].value, "mill.json:") != NULL &&
        strstr (fields[i].value, "mill.json.damaged") != NULL)
      {
        g_atomic_int_inc (&n_told);
        return G_LOG_WRITER_HANDLED;
      }
  return g_log_writer_default (level, fields, n_fields, user_data);
}

static char *
get_file (const char *root, const char *folder)
{
  return g_build_filename (root, folder, "mill.json", NULL);
}

/* A file that cannot be read is put aside, told of once, and nothing else is hurt. */
static void
test_damaged (void)
{
  RestSession self = { 0 };
  g_autofree char *cache = stoker_paths_get_cache_dir ();
  g_autofree char *path = get_file (cache, "offers");
  g_autofree char *aside = g_strconcat (path, ".damaged", NULL);
  g_autofree char *text = NULL;

  rest_session_set_up (&self, ids, OFFERS);
  answer (&self, GPUS (GPU ("a", "0.40", "1")));
  must_refresh (&self);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_true (g_file_set_contents (path, text, (gssize) strlen (text) / 2, NULL));

  g_assert_cmpint (g_atomic_int_get (&n_told), ==, 0);
  open_again (&self);
  g_assert_cmpint (g_atomic_int_get (&n_told), ==, 1);
  assert_price (&self, NULL, FALSE);
  g_assert_true (g_file_test (aside, G_FILE_TEST_EXISTS));
  open_again (&self);
  g_assert_cmpint (g_atomic_int_get (&n_told), ==, 1);
  must_refresh (&self);
  assert_price (&self, "0.4", TRUE);
  rest_session_tear_down (&self);
}

static StokerRefreshReport *
refresh_all (RestSession *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  StokerRefreshReport *report = NULL;

  stoker_refresh_all_offers_async (self->workspace, NULL, NULL, NULL, test_session_take_result,
                                   &result);
  report = stoker_refresh_all_offers_finish (test_session_wait (&result), &error);
  g_assert_no_error (error);
  return report;
}

/* Who does not answer is told by name, and what it told before counts on. */
static void
test_all (void)
{
  RestSession self = { 0 };
  g_autoptr (StokerRefreshReport) good = NULL;
  g_autoptr (StokerRefreshReport) bad = NULL;
  g_autoptr (StokerRefreshReport) held = NULL;
  g_autoptr (StokerRefreshReport) none = NULL;

  rest_session_set_up (&self, ids, OFFERS);
  answer (&self, GPUS (GPU ("a", "0.40", "1")));
  good = refresh_all (&self);
  g_assert_cmpuint (good->n_asked, ==, 1);
  g_assert_cmpuint (good->n_answered, ==, 1);

  rest_session_answer_now (&self, ASK, 403, "{\"error\": \"closed\"}");
  bad = refresh_all (&self);
  g_assert_cmpuint (bad->n_answered, ==, 0);
  g_assert_cmpuint (bad->failures->len, ==, 1);
  g_assert_nonnull (strstr (bad->failures->pdata[0], "mill did not tell its prices: "));
  assert_price (&self, "0.4", TRUE);

  stoker_settings_set_flag (stoker_workspace_get_settings (self.workspace), "enable_public_gpu",
                            FALSE);
  held = refresh_all (&self);
  g_assert_nonnull (strstr (held->failures->pdata[0], "enable_public_gpu"));
  g_assert_cmpuint (rest_provider_count (&self.rest, ASK), ==, 2);
  stoker_provider_set_active (get_mill (&self), FALSE);
  none = refresh_all (&self);
  g_assert_cmpuint (none->n_asked, ==, 0);
  rest_session_tear_down (&self);
}

static void
test_cancelled (void)
{
  RestSession self = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rest_session_set_up (&self, ids, OFFERS);
  rest_session_answer_now (&self, ASK, 0, "");
  stoker_refresh_all_offers_async (self.workspace, NULL, NULL, cancellable,
                                   test_session_take_result, &result);
  g_cancellable_cancel (cancellable);
  g_assert_null (stoker_refresh_all_offers_finish (test_session_wait (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&result);
  rest_session_tear_down (&self);
}

/* Prices of days that are long over. */

static StokerOfferTable *
make_day (StokerOfferTable *listed, gint64 day, const char *price, const char *dearer)
{
  StokerOfferTable *table = stoker_offer_table_new (NULL);
  StokerOffer offer = *stoker_offer_table_get (listed, 0);

  offer.is_live = TRUE;
  offer.as_of_us = day * DAY_US + DAY_US / 2;
  offer.price_unit = STOKER_UNIT_HOUR;
  offer.offer_id = "of-that-day";
  g_assert_true (stoker_money_parse (dearer, "USD", &offer.price, NULL));
  stoker_offer_table_append (table, &offer);
  g_assert_true (stoker_money_parse (price, "USD", &offer.price, NULL));
  stoker_offer_table_append (table, &offer);
  g_assert_true (stoker_money_parse ("0.01", "USD", &offer.price, NULL));
  offer.is_available = STOKER_TRI_NO;
  stoker_offer_table_append (table, &offer);
  return table;
}

static char *
describe (StokerOfferTable *points)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < stoker_offer_table_get_length (points); i++)
    {
      const StokerOffer *point = stoker_offer_table_get (points, i);
      g_autofree char *price = stoker_money_to_decimal (point->price);

      g_string_append_printf (text, "%d:%s ", (int) (point->as_of_us / DAY_US), price);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* The cheapest that was free, once a day, and while it stays the same only its first and last day.
 */
static void
test_history (void)
{
  static const struct
  {
    gint64 day;
    const char *price;
    const char *expected;
  } days[] = {
    { 20000, "0.5", "20000:0.5 " },           { 20000, "0.6", "20000:0.6 " },
    { 20001, "0.6", "20000:0.6 20001:0.6 " }, { 20002, "0.6", "20000:0.6 20002:0.6 " },
    { 20005, "0.6", "20000:0.6 20005:0.6 " }, { 20006, "0.4", "20000:0.6 20005:0.6 20006:0.4 " },
  };
  RestSession self = { 0 };
  StokerCatalog *catalog = NULL;
  g_autoptr (StokerOfferTable) listed = NULL;
  g_autoptr (StokerOfferTable) past = NULL;

  rest_session_set_up (&self, ids, OFFERS);
  catalog = stoker_workspace_get_catalog (self.workspace);
  listed = stoker_offer_table_new (catalog);
  stoker_offer_table_append_profile (listed, stoker_catalog_lookup (catalog, "mill"), NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (days); i++)
    {
      g_autoptr (StokerOfferTable) told = make_day (listed, days[i].day, days[i].price, "0.9");
      StokerOfferTable *next = stoker_price_history_extend (catalog, past, told);
      g_autofree char *text = describe (next);

      g_assert_cmpstr (text, ==, days[i].expected);
      g_set_object (&past, next);
      g_object_unref (next);
    }
  g_assert_null (stoker_offer_table_get (past, 0)->offer_id);
  g_clear_object (&past);
  g_clear_object (&listed);
  rest_session_tear_down (&self);
}

/* Only so many; the oldest go. */
static void
test_history_is_bounded (void)
{
  RestSession self = { 0 };
  g_autoptr (StokerOfferTable) listed = NULL;
  g_autoptr (StokerOfferTable) past = NULL;
  StokerCatalog *catalog = NULL;

  rest_session_set_up (&self, ids, OFFERS);
  catalog = stoker_workspace_get_catalog (self.workspace);
  listed = stoker_offer_table_new (catalog);
  past = stoker_offer_table_new (catalog);
  stoker_offer_table_append_profile (listed, stoker_catalog_lookup (catalog, "mill"), NULL);
  for (guint i = 0; i < STOKER_PRICE_HISTORY_MAX; i++)
    {
      StokerOffer offer = *stoker_offer_table_get (listed, 0);

      offer.as_of_us = i * DAY_US;
      stoker_offer_table_append (past, &offer);
    }
  {
    g_autoptr (StokerOfferTable) told = make_day (listed, 20000, "0.5", "0.9");
    g_autoptr (StokerOfferTable) next = stoker_price_history_extend (catalog, past, told);

    g_assert_cmpuint (stoker_offer_table_get_length (next), ==, STOKER_PRICE_HISTORY_MAX);
    g_assert_cmpint (stoker_offer_table_get (next, 0)->as_of_us, ==, DAY_US);
  }
  g_clear_object (&past);
  g_clear_object (&listed);
  rest_session_tear_down (&self);
}

/* Advice brings it along for the chart, and does not weigh it. */
static void
test_history_in_advice (void)
{
  RestSession self = { 0 };
  g_autoptr (StokerAdvice) advice = NULL;

  rest_session_set_up (&self, ids, OFFERS);
  answer (&self, GPUS (GPU ("a", "0.40", "1")));
  must_refresh (&self);
  open_again (&self);
  advice = rest_session_advise (&self, WORKLOAD);
  g_assert_cmpuint (stoker_offer_table_get_length (advice->history), ==, 1);
  g_assert_cmpstr (find_candidate (advice, "public")->offer.offer_id, ==, "a");
  g_clear_pointer (&advice, stoker_advice_unref);
  rest_session_tear_down (&self);
}

/* What a model takes and costs, as its service tells it; with those members of a request it has. */
static void
assert_request (RestSession *self, const char *names, const char *cost)
{
  g_autoptr (StokerWorkload) workload = rest_session_read_workload (
    "{\"requirements\":{\"min_vram_gb\":20},\"payload\":{\"words\":\"a fox\",\"count\":3}}");
  g_autoptr (JsonNode)
    parameters = stoker_list_request_parameters (self->workspace, "mill", workload, NULL);
  g_autofree char *text = stoker_json_to_string (parameters, FALSE);
  g_autoptr (StokerEstimate) price = NULL;
  g_autofree char *total = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (text, ==, names);
  g_assert_true (stoker_price_request (self->workspace, "mill", workload, NULL, &price, &error));
  g_assert_no_error (error);
  total = price != NULL ? stoker_money_to_decimal (price->total) : NULL;
  g_assert_cmpstr (total, ==, cost);
}

/* It is kept with the offers, of which there need not be any, also over a restart. */
static void
test_described (void)
{
  const char *rules =
    "[{\"name\":\"words\",\"type\":\"text\",\"required\":true},{\"name\":\"count\","
    "\"type\":\"integer\",\"max\":4}]";
  const char *told = "{\"usd\": 0.04, \"takes\": {\"required\": [\"words\"], \"properties\": "
                     "{\"words\": {\"type\": \"string\"}, \"count\": {\"type\": \"integer\", "
                     "\"maximum\": 4}}}}";
  RestSession self = { 0 };

  rest_session_set_up (&self, ids, MODEL);
  rest_session_answer_now (&self, "GET /mill/model", 200, told);
  assert_request (&self, "[]", NULL);
  must_refresh (&self);
  assert_request (&self, rules, "0.12");
  open_again (&self);
  assert_request (&self, rules, "0.12");
  rest_session_answer_now (&self, "GET /mill/model", 200, "{}");
  must_refresh (&self);
  assert_request (&self, "[]", NULL);
  rest_session_tear_down (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (stoker_data_get_resource ());
  g_log_set_writer_func (write_log, NULL, NULL);

  g_test_add_func ("/refresh-offers/merged", test_merged);
  g_test_add_func ("/refresh-offers/unreadable", test_unreadable);
  g_test_add_func ("/refresh-offers/sold-out", test_sold_out);
  g_test_add_func ("/refresh-offers/damaged", test_damaged);
  g_test_add_func ("/refresh-offers/all", test_all);
  g_test_add_func ("/refresh-offers/cancelled", test_cancelled);
  g_test_add_func ("/refresh-offers/described", test_described);
  g_test_add_func ("/refresh-offers/history", test_history);
  g_test_add_func ("/refresh-offers/history-is-bounded", test_history_is_bounded);
  g_test_add_func ("/refresh-offers/history-in-advice", test_history_in_advice);
  return g_test_run ();
}
