/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "example-profile.h"
#include "stoker-advice.h"

typedef struct
{
  StokerCatalog *catalog;
  StokerOfferTable *offers;
  StokerAdvice *advice;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) node = stoker_json_parse ("{}", -1, "w", NULL);
  g_autoptr (StokerWorkload) workload = stoker_workload_decode (node, "w", NULL);

  fixture->catalog = example_profile_load_catalog ();
  fixture->offers = stoker_offer_table_new (fixture->catalog);
  stoker_offer_table_append_profile (fixture->offers,
                                     stoker_catalog_lookup (fixture->catalog, "example"), NULL);
  fixture->advice = stoker_advice_new (workload, fixture->offers, G_USEC_PER_SEC);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  stoker_advice_unref (fixture->advice);
  g_assert_finalize_object (fixture->offers);
  g_assert_finalize_object (fixture->catalog);
}

static StokerCandidate *
add_candidate (Fixture *fixture, guint offer, const char *id, gint64 nanos)
{
  StokerCandidate *candidate =
    stoker_candidate_new (stoker_offer_table_get (fixture->offers, offer), id, "Name");

  candidate->estimate = stoker_estimate_new ();
  candidate->estimate->total = nanos >= 0 ? stoker_money_usd (nanos) : stoker_money_unknown ();
  g_ptr_array_add (fixture->advice->candidates, candidate);

  return candidate;
}

static char *
get_text (JsonNode *node, const char *name)
{
  StokerJsonPlace root = stoker_json_root (node, "advice");
  char *text = NULL;

  g_assert_true (stoker_json_get_string (&root, name, STOKER_JSON_OPTIONAL, &text, NULL));

  return text;
}

static void
test_candidate (Fixture *fixture, gconstpointer data)
{
  const StokerCandidate *candidate = add_candidate (fixture, 0, "mine", 1);

  g_assert_cmpstr (candidate->service, ==, "example");
  g_assert_cmpstr (candidate->residency, ==, "eu");
  g_assert_cmpstr (candidate->offer.gpu, ==, "RTX 4090");
}

static void
test_chosen_and_remote (Fixture *fixture, gconstpointer data)
{
  StokerAdvice *advice = fixture->advice;
  StokerCandidate *local = add_candidate (fixture, 3, "local", 0);
  StokerCandidate *remote = add_candidate (fixture, 0, "mine", 5);

  local->is_local = TRUE;
  g_assert_null (stoker_advice_get_chosen (advice));
  g_assert_true (stoker_advice_get_remote_candidate (advice) == remote);
  advice->chosen = 0;
  g_assert_true (stoker_advice_get_chosen (advice) == local);
  g_assert_true (stoker_advice_get_remote_candidate (advice) == remote);
  advice->chosen = 7;
  g_assert_null (stoker_advice_get_chosen (advice));
}

static void
test_json_of_a_choice (Fixture *fixture, gconstpointer data)
{
  StokerAdvice *advice = fixture->advice;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *choice = NULL;
  g_autofree char *provider = NULL;
  g_autofree char *cost = NULL;
  g_autofree char *hint = NULL;
  StokerJsonPlace root, remote, rejected, candidates;
  StokerCandidate *candidate = add_candidate (fixture, 0, "mine", 450000000);

  add_candidate (fixture, 1, "mine", -1);
  candidate->policy_hint = g_strdup ("For pictures.");
  g_ptr_array_add (candidate->warnings, g_strdup ("careful"));
  g_ptr_array_add (advice->rejected,
                   stoker_rejection_new ("vast", "Vast.ai", NULL, "opt-in", "needs your consent"));
  advice->chosen = 0;
  advice->choice = STOKER_CHOICE_REMOTE;
  advice->reason = g_strdup ("because");
  node = stoker_advice_to_json (advice, 1);
  root = stoker_json_root (node, "advice");
  remote = stoker_json_member (&root, "remote_candidate");
  rejected = stoker_json_member (&root, "rejected");
  candidates = stoker_json_member (&root, "candidates");
  choice = get_text (node, "choice");
  provider = get_text (node, "provider");
  cost = get_text (node, "estimated_cost");

  g_assert_cmpstr (choice, ==, "remote");
  g_assert_cmpstr (provider, ==, "mine");
  g_assert_cmpstr (cost, ==, "$0.45");
  g_assert_true (
    stoker_json_get_string (&remote, "policy_hint", STOKER_JSON_REQUIRED, &hint, NULL));
  g_assert_cmpstr (hint, ==, "For pictures.");
  g_assert_cmpuint (stoker_json_length (&rejected), ==, 1);
  g_assert_cmpuint (stoker_json_length (&candidates), ==, 1);
}

/* Every member of the form is there, whatever the advice. */
static void
test_json_of_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) node = stoker_advice_to_json (fixture->advice, 0);
  g_autofree char *text = stoker_json_to_string (node, FALSE);

  g_assert_cmpstr (text, ==,
                   "{\"choice\":\"cpu\",\"provider\":null,\"estimated_cost\":null,\"reason\":null,"
                   "\"remote_candidate\":null,"
                   "\"candidates\":[],\"rejected\":[],\"warnings\":[],\"chain\":[],\"analysis\":"
                   "null,\"job_summary\":null,"
                   "\"made_at\":\"1970-01-01T00:00:01Z\"}");
}

static void
test_unknown_cost_is_null (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *cost = NULL;

  add_candidate (fixture, 0, "mine", -1);
  fixture->advice->chosen = 0;
  node = stoker_advice_to_json (fixture->advice, 0);
  cost = get_text (node, "estimated_cost");
  g_assert_null (cost);
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("/advice/candidate", test_candidate);
  ADD ("/advice/chosen-and-remote", test_chosen_and_remote);
  ADD ("/advice/json-of-a-choice", test_json_of_a_choice);
  ADD ("/advice/json-of-nothing", test_json_of_nothing);
  ADD ("/advice/unknown-cost-is-null", test_unknown_cost_is_null);

  return g_test_run ();
}
