/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "advisor-fixture.h"

#include <string.h>

#define SEED                                                                            \
  "{'requirements': {'type': 'cg_batch', 'min_vram_gb': 24, 'estimated_minutes': 180}," \
  " 'assets': [{'name': 'scene_cache.tar', 'size_mb': 2400}],"                          \
  " 'workflows': [{'id': 'cg-upscale', 'cached': false, 'persist_outputs': true}],"     \
  " 'budget': {'limit_usd': 20, 'mode': 'cost_saver'},"                                 \
  " 'pipeline': {'translation': {'requires_gpu': true}}}"

/* The first advisor's example: 6 GB here, more needed. alpha/pod costs 1.080690411 (see
 * test-estimate.c). */
static void
test_seed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;
  const StokerCandidate *remote;

  fixture_set_workload (fixture, SEED);
  fixture_set_gpu (fixture, "RTX 2060", 6, 0);
  advice = fixture_advise (fixture);

  fixture_assert_chosen (advice, STOKER_CHOICE_REMOTE, "alpha", "pod");
  remote = stoker_advice_get_remote_candidate (advice);
  fixture_assert_money (remote->estimate->total, "1.080690411");
  g_assert_cmpstr (remote->policy_hint, ==, "Good for pictures.");
  g_assert_cmpstr (remote->offer.gpu, ==, "RTX 3090");
  g_assert_nonnull (strstr (advice->reason, "has 6 GB, 24 GB needed"));
  g_assert_nonnull (strstr (advice->reason, "about $1.08"));
  g_assert_nonnull (fixture_find_rejection (advice, "local", "vram"));
}

static void
test_local_wins (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;

  fixture_set_workload (fixture, SEED);
  fixture_set_gpu (fixture, "RTX 4090", 23.99, 3);
  advice = fixture_advise (fixture);

  fixture_assert_chosen (advice, STOKER_CHOICE_GPU, "local", "own");
  g_assert_cmpstr (advice->chain->pdata[0], ==, "local");
  g_assert_nonnull (stoker_advice_get_remote_candidate (advice));
}

static void
test_local_too_small (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;

  fixture_set_workload (fixture, SEED);
  fixture_set_gpu (fixture, "RTX 4090", 23.4, 0);
  advice = fixture_advise (fixture);

  g_assert_cmpint (advice->choice, ==, STOKER_CHOICE_REMOTE);
  g_assert_null (fixture_find_candidate (advice, "local", NULL));
}

/* A busy GPU is no longer preferred, but stays in the list with a warning. */
static void
test_local_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;
  const StokerCandidate *local;

  fixture_set_small (fixture, ", 'preferred_provider': 'alpha'");
  fixture_set_gpu (fixture, "RTX 4090", 24, 97);
  advice = fixture_advise (fixture);

  g_assert_cmpint (advice->choice, ==, STOKER_CHOICE_REMOTE);
  local = fixture_find_candidate (advice, "local", NULL);
  g_assert_nonnull (local);
  g_assert_true (fixture_has_text (local->warnings, "load is 97 %"));
}

/*
 * In the speed mode nobody is preferred. The local RTX 3060 is a slow card (0.4): its speed term
 * alone is 0.40 ÷ 1.4 = 0.286, and that of an A100 with 4.4 is 0.40 ÷ 5.4 = 0.074.
 */
static void
test_speed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;
  const StokerCandidate *chosen;

  fixture_set_small (fixture, ", 'budget': {'limit_usd': 5, 'mode': 'speed'}");
  fixture_set_gpu (fixture, "RTX 3060", 12, 0);
  advice = fixture_advise (fixture);

  g_assert_cmpint (advice->choice, ==, STOKER_CHOICE_REMOTE);
  chosen = stoker_advice_get_chosen (advice);
  g_assert_cmpstr (chosen->offer.gpu, ==, "A100");
  /* Speed changes the order, never the cost: 1.20 for an hour, and 0.12 for the tenth that fails.
   */
  fixture_assert_money (chosen->estimate->total, "1.32");
}

static void
test_speed_stays_local (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;

  fixture_set_small (fixture, ", 'budget': {'mode': 'speed'}");
  fixture_set_gpu (fixture, "B200", 180, 0);
  advice = fixture_advise (fixture);

  g_assert_cmpint (advice->choice, ==, STOKER_CHOICE_GPU);
}

