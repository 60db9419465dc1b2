/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-decision.h"
#include "stoker-error.h"
#include "stoker-overview-phrases.h"

#define MINUTE_US (60 * (gint64) G_USEC_PER_SEC)
#define NOW_US (1000 * 24 * 60 * MINUTE_US)

static StokerMoney
cents (gint64 amount, const char *currency)
{
  return stoker_money_new (amount * STOKER_NANOS_PER_UNIT / 100, currency);
}

static void
assert_text (char *text, const char *expected)
{
  g_autofree char *owned = text;

  g_assert_cmpstr (owned, ==, expected);
}

static void
test_sums (void)
{
  StokerSum none = { 0 };
  StokerSum known = { 0 };
  StokerSum unknown = { 0 };
  StokerSum bound = { 0 };

  stoker_sum_add (&known, cents (120, "USD"));
  stoker_sum_add (&unknown, stoker_money_unknown ());
  stoker_sum_add (&bound, cents (34, "USD"));
  stoker_sum_add (&bound, stoker_money_unknown ());

  assert_text (stoker_phrase_sum (&none), "$0.00");
  assert_text (stoker_phrase_sum (&known), "$1.20");
  assert_text (stoker_phrase_sum (&unknown), "unknown");
  assert_text (stoker_phrase_sum_caption (&known, "today"), "today");
  assert_text (stoker_phrase_sum_caption (&unknown, "today"), "today");
  assert_text (stoker_phrase_sum_caption (&bound, "today"), "at least, today");
  assert_text (stoker_phrase_spent (&known, stoker_money_unknown ()), "$1.20 today");
  assert_text (stoker_phrase_spent (&bound, stoker_money_unknown ()), "at least $0.34 today");
  assert_text (stoker_phrase_spent (&unknown, stoker_money_unknown ()), "Spend today unknown");
}

static void
test_budget (void)
{
  StokerSum spent = { 0 };
  StokerMoney none = stoker_money_unknown ();

  stoker_sum_add (&spent, cents (450, "USD"));
  assert_text (stoker_phrase_budget (STOKER_BUDGET_DAY, none, &spent), "today");
  assert_text (stoker_phrase_budget (STOKER_BUDGET_MONTH, none, &spent), "this month");
  g_assert_null (stoker_phrase_budget_class (none, &spent));
  assert_text (stoker_phrase_budget (STOKER_BUDGET_MONTH, cents (5000, "USD"), &spent),
               "of $50.00 this month");
  g_assert_null (stoker_phrase_budget_class (cents (5000, "USD"), &spent));
  assert_text (stoker_phrase_budget (STOKER_BUDGET_DAY, cents (500, "USD"), &spent),
               "of $5.00 today, nearly used");
  g_assert_cmpstr (stoker_phrase_budget_class (cents (500, "USD"), &spent), ==, "warning");
  assert_text (stoker_phrase_budget (STOKER_BUDGET_DAY, cents (450, "USD"), &spent),
               "of $4.50 today, used up");
  g_assert_cmpstr (stoker_phrase_budget_class (cents (450, "USD"), &spent), ==, "error");
  assert_text (stoker_phrase_spent (&spent, cents (500, "USD")), "$4.50 of $5.00 today");
}

static void
test_burn (void)
{
  StokerRunningCost cost = { .n_running = 2 };

  assert_text (stoker_phrase_burn (&cost), "$0.00/h now");
  assert_text (stoker_phrase_running (&cost), "running");
  stoker_sum_add (&cost.per_hour, cents (34, "USD"));
  assert_text (stoker_phrase_burn (&cost), "$0.34/h now");
  cost.n_waiting = 3;
  assert_text (stoker_phrase_running (&cost), "running, 3 waiting");
  stoker_sum_add (&cost.per_hour, stoker_money_unknown ());
  assert_text (stoker_phrase_burn (&cost), "at least $0.34/h now");
  cost = (StokerRunningCost){ 0 };
  stoker_sum_add (&cost.per_hour, stoker_money_unknown ());
  assert_text (stoker_phrase_burn (&cost), "Hourly cost unknown");
}

static void
test_days (void)
{
  StokerSpendingSummary summary = { .n_days = 7 };

  assert_text (stoker_phrase_days (&summary), "Nothing was spent this month");
  stoker_sum_add (&summary.days[2], cents (120, "USD"));
  stoker_sum_add (&summary.days[6], stoker_money_unknown ());
  assert_text (stoker_phrase_days (&summary),
               "Spend this month by day: day 3: $1.20, day 7: unknown");
}

static void
test_running_job (void)
{
  g_autoptr (StokerJob) job = stoker_job_new ("id", "CG upscale", "runpod");

  stoker_job_set_times (job, NOW_US - 9 * MINUTE_US, 0, 0);
  assert_text (stoker_phrase_running_job (job, NOW_US), "Waiting · 9 min");
  stoker_job_set_times (job, NOW_US - 9 * MINUTE_US, NOW_US - 4 * MINUTE_US - 7 * G_USEC_PER_SEC,
                        0);
  stoker_job_set_state (job, STOKER_JOB_RUNNING);
  stoker_job_set_progress (job, 0.62);
  stoker_job_set_stage (job, "sampling");
  assert_text (stoker_phrase_running_job (job, NOW_US), "Running · 4 min · 62 % · sampling");
}

static void
test_decisions_on_jobs (void)
{
  g_autoptr (StokerJob) job = stoker_job_new ("id", "CG upscale", "runpod");
  g_autoptr (StokerDecision) failed = NULL;
  g_autoptr (StokerDecision) held = NULL;

  g_assert_null (stoker_decision_new_for_job (job, "RunPod", NOW_US));
  stoker_job_set_message (job, "the key was rejected", STOKER_ERROR_AUTH);
  held = stoker_decision_new_for_job (job, "RunPod", NOW_US);
  g_assert_cmpstr (stoker_decision_get_title (held), ==, "CG upscale");
  g_assert_cmpstr (stoker_decision_get_subtitle (held), ==, "Held · RunPod\nThe key was rejected");
  g_assert_cmpstr (stoker_decision_get_action_name (held), ==, "win.show-job");
  g_assert_cmpstr (stoker_decision_get_target (held), ==, "id");

  stoker_job_set_state (job, STOKER_JOB_FAILED);
  stoker_job_set_times (job, 1, 1, NOW_US - 5 * MINUTE_US);
  failed = stoker_decision_new_for_job (job, "RunPod", NOW_US);
  g_assert_cmpstr (stoker_decision_get_subtitle (failed), ==,
                   "Failed · RunPod · 5 min ago\nThe key was rejected");
  g_assert_false (stoker_decision_equal (held, failed));
  g_assert_null (stoker_decision_new_for_job (job, "RunPod", NOW_US + 24 * 60 * MINUTE_US));
}

static void
test_decision_on_keyring (void)
{
  g_autoptr (StokerDecision) decision = stoker_decision_new_for_keyring ("the keyring is locked");

  g_assert_cmpstr (stoker_decision_get_subtitle (decision), ==, "The keyring is locked");
  g_assert_null (stoker_decision_new_for_keyring (NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/overview-phrases/sums", test_sums);
  g_test_add_func ("/overview-phrases/budget", test_budget);
  g_test_add_func ("/overview-phrases/burn", test_burn);
  g_test_add_func ("/overview-phrases/days", test_days);
  g_test_add_func ("/overview-phrases/running-job", test_running_job);
  g_test_add_func ("/decision/jobs", test_decisions_on_jobs);
  g_test_add_func ("/decision/keyring", test_decision_on_keyring);
  return g_test_run ();
}
