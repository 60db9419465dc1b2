/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "fake-network-monitor.h"
#include "rest-provider.h"
#include "test-session.h"

#include "stoker-data-resource.h"
#include "stoker-health-rounds.h"

#define CHECK "\"check\": {\"steps\": [{\"url\": \"${base.api}/me\"}]}"
#define ASK "GET /mill/me"
#define ASK_FORGE "GET /forge/me"
#define OFFERS                                                                                      \
  "\"offers\": {\"steps\": [{\"url\": \"${base.api}/gpus\"}], \"records\": [{\"items\": "           \
  "\"$.gpus[*]\", \"fields\": {\"plan\": {\"value\": \"public\"}, \"gpu\": \"$.name\", \"price\": " \
  "{\"path\": \"$.usd\", \"as\": \"usd\"}}}]}"
#define ASK_OFFERS "GET /mill/gpus"
#define DAY_US (24 * HOUR_US)
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
  g_autoptr (GNetworkMonitor) monitor = fake_network_monitor_new (TRUE);
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
  stoker_health_rounds_set_monitor (rounds, monitor);

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

static gboolean
is_cut_off (gpointer user_data)
{
  return stoker_workspace_is_cut_off (user_data);
}

static gboolean
is_connected (gpointer user_data)
{
  return !stoker_workspace_is_cut_off (user_data);
}

static guint
get_port (RestProvider *rest)
{
  g_autofree char *url = rest_server_dup_url (rest);
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  return (guint) g_uri_get_port (uri);
}

/* Where nobody listens any more. */
static void
add_gone_provider (void)
{
  RestProvider away = { 0 };

  rest_provider_set_up (&away);
  rest_provider_add (&away, "gone", CHECK);
  rest_provider_tear_down (&away);
}

/* Two providers that are there, and one that is gone for good. */
typedef struct
{
  RestProvider rest;
  GNetworkMonitor *monitor;
  StokerWorkspace *workspace;
  StokerHealthRounds *rounds;
  StokerProvider *mill;
  StokerProvider *forge;
  gint64 now;
} Network;

static void
set_up (Network *self)
{
  test_session_init ();
  add_gone_provider ();
  rest_provider_set_up (&self->rest);
  rest_provider_add (&self->rest, "mill", CHECK);
  rest_provider_add (&self->rest, "forge", CHECK);
  rest_provider_answer (&self->rest, ASK, 200, "{}");
  rest_provider_answer (&self->rest, ASK_FORGE, 200, "{}");
  self->now = g_get_real_time ();
  self->monitor = fake_network_monitor_new (TRUE);
  self->workspace = test_session_open (STOKER_WORKSPACE_ALL);
  stoker_settings_set_flag (stoker_workspace_get_settings (self->workspace), "enable_public_gpu",
                            TRUE);
  self->mill = test_session_register (self->workspace, "{\"template_id\":\"mill\"}", NULL);
  self->forge = test_session_register (self->workspace, "{\"template_id\":\"forge\"}", NULL);
  self->rounds = stoker_health_rounds_new (self->workspace);
  stoker_health_rounds_set_monitor (self->rounds, self->monitor);
  stoker_health_rounds_run (self->rounds, self->now);
}

static void
tear_down (Network *self)
{
  g_assert_true (test_session_wait_until (is_idle, self->rounds));
  g_assert_finalize_object (self->rounds);
  g_clear_object (&self->monitor);
  g_clear_object (&self->mill);
  g_clear_object (&self->forge);
  test_session_close (self->workspace);
  rest_provider_tear_down (&self->rest);
  test_session_clear ();
}

static void
run_after (Network *self, gint64 pause_us)
{
  self->now += pause_us;
  stoker_health_rounds_run (self->rounds, self->now);
}

static guint
count_asked (Network *self)
{
  return rest_provider_count (&self->rest, ASK) + rest_provider_count (&self->rest, ASK_FORGE);
}

static void
test_no_network (void)
{
  Network self = { 0 };

  set_up (&self);
  fake_network_monitor_set_available (self.monitor, FALSE);
  run_after (&self, DAY_US);
  g_assert_true (test_session_wait_until (is_idle, self.rounds));
  g_assert_cmpuint (count_asked (&self), ==, 0);
  fake_network_monitor_set_available (self.monitor, TRUE);
  run_after (&self, MINUTE_US);
  g_assert_true (test_session_wait_until (is_well, self.mill));
  g_assert_true (test_session_wait_until (is_well, self.forge));
  g_assert_false (stoker_workspace_is_cut_off (self.workspace));
  tear_down (&self);
}