static void
test_mode_override (Fixture *fixture, gconstpointer data)
{
  StokerMode mode = STOKER_MODE_SPEED;
  StokerAdvisorInput input;
  g_autoptr (StokerAdvice) advice = NULL;

  fixture_set_small (fixture, ", 'budget': {'limit_usd': 5, 'mode': 'cost_saver'}");
  input = fixture_get_input (fixture);
  input.mode = &mode;
  advice = stoker_advise (&input, NULL);

  g_assert_cmpstr (stoker_advice_get_chosen (advice)->offer.gpu, ==, "A100");
}

static void
test_preferred (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;

  fixture_set_small (fixture, ", 'preferred_provider': 'minutes'");
  fixture_set_gpu (fixture, "RTX 4090", 24, 0);
  advice = fixture_advise (fixture);

  g_assert_cmpint (advice->choice, ==, STOKER_CHOICE_REMOTE);
  g_assert_cmpstr (stoker_advice_get_chosen (advice)->id, ==, "minutes");
  g_assert_cmpstr (advice->chain->pdata[0], ==, "minutes");
  g_assert_cmpstr (advice->chain->pdata[1], ==, "local");
}

static void
test_no_gpu_needed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;

  fixture_set_workload (fixture,
                        "{'requirements': {'type': 'translation', 'estimated_minutes': 5}}");
  advice = fixture_advise (fixture);

  g_assert_cmpint (advice->choice, ==, STOKER_CHOICE_CPU);
  g_assert_cmpint (advice->chosen, ==, -1);
  g_assert_cmpstr (advice->chain->pdata[0], ==, "local");
  g_assert_nonnull (strstr (advice->reason, "CPU"));
}

/* The largest list price has 80 GB. */
static void
test_nothing_can (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;

  fixture_set_workload (
    fixture, "{'requirements': {'type': 'training', 'min_vram_gb': 200, 'estimated_minutes': 5}}");
  advice = fixture_advise (fixture);

  g_assert_cmpint (advice->choice, ==, STOKER_CHOICE_CPU);
  g_assert_cmpint (advice->chosen, ==, -1);
  g_assert_cmpuint (advice->candidates->len, ==, 0);
  g_assert_nonnull (strstr (advice->reason, "200 GB"));
  g_assert_cmpstr (fixture_find_rejection (advice, "alpha", "vram")->reason, ==,
                   "The largest GPU among its 4 offers has 80 GB, 200 GB needed.");
}

/* Preference, priority, cost; unregistered ones cannot be tried. */
static void
test_chain (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;

  fixture_set_small (fixture, "");
  fixture_set_gpu (fixture, "RTX 4090", 24, 0);
  fixture_register (fixture, "alpha", 4);
  fixture_register (fixture, "minutes", 2);
  advice = fixture_advise (fixture);

  g_assert_cmpuint (advice->chain->len, ==, 3);
  g_assert_cmpstr (advice->chain->pdata[0], ==, "local");
  g_assert_cmpstr (advice->chain->pdata[1], ==, "minutes");
  g_assert_cmpstr (advice->chain->pdata[2], ==, "alpha");
}

/* 60 min of work and 180 s to be ready are more than an hour and a minute: behind those in time. */
static void
test_deadline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;
  const StokerCandidate *late;

  fixture_set_small (fixture, ", 'deadline_minutes': 61, 'preferred_provider': 'minutes'");
  advice = fixture_advise (fixture);

  g_assert_cmpstr (stoker_advice_get_chosen (advice)->id, !=, NULL);
  late = fixture_find_candidate (advice, "minutes", "on-demand");
  g_assert_true (fixture_has_text (late->warnings, "within 61 minutes"));
  g_assert_true (late != advice->candidates->pdata[0]);
}

static void
test_warnings (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;
  const StokerCandidate *serverless, *minutes;

  fixture_set_workload (fixture, SEED);
  advice = fixture_advise (fixture);
  serverless = fixture_find_candidate (advice, "alpha", "serverless");
  g_assert_true (fixture_has_text (serverless->warnings, "10 MB"));
  g_assert_true (fixture_has_text (serverless->warnings, "leave this machine for Alpha in \"eu\""));
  minutes = fixture_find_candidate (advice, "minutes", "on-demand");
  g_assert_true (fixture_has_text (minutes->warnings, "Start-up"));
}

