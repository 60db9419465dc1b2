/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rest-provider.h"
#include "test-session.h"

#include "stoker-data-resource.h"
#include "stoker-health-rounds.h"

#define CHECK "\"check\": {\"steps\": [{\"url\": \"${base.api}/me\"}]}"
#define ASK "GET /mill/me"
#define MINUTE_US G_GINT64_CONSTANT (60000000)
#define HOUR_US (60 * MINUTE_US)

static gboolean
is_ill (gpointer user_data)
{
  StokerHealth *health = stoker_provider_get_health (user_data);

  return health != NULL && !health->is_ok;
}

static gboolean
is_well (gpointer user_data)
{
  StokerHealth *health = stoker_provider_get_health (user_data);

  return health != NULL && health->is_ok;
}

static gboolean
is_idle (gpointer user_data)
{
  return !g_main_context_pending (NULL) && G_OBJECT (user_data)->ref_count == 1;
}

static void
test_pauses (void)
{
  g_assert_cmpint (stoker_health_rounds_choose_pause (0, HOUR_US, 0.5), ==, HOUR_US);
  g_assert_cmpint (stoker_health_rounds_choose_pause (0, HOUR_US, 0), ==, HOUR_US * 3 / 4);
  g_assert_cmpint (stoker_health_rounds_choose_pause (0, HOUR_US, 1), ==, HOUR_US * 5 / 4);
  g_assert_cmpint (stoker_health_rounds_choose_pause (1, HOUR_US, 0.5), ==, MINUTE_US);
  g_assert_cmpint (stoker_health_rounds_choose_pause (3, HOUR_US, 0.5), ==, 4 * MINUTE_US);
  g_assert_cmpint (stoker_health_rounds_choose_pause (100, HOUR_US, 0.5), ==, HOUR_US);
}

/* The clock is the test's own. */
static void
test_rounds (void)
{
  RestProvider rest = { 0 };
  gint64 now = g_get_real_time ();
  StokerWorkspace *workspace = NULL;
  StokerHealthRounds *rounds = NULL;
  StokerSettings *settings = NULL;
  g_autoptr (StokerProvider) provider = NULL;

  test_session_init ();
  rest_provider_set_up (&rest);
  rest_provider_add (&rest, "mill", CHECK);
  rest_provider_answer (&rest, ASK, 403, "{\"error\": \"closed\"}");
  rest_provider_answer (&rest, ASK, 200, "{}");
  workspace = test_session_open (STOKER_WORKSPACE_ALL);
  settings = stoker_workspace_get_settings (workspace);
  provider = test_session_register (workspace, "{\"template_id\":\"mill\"}", NULL);
  rounds = stoker_health_rounds_new (workspace);

  /* Nobody is asked without the flag, nor when it is off. */
  stoker_health_rounds_run (rounds, now);
  stoker_health_rounds_run (rounds, now += 2 * HOUR_US);
  stoker_settings_set_flag (settings, "enable_public_gpu", TRUE);
  g_settings_set_int (stoker_settings_get_gsettings (settings), "check-minutes", 0);
  stoker_health_rounds_run (rounds, now += 2 * HOUR_US);
  stoker_health_rounds_run (rounds, now += 2 * HOUR_US);
  g_assert_true (test_session_wait_until (is_idle, rounds));
  g_assert_cmpuint (rest_provider_count (&rest, ASK), ==, 0);

  g_settings_set_int (stoker_settings_get_gsettings (settings), "check-minutes", 60);
  stoker_health_rounds_run (rounds, now);
  stoker_health_rounds_run (rounds, now += HOUR_US);
  g_assert_true (test_session_wait_until (is_ill, provider));
  g_assert_true (test_session_wait_until (is_idle, rounds));
  stoker_health_rounds_run (rounds, now += MINUTE_US / 2);
  g_assert_true (test_session_wait_until (is_idle, rounds));
  g_assert_cmpuint (rest_provider_count (&rest, ASK), ==, 1);
  stoker_health_rounds_run (rounds, now += MINUTE_US);
  g_assert_true (test_session_wait_until (is_well, provider));
  g_assert_true (test_session_wait_until (is_idle, rounds));
  stoker_health_rounds_run (rounds, now += HOUR_US / 2);
  g_assert_cmpuint (rest_provider_count (&rest, ASK), ==, 2);

  g_settings_reset (stoker_settings_get_gsettings (settings), "check-minutes");
  g_assert_finalize_object (rounds);
  g_clear_object (&provider);
  test_session_close (workspace);
  rest_provider_tear_down (&rest);
  test_session_clear ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (stoker_data_get_resource ());

  g_test_add_func ("/health-rounds/pauses", test_pauses);
  g_test_add_func ("/health-rounds/rounds", test_rounds);
  return g_test_run ();
}