/* With a network that leads nowhere, nothing is held against those who were asked. */
static void
test_cut_off (void)
{
  Network self = { 0 };
  guint port = 0;
  g_autoptr (GError) error = NULL;

  set_up (&self);
  port = get_port (&self.rest);
  soup_server_disconnect (self.rest.server);
  run_after (&self, DAY_US);
  g_assert_true (test_session_wait_until (is_cut_off, self.workspace));
  g_assert_true (test_session_wait_until (is_idle, self.rounds));
  g_assert_null (stoker_provider_get_health (self.mill));
  g_assert_null (stoker_provider_get_health (self.forge));

  g_assert_true (soup_server_listen_local (self.rest.server, port, 0, &error));
  g_assert_no_error (error);
  run_after (&self, DAY_US);
  g_assert_true (test_session_wait_until (is_connected, self.workspace));
  g_assert_true (is_well (self.mill));
  g_assert_true (is_well (self.forge));
  tear_down (&self);
}

/* One that is gone while others are there is to blame: whether they are is asked where nobody
 * knows. */
static void
test_one_is_gone (void)
{
  Network self = { 0 };
  g_autoptr (StokerProvider) gone = NULL;
  guint n_asked = 0;

  set_up (&self);
  gone = test_session_register (self.workspace, "{\"template_id\":\"gone\"}", NULL);
  run_after (&self, 0);
  run_after (&self, DAY_US);
  g_assert_true (test_session_wait_until (is_ill, gone));
  g_assert_true (test_session_wait_until (is_idle, self.rounds));
  n_asked = count_asked (&self);
  g_assert_cmpuint (n_asked, ==, 2);

  stoker_provider_set_health (gone, NULL);
  run_after (&self, 2 * MINUTE_US);
  g_assert_true (test_session_wait_until (is_ill, gone));
  g_assert_cmpuint (count_asked (&self), ==, n_asked + 1);
  g_assert_false (stoker_workspace_is_cut_off (self.workspace));
  tear_down (&self);
}

static gboolean
is_priced (gpointer user_data)
{
  StokerWorkspace *workspace = user_data;

  return stoker_live_offers_get_asked_us (stoker_workspace_get_live_offers (workspace),
                                          stoker_workspace_lookup_provider (workspace, "mill")) > 0;
}

static void
run_until_idle (StokerHealthRounds *rounds, gint64 now)
{
  stoker_health_rounds_run (rounds, now);
  g_assert_true (test_session_wait_until (is_idle, rounds));
}

/* What is offered is asked beside, sooner after a failure, and not of whom is not well. */
static void
test_offers (void)
{
  RestProvider rest = { 0 };
  gint64 now = g_get_real_time ();
  g_autoptr (GNetworkMonitor) monitor = fake_network_monitor_new (TRUE);
  StokerWorkspace *workspace = NULL;
  StokerHealthRounds *rounds = NULL;
  g_autoptr (StokerProvider) provider = NULL;

  test_session_init ();
  rest_provider_set_up (&rest);
  rest_provider_add (&rest, "mill", CHECK "," OFFERS);
  rest_provider_answer (&rest, ASK, 200, "{}");
  rest_provider_answer (&rest, ASK, 403, "{}");
  rest_provider_answer (&rest, ASK_OFFERS, 403, "{\"error\": \"closed\"}");
  rest_provider_answer (&rest, ASK_OFFERS, 200, "{\"gpus\": [{\"name\": \"L4\", \"usd\": 1}]}");
  workspace = test_session_open (STOKER_WORKSPACE_ALL);
  provider = test_session_register (workspace, "{\"template_id\":\"mill\"}", NULL);
  stoker_settings_set_flag (stoker_workspace_get_settings (workspace), "enable_public_gpu", TRUE);
  rounds = stoker_health_rounds_new (workspace);
  stoker_health_rounds_set_monitor (rounds, monitor);

  run_until_idle (rounds, now);
  run_until_idle (rounds, now += HOUR_US);
  g_assert_cmpuint (rest_provider_count (&rest, ASK_OFFERS), ==, 1);
  run_until_idle (rounds, now += MINUTE_US / 2);
  g_assert_cmpuint (rest_provider_count (&rest, ASK_OFFERS), ==, 1);
  run_until_idle (rounds, now += MINUTE_US);
  g_assert_cmpuint (rest_provider_count (&rest, ASK_OFFERS), ==, 2);
  g_assert_true (test_session_wait_until (is_priced, workspace));

  /* By the second check it is ill. */
  run_until_idle (rounds, now += 2 * HOUR_US);
  g_assert_true (test_session_wait_until (is_ill, provider));
  g_assert_true (test_session_wait_until (is_idle, rounds));
  g_assert_cmpuint (rest_provider_count (&rest, ASK_OFFERS), ==, 3);
  run_until_idle (rounds, now += 2 * HOUR_US);
  g_assert_cmpuint (rest_provider_count (&rest, ASK), ==, 3);
  g_assert_cmpuint (rest_provider_count (&rest, ASK_OFFERS), ==, 3);

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
  g_test_add_func ("/health-rounds/offers", test_offers);
  g_test_add_func ("/health-rounds/no-network", test_no_network);
  g_test_add_func ("/health-rounds/cut-off", test_cut_off);
  g_test_add_func ("/health-rounds/one-is-gone", test_one_is_gone);
  return g_test_run ();
}