static void
test_record (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;
  StokerJsonPlace root;
  g_autofree char *type = NULL;
  g_autofree char *cost = NULL;
  g_autofree char *pace = NULL;
  gint64 weighed = 0;

  fixture_set_workload (fixture, SEED);
  advice = fixture_advise (fixture);
  root = stoker_json_root (advice->job_summary, "job_summary");
  g_assert_true (stoker_json_get_string (&root, "type", STOKER_JSON_REQUIRED, &type, NULL));
  g_assert_cmpstr (type, ==, "cg_batch");
  g_assert_true (
    stoker_json_get_string (&root, "estimated_cost", STOKER_JSON_REQUIRED, &cost, NULL));
  g_assert_cmpstr (cost, ==, "$1.08");

  root = stoker_json_root (advice->analysis, "analysis");
  g_assert_true (stoker_json_get_string (&root, "pace", STOKER_JSON_REQUIRED, &pace, NULL));
  g_assert_cmpstr (pace, ==, "batch");
  g_assert_true (
    stoker_json_get_int (&root, "offers_weighed", STOKER_JSON_REQUIRED, 0, 99, &weighed, NULL));
  /* 4 + 1 of Alpha, 1 + 1 of Bazaar, 2 + 1 of Minutes, 2 + 1 of Pictures, the box. */
  g_assert_cmpint (weighed, ==, 14);
}

/* The score is the sum of its visible terms. */
static void
test_terms (Fixture *fixture, gconstpointer data)
{
  g_autoptr (StokerAdvice) advice = NULL;

  fixture_set_workload (fixture, SEED);
  advice = fixture_advise (fixture);
  for (guint i = 0; i < advice->candidates->len; i++)
    {
      const StokerCandidate *candidate = advice->candidates->pdata[i];
      double sum = 0;

      for (guint j = 0; j < candidate->terms->len; j++)
        {
          const StokerScoreTerm *term = &g_array_index (candidate->terms, StokerScoreTerm, j);

          g_assert_cmpfloat (term->value, >=, 0);
          g_assert_cmpfloat (term->value, <=, 1);
          sum += term->weight * term->value;
        }
      g_assert_cmpfloat_with_epsilon (candidate->score, sum, 1e-12);
    }
}

static void
test_no_workload (void)
{
  StokerAdvisorInput input = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_null (stoker_advise (&input, &error));
  g_assert_nonnull (error);
}

static void
test_bare_input (Fixture *fixture, gconstpointer data)
{
  StokerAdvisorInput input = { 0 };
  g_autoptr (StokerAdvice) advice = NULL;

  fixture_set_workload (fixture, SEED);
  input.workload = fixture->workload;
  input.now_us = FIXTURE_NOW_US;
  advice = stoker_advise (&input, NULL);

  g_assert_cmpint (advice->choice, ==, STOKER_CHOICE_CPU);
  g_assert_cmpint (advice->chosen, ==, -1);
}

#define ADD(path, function) \
  g_test_add ("/advisor/" path, Fixture, NULL, fixture_set_up, function, fixture_tear_down)

static void
add_choices (void)
{
  ADD ("seed", test_seed);
  ADD ("local-wins", test_local_wins);
  ADD ("local-too-small", test_local_too_small);
  ADD ("local-busy", test_local_busy);
  ADD ("speed", test_speed);
  ADD ("speed-stays-local", test_speed_stays_local);
  ADD ("mode-override", test_mode_override);
  ADD ("preferred", test_preferred);
  ADD ("no-gpu-needed", test_no_gpu_needed);
  ADD ("nothing-can", test_nothing_can);
  ADD ("chain", test_chain);
  ADD ("deadline", test_deadline);
  ADD ("bare-input", test_bare_input);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  add_choices ();
  ADD ("warnings", test_warnings);
  ADD ("record", test_record);
  ADD ("terms", test_terms);
  g_test_add_func ("/advisor/no-workload", test_no_workload);

  return g_test_run ();
}
