/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rest-session.h"
#include "test-session.h"

#include "stoker-data-resource.h"
#include "stoker-give-advice.h"

#include <string.h>

/* Services that are paid for each film, and tell how; their lists say 0.08 and 0.10 a film. */
#define FILMS(amount)                                                                              \
  "\"submit\": {\"parameters\": [{\"name\": \"prompt\", \"type\": \"text\", \"required\": true}, " \
  "{\"name\": \"duration\", \"type\": \"seconds\", \"min\": 1, \"max\": 10, \"default\": 5}, "     \
  "{\"name\": \"takes\", \"type\": \"integer\", \"min\": 1, \"max\": 4, \"default\": 1}], "        \
  "\"cost\": [{\"amount\": \"" amount "\", \"per\": \"second\", \"times\": [\"duration\", "        \
  "\"takes\"], \"outputs\": \"takes\", \"source\": \"films.example/prices\", \"as_of\": "          \
  "\"2026-11-20\"}], \"steps\": [{\"method\": \"POST\", \"url\": \"${base.api}/films\", "          \
  "\"body\": {\"json\": \"${job.payload}\"}, \"take\": {\"id\": \"$.id\"}}]}"
#define WORKLOAD(more, payload) \
  "{\"requirements\":{\"type\":\"video\"}" more ",\"payload\":{\"prompt\":\"a door\"" payload "}}"

static void
set_up (RestSession *self)
{
  static const char *const ids[] = { "dear", "cheap", NULL };

  test_session_init ();
  rest_provider_set_up (&self->rest);
  rest_provider_add (&self->rest, "dear", FILMS ("0.05"));
  rest_provider_add (&self->rest, "cheap", FILMS ("0.016"));
  rest_session_open (self, ids);
}

/* The place of a service among those that are paid by the film; -1 when it is not advised. */
static int
find_place (const StokerAdvice *advice, const char *id, const StokerCandidate **found)
{
  int place = 0;

  for (guint i = 0; i < advice->candidates->len; i++)
    {
      const StokerCandidate *candidate = advice->candidates->pdata[i];

      if (candidate->offer.plan->kind != STOKER_PLAN_PER_OUTPUT)
        continue;
      *found = candidate;
      if (g_str_equal (candidate->id, id))
        return place;
      place++;
    }
  return -1;
}

static void
test_ranked (void)
{
  RestSession self = { 0 };
  g_autoptr (StokerAdvice) advice = NULL;
  const StokerCandidate *dear = NULL;
  const StokerCandidate *cheap = NULL;
  const StokerEstimateItem *item = NULL;
  g_autoptr (JsonNode) json = NULL;
  g_autofree char *text = NULL;

  set_up (&self);
  advice = rest_session_advise (&self, WORKLOAD ("", ""));
  g_assert_cmpint (find_place (advice, "cheap", &cheap), <, find_place (advice, "dear", &dear));
  rest_session_assert_money (dear->estimate->total, "0.25");
  rest_session_assert_money (dear->estimate->per_output, "0.25");
  rest_session_assert_money (cheap->estimate->total, "0.08");
  item = g_ptr_array_index (dear->estimate->items, 0);
  g_assert_cmpstr (item->label, ==, "Price of this request");
  g_assert_cmpstr (item->formula, ==, "$0.05 per second × 5 (duration) × 1 (takes)");
  g_assert_cmpstr (item->source, ==, "films.example/prices");
  /* Only one model of the list costs so much; none costs what the other asks. */
  g_assert_cmpstr (cheap->offer.output_model, ==, "AnimateDiff");
  g_assert_null (dear->offer.output_model);

  json = stoker_candidate_to_json (dear, g_get_real_time ());
  text = stoker_json_to_string (json, FALSE);
  g_assert_nonnull (strstr (text, "\"request_price\":{\"amount\":\"0.25\",\"currency\":\"USD\"}"));
  g_assert_cmpstr (self.rest.requests->str, ==, "");
  g_clear_pointer (&advice, stoker_advice_unref);
  rest_session_tear_down (&self);
}

/* Seven films at three a request take three requests. */
static void
test_many (void)
{
  RestSession self = { 0 };
  g_autoptr (StokerAdvice) advice = NULL;
  const StokerCandidate *dear = NULL;
  const StokerEstimateItem *item = NULL;

  set_up (&self);
  advice = rest_session_advise (&self, WORKLOAD (",\"outputs\":{\"count\":7,\"per_month\":60}",
                                                 ",\"takes\":3"));
  g_assert_cmpint (find_place (advice, "dear", &dear), >=, 0);
  rest_session_assert_money (dear->estimate->total, "2.25");
  rest_session_assert_money (dear->estimate->per_month, "15");
  item = g_ptr_array_index (dear->estimate->items, 0);
  g_assert_cmpstr (item->formula, ==, "$0.05 per second × 5 (duration) × 3 (takes) × 3 requests");
  g_assert_nonnull (strstr (item->note, "One job sends one request; 7 outputs take 3 of them."));
  g_clear_pointer (&advice, stoker_advice_unref);
  rest_session_tear_down (&self);
}

/* A request that it does not take has no price: its list is all that is known. */
static void
test_refused (void)
{
  RestSession self = { 0 };
  g_autoptr (StokerAdvice) refused = NULL;
  g_autoptr (StokerAdvice) empty = NULL;
  const StokerCandidate *dear = NULL;

  set_up (&self);
  refused = rest_session_advise (&self, WORKLOAD (",\"outputs\":2", ",\"duration\":30"));
  g_assert_cmpint (find_place (refused, "dear", &dear), >=, 0);
  rest_session_assert_money (dear->estimate->total, "0.16");
  g_assert_null (dear->offer.request);
  empty = rest_session_advise (&self, "{\"requirements\":{\"type\":\"video\"},\"outputs\":2}");
  g_assert_cmpint (find_place (empty, "dear", &dear), >=, 0);
  rest_session_assert_money (dear->estimate->total, "0.16");
  g_clear_pointer (&refused, stoker_advice_unref);
  g_clear_pointer (&empty, stoker_advice_unref);
  rest_session_tear_down (&self);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (stoker_data_get_resource ());

  g_test_add_func ("/price-offers/ranked", test_ranked);
  g_test_add_func ("/price-offers/many", test_many);
  g_test_add_func ("/price-offers/refused", test_refused);
  return g_test_run ();
}
