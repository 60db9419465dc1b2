/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-advice-phrases.h"
#include "stoker-closures.h"
#include "stoker-error.h"
#include "stoker-job-phrases.h"
#include "stoker-phrases.h"
#include "stoker-provider-phrases.h"

#define DAY_US (G_GINT64_CONSTANT (24) * 3600 * G_USEC_PER_SEC)

static void
test_page_state (void)
{
  g_autoptr (GObject) workspace = g_object_new (G_TYPE_OBJECT, NULL);
  const struct
  {
    gboolean has_workspace;
    const char *problem;
    gboolean has_content;
    const char *expected;
  } cases[] = {
    { FALSE, NULL, FALSE, "loading" },        { FALSE, NULL, TRUE, "loading" },
    { TRUE, NULL, FALSE, "empty" },           { TRUE, NULL, TRUE, "content" },
    { FALSE, "no such file", TRUE, "error" }, { TRUE, "no such file", TRUE, "error" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *state = stoker_closure_page_state (NULL,
                                                          cases[i].has_workspace ? workspace : NULL,
                                                          cases[i].problem, cases[i].has_content);

      g_assert_cmpstr (state, ==, cases[i].expected);
    }
}

static void
test_small_closures (void)
{
  g_autofree char *none = stoker_closure_count (NULL, 0);
  g_autofree char *three = stoker_closure_count (NULL, 3);

  g_assert_cmpstr (none, ==, "");
  g_assert_cmpstr (three, ==, "3");
  g_assert_false (stoker_closure_has_text (NULL, NULL));
  g_assert_false (stoker_closure_has_text (NULL, ""));
  g_assert_true (stoker_closure_has_text (NULL, "x"));
}

static void
test_field_label (void)
{
  const struct
  {
    const char *id;
    const char *expected;
  } cases[] = {
    { "api_key", "API Key" },
    { "ssh_key_path", "SSH Key File" },
    { "endpoint", "Address" },
    { "my_own-field", "My Own Field" },
    { "x", "X" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *label = stoker_phrase_field_label (cases[i].id);

      g_assert_cmpstr (label, ==, cases[i].expected);
    }
}

static void
test_residency (void)
{
  g_autofree char *place = stoker_phrase_residency ("eu");
  g_autofree char *nowhere = stoker_phrase_residency ("unknown");

  g_assert_cmpstr (place, ==, "the EU");
  g_assert_null (nowhere);
  g_assert_cmpstr (stoker_phrase_residency_title ("eu"), ==, "European Union");
  g_assert_cmpstr (stoker_phrase_residency_title ("unknown"), ==, "Residency Not Confirmed");
  g_assert_cmpstr (stoker_phrase_residency_title (NULL), ==, "Residency Not Confirmed");
}

static void
test_money (void)
{
  g_autofree char *unknown = stoker_phrase_money (stoker_money_unknown ());
  g_autofree char *unknown_cost = stoker_phrase_about (stoker_money_unknown ());
  g_autofree char *free_cost = stoker_phrase_about (stoker_money_usd (0));
  g_autofree char *cents = stoker_phrase_about (stoker_money_usd (450000000));

  g_assert_cmpstr (unknown, ==, "unknown");
  g_assert_cmpstr (unknown_cost, ==, "cost unknown");
  g_assert_cmpstr (free_cost, ==, "no charge");
  g_assert_cmpstr (cents, ==, "about $0.45");
}

static void
test_price (void)
{
  const gint64 now_us = 1000 * DAY_US;
  StokerPrice price = { 0 };
  g_autofree char *unknown = NULL;
  g_autofree char *free_of_charge = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *dated = NULL;

  stoker_price_init_unknown (&price, STOKER_UNIT_HOUR);
  unknown = stoker_phrase_dated_price (&price, now_us);
  g_assert_cmpstr (unknown, ==, "price unknown");
  price.amount = stoker_money_usd (0);
  free_of_charge = stoker_phrase_price (&price);
  g_assert_cmpstr (free_of_charge, ==, "free");
  price.amount = stoker_money_usd (340000000);
  plain = stoker_phrase_price (&price);
  g_assert_cmpstr (plain, ==, "$0.34/h");
  price.fact.as_of_us = now_us - 4 * DAY_US;
  dated = stoker_phrase_dated_price (&price, now_us);
  g_assert_cmpstr (dated, ==, "$0.34/h, 4 days old");
  stoker_price_clear (&price);
}

static void
test_age (void)
{
  const gint64 now_us = 1000 * DAY_US + DAY_US / 2;
  const struct
  {
    gint64 then_us;
    const char *expected;
  } cases[] = {
    { 0, "age unknown" },
    { now_us - DAY_US / 2, "as of today" },
    { now_us - DAY_US / 288, "5 min ago" },
    { now_us - DAY_US / 4, "6 h ago" },
    { now_us - 20 * (DAY_US / 24), "20 h ago" },
    { now_us - DAY_US, "1 day old" },
    { now_us - 12 * DAY_US, "12 days old" },
    { now_us - 70 * DAY_US, "2 months old" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *age = stoker_phrase_age (cases[i].then_us, now_us);

      g_assert_cmpstr (age, ==, cases[i].expected);
    }
}

static void
test_sentence (void)
{
  const struct
  {
    const char *message;
    const char *expected;
  } cases[] = {
    { "", "" },
    { "the keyring is locked", "The keyring is locked" },
    { "über", "Über" },
    { "RunPod says no", "RunPod says no" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sentence = stoker_phrase_sentence (cases[i].message);

      g_assert_cmpstr (sentence, ==, cases[i].expected);
    }
}

static void
test_health (void)
{
  g_autoptr (StokerHealth) good = stoker_health_new (TRUE, 1, NULL);
  g_autoptr (StokerHealth) bad = stoker_health_new (FALSE, 1, "the key was refused");
  g_autofree char *none = stoker_phrase_health (NULL);
  g_autofree char *working = NULL;
  g_autofree char *rejected = NULL;

  g_assert_cmpstr (none, ==, "Not checked");
  good->latency_us = 84000;
  working = stoker_phrase_health (good);
  g_assert_cmpstr (working, ==, "Working · 84 ms");
  g_assert_cmpstr (stoker_phrase_health_class (good), ==, "success");
  bad->error_code = STOKER_ERROR_AUTH;
  rejected = stoker_phrase_health (bad);
  g_assert_cmpstr (rejected, ==, "Key rejected");
  g_assert_cmpstr (stoker_phrase_health_class (bad), ==, "error");
}

static void
test_job_words (void)
{
  for (int state = STOKER_JOB_WAITING; state <= STOKER_JOB_LOST; state++)
    {
      g_assert_cmpstr (stoker_phrase_job_state (state), !=, "");
      g_assert_true (g_str_has_suffix (stoker_phrase_job_icon (state), "-symbolic"));
      g_assert_cmpstr (stoker_phrase_job_class (state), !=, "");
    }
  /* A lost job is never shown like a finished one. */
  g_assert_cmpstr (stoker_phrase_job_class (STOKER_JOB_LOST), ==, "warning");
  g_assert_cmpstr (stoker_phrase_job_state (STOKER_JOB_LOST), !=,
                   stoker_phrase_job_state (STOKER_JOB_SUCCEEDED));
}

static void
test_job_cost (void)
{
  const StokerMoney unknown = stoker_money_unknown ();
  const StokerMoney some = stoker_money_usd (210000000);
  const StokerMoney all = stoker_money_usd (450000000);
  const struct
  {
    StokerMoney accrued;
    StokerMoney estimated;
    gboolean is_dry_run;
    const char *expected;
  } cases[] = {
    { some, all, FALSE, "$0.21 of about $0.45" }, { some, unknown, FALSE, "$0.21 so far" },
    { unknown, all, FALSE, "about $0.45" },       { unknown, unknown, FALSE, "cost unknown" },
    { some, all, TRUE, "Dry run, no cost" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = stoker_phrase_job_cost (cases[i].accrued, cases[i].estimated,
                                                      cases[i].is_dry_run);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

/* Nothing comes on top of what an ended job has cost. */
static void
test_cost_of_job (void)
{
  g_autoptr (StokerJob) job = stoker_job_new ("a", "A", "first");
  g_autofree char *going_on = NULL;
  g_autofree char *ended = NULL;
  g_autofree char *estimated = NULL;

  stoker_job_set_accrued (job, stoker_money_usd (210000000));
  stoker_job_set_estimated (job, stoker_money_unknown ());
  stoker_job_set_state (job, STOKER_JOB_RUNNING);
  going_on = stoker_phrase_cost_of_job (job);
  g_assert_cmpstr (going_on, ==, "$0.21 so far");
  stoker_job_set_state (job, STOKER_JOB_CANCELLED);
  ended = stoker_phrase_cost_of_job (job);
  g_assert_cmpstr (ended, ==, "$0.21");
  stoker_job_set_estimated (job, stoker_money_usd (450000000));
  estimated = stoker_phrase_cost_of_job (job);
  g_assert_cmpstr (estimated, ==, "$0.21 of about $0.45");
}

static void
test_job_place (void)
{
  const struct
  {
    StokerJobState state;
    guint place;
    const char *expected;
  } cases[] = {
    { STOKER_JOB_WAITING, 0, "Waiting" },        { STOKER_JOB_WAITING, 1, "Waiting, 1st" },
    { STOKER_JOB_WAITING, 2, "Waiting, 2nd" },   { STOKER_JOB_WAITING, 3, "Waiting, 3rd" },
    { STOKER_JOB_WAITING, 4, "Waiting, 4th" },   { STOKER_JOB_WAITING, 11, "Waiting, 11th" },
    { STOKER_JOB_WAITING, 12, "Waiting, 12th" }, { STOKER_JOB_WAITING, 113, "Waiting, 113th" },
    { STOKER_JOB_WAITING, 21, "Waiting, 21st" }, { STOKER_JOB_RUNNING, 2, "Running" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = stoker_phrase_job_place (cases[i].state, cases[i].place);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_amounts (void)
{
  const StokerMoney unknown = stoker_money_unknown ();
  const StokerMoney dollars = stoker_money_usd (450000000);
  const StokerMoney euros = stoker_money_new (1200000000, "EUR");
  const StokerMoney nothing = stoker_money_usd (0);
  const struct
  {
    StokerMoney amounts[3];
    guint n_amounts;
    const char *expected;
    const char *about;
  } cases[] = {
    { { { 0 } }, 0, "$0.00", "no charge" },
    { { nothing }, 1, "$0.00", "no charge" },
    { { unknown }, 1, "unknown", "cost unknown" },
    { { dollars, dollars }, 2, "$0.90", "about $0.90" },
    { { dollars, unknown }, 2, "$0.45 or more", "about $0.45 or more" },
    { { dollars, euros, dollars }, 3, "$0.90 + €1.20", "about $0.90 + €1.20" },
    { { dollars, euros, unknown }, 3, "$0.45 + €1.20 or more", "about $0.45 + €1.20 or more" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      StokerSum sum = { 0 };
      g_autofree char *text = NULL;
      g_autofree char *about = NULL;

      for (guint j = 0; j < cases[i].n_amounts; j++)
        stoker_sum_add (&sum, cases[i].amounts[j]);
      text = stoker_phrase_amounts (&sum);
      about = stoker_phrase_about_amounts (&sum);
      g_assert_cmpstr (text, ==, cases[i].expected);
      g_assert_cmpstr (about, ==, cases[i].about);
    }
}

static void
test_job_progress (void)
{
  const struct
  {
    double progress;
    const char *stage;
    const char *expected;
  } cases[] = {
    { 0.62, "sampling", "62 % · sampling" },
    { 0.62, NULL, "62 %" },
    { -1, "queued", "queued" },
    { -1, NULL, "" },
    { 7, NULL, "100 %" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = stoker_phrase_job_progress (cases[i].progress, cases[i].stage);

      g_assert_cmpstr (text, ==, cases[i].expected);
    }
}

static void
test_job_actions (void)
{
  const struct
  {
    StokerJobState state;
    gboolean may_be_cancelled;
    gboolean may_be_retried;
  } cases[] = {
    { STOKER_JOB_WAITING, TRUE, FALSE },    { STOKER_JOB_RUNNING, TRUE, FALSE },
    { STOKER_JOB_SUCCEEDED, FALSE, FALSE }, { STOKER_JOB_FAILED, FALSE, TRUE },
    { STOKER_JOB_LOST, TRUE, TRUE },        { STOKER_JOB_CANCELLED, FALSE, TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (StokerJob) job = stoker_job_new ("j", "name", "runpod");
      g_autofree char *story = NULL;

      stoker_job_set_state (job, cases[i].state);
      story = stoker_phrase_job_story (job, "RunPod");
      g_assert_cmpint (stoker_job_may_be_cancelled (job), ==, cases[i].may_be_cancelled);
      g_assert_cmpint (stoker_job_may_be_retried (job), ==, cases[i].may_be_retried);
      g_assert_nonnull (strstr (story, "RunPod"));
    }
}

static void
test_run_obstacle (void)
{
  StokerCandidate candidate = { .id = (char *) "runpod", .name = (char *) "RunPod" };
  g_autofree char *nothing = stoker_phrase_run_obstacle (NULL, NULL, TRUE);
  g_autofree char *unregistered = stoker_phrase_run_obstacle (&candidate, NULL, TRUE);

  g_assert_nonnull (nothing);
  g_assert_nonnull (strstr (unregistered, "RunPod"));
}

static void
test_run_button (void)
{
  StokerEstimate estimate = { .total = stoker_money_new (450000000, "USD") };
  StokerCandidate candidate = { .name = (char *) "RunPod", .estimate = &estimate };
  g_autofree char *remote = stoker_phrase_run_button (&candidate, NULL);
  g_autofree char *detour = stoker_phrase_run_detour ("Add Lambda.", &candidate);
  g_autofree char *local = NULL;

  candidate.is_local = TRUE;
  local = stoker_phrase_run_button (&candidate, NULL);
  g_assert_cmpstr (remote, ==, "Run on RunPod · about $0.45");
  g_assert_cmpstr (local, ==, "Run Here · about $0.45");
  g_assert_cmpstr (detour, ==, "Add Lambda. Run takes RunPod.");
}

/* Where a manifest tells it, it is what is charged, and not about that. */
static void
test_request_price (void)
{
  g_autoptr (StokerEstimate) price = stoker_estimate_new ();
  StokerEstimate estimate = { .total = stoker_money_new (450000000, "USD") };
  StokerCandidate candidate = { .name = (char *) "Films", .estimate = &estimate };
  StokerEstimateItem *item = NULL;
  g_autofree char *button = NULL;
  g_autofree char *plain = NULL;

  price->total = stoker_money_new (400000000, "USD");
  item = stoker_estimate_add_item (price, STOKER_ITEM_COMPUTE, "This request", price->total);
  item->formula = g_strdup ("$0.05 per second × 8 (duration)");
  button = stoker_phrase_run_button (&candidate, price);
  plain = stoker_phrase_request_price (price);
  g_assert_cmpstr (button, ==, "Run on Films · $0.40");
  g_assert_cmpstr (plain, ==, "This request costs $0.40: $0.05 per second × 8 (duration).");
}

static void
test_rejection_groups (void)
{
  g_assert_cmpstr (stoker_phrase_rejection_group ("vram"), ==, "Too little video memory");
  g_assert_cmpstr (stoker_phrase_rejection_group ("something new"), ==, "Other reasons");
}

static StokerProvider *
make_provider (const char *id, const char *name)
{
  StokerProfile profile = { .id = (char *) id, .name = (char *) name };

  return stoker_provider_new_from_profile (&profile, id);
}

static void
test_provider_names (void)
{
  g_autoptr (StokerProvider) local = make_provider ("local", "This computer");
  g_autoptr (StokerProvider) renamed = make_provider ("local", "Under the desk");
  g_autoptr (StokerProvider) namesake = make_provider ("runpod", "This computer");

  g_assert_cmpstr (stoker_phrase_provider_name (local), ==, "This computer");
  g_assert_cmpstr (stoker_phrase_provider_name (renamed), ==, "Under the desk");
  g_assert_cmpstr (stoker_phrase_provider_name (namesake), ==, "This computer");
  g_assert_cmpstr (stoker_phrase_provider_of (NULL, "gone"), ==, "gone");
  /* What nobody changed stays as it is stored. */
  g_assert_true (stoker_phrase_provider_written (local, "This computer") ==
                 stoker_provider_get_name (local));
  g_assert_cmpstr (stoker_phrase_provider_written (local, "Anvil"), ==, "Anvil");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/ui/closures/page-state", test_page_state);
  g_test_add_func ("/ui/closures/small", test_small_closures);
  g_test_add_func ("/ui/phrases/field-label", test_field_label);
  g_test_add_func ("/ui/phrases/residency", test_residency);
  g_test_add_func ("/ui/phrases/money", test_money);
  g_test_add_func ("/ui/phrases/price", test_price);
  g_test_add_func ("/ui/phrases/age", test_age);
  g_test_add_func ("/ui/phrases/sentence", test_sentence);
  g_test_add_func ("/ui/phrases/health", test_health);
  g_test_add_func ("/ui/phrases/job-words", test_job_words);
  g_test_add_func ("/ui/phrases/job-cost", test_job_cost);
  g_test_add_func ("/ui/phrases/cost-of-job", test_cost_of_job);
  g_test_add_func ("/ui/phrases/job-place", test_job_place);
  g_test_add_func ("/ui/phrases/amounts", test_amounts);
  g_test_add_func ("/ui/phrases/job-progress", test_job_progress);
  g_test_add_func ("/ui/phrases/job-actions", test_job_actions);
  g_test_add_func ("/ui/phrases/run-obstacle", test_run_obstacle);
  g_test_add_func ("/ui/phrases/run-button", test_run_button);
  g_test_add_func ("/ui/phrases/request-price", test_request_price);
  g_test_add_func ("/ui/phrases/rejection-groups", test_rejection_groups);

  g_test_add_func ("/ui/phrases/provider-names", test_provider_names);

  return g_test_run ();
}
