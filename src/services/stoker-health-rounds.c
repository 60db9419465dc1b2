/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-health-rounds.h"

#include "stoker-check-provider.h"
#include "stoker-refresh-offers.h"
#include "stoker-workspace-private.h"

#define TICK_S 30
#define FIRST_RETRY_US MINUTE_US
#define JITTER 0.25
#define MINUTE_US G_GINT64_CONSTANT (60000000)

/* When a provider is asked next. */
typedef struct
{
  gint64 due_us;
  guint n_failures; /* in a row */
  guint round;      /* the last in which it was asked */

  /* The same for what it offers. */
  gint64 offers_due_us; /* 0: never thought of yet */
  guint n_offers_failures;
  gboolean is_telling_offers;
} Plan;

/* A provider that is asked, and what came of it. */
typedef struct
{
  StokerHealthRounds *rounds; /* owned, nullable once it answered */
  StokerProvider *provider;   /* owned */
  StokerHealth *health;       /* owned, nullable until known */
} Asking;

struct _StokerHealthRounds
{
  GObject parent_instance;

  StokerWorkspace *workspace; /* borrowed: owns the scheduler that owns us */
  GHashTable *plans;          /* owned: id of a provider → Plan */
  GCancellable *cancellable;  /* owned */
  GNetworkMonitor *monitor;   /* owned, nullable until needed */
  gint64 now_us;              /* of the last round */
  guint tick_id;

  /* The round that is under way. */
  guint round;
  guint n_busy;
  gboolean has_reached; /* somebody answered: the network leads somewhere */
  GPtrArray *unreached; /* owned: of Asking */
};

G_DEFINE_FINAL_TYPE (StokerHealthRounds, stoker_health_rounds, G_TYPE_OBJECT)

static void
asking_free (gpointer data)
{
  Asking *self = data;

  g_clear_object (&self->rounds);
  g_clear_object (&self->provider);
  g_clear_pointer (&self->health, stoker_health_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Asking, asking_free)

static void
stoker_health_rounds_dispose (GObject *object)
{
  StokerHealthRounds *self = STOKER_HEALTH_ROUNDS (object);

  stoker_health_rounds_stop (self);
  G_OBJECT_CLASS (stoker_health_rounds_parent_class)->dispose (object);
}

static void
stoker_health_rounds_finalize (GObject *object)
{
  StokerHealthRounds *self = STOKER_HEALTH_ROUNDS (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->unreached, g_ptr_array_unref);
  g_clear_pointer (&self->plans, g_hash_table_unref);
  G_OBJECT_CLASS (stoker_health_rounds_parent_class)->finalize (object);
}

static void
stoker_health_rounds_class_init (StokerHealthRoundsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stoker_health_rounds_dispose;
  G_OBJECT_CLASS (klass)->finalize = stoker_health_rounds_finalize;
}

static void
stoker_health_rounds_init (StokerHealthRounds *self)
{
  self->cancellable = g_cancellable_new ();
  self->unreached = g_ptr_array_new_with_free_func (asking_free);
  self->plans = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * stoker_health_rounds_choose_pause:
 * @n_failures: checks in a row that failed
 * @interval_us: between two checks of a provider that is well
 * @chance: from 0 to 1
 *
 * One that fails is asked again after a minute, then later and later, up to @interval_us: it is
 * kept out of advice no longer than it must. @chance moves the time by up to a quarter either way,
 * so that not all are asked at once.
 *
 * Returns: how long to wait, in µs
 */
gint64
stoker_health_rounds_choose_pause (guint n_failures, gint64 interval_us, double chance)
{
  gint64 pause_us = interval_us;

  if (n_failures > 0)
    pause_us = MIN (interval_us, FIRST_RETRY_US << MIN (n_failures - 1, 20));
  return (gint64) ((double) pause_us * (1 + JITTER * (2 * chance - 1)));
}

static gint64
get_interval_us (StokerHealthRounds *self)
{
  GSettings *settings = stoker_settings_get_gsettings (
    stoker_workspace_get_settings (self->workspace));

  return g_settings_get_int (settings, "check-minutes") * MINUTE_US;
}

/* Only whom the user lets Stoker talk to. */
static gboolean
may_ask (StokerHealthRounds *self, StokerProvider *provider)
{
  StokerProfile *profile = stoker_workspace_get_profile (self->workspace, provider);

  return stoker_provider_get_active (provider) && profile != NULL &&
         profile->feature_flag != NULL &&
         stoker_settings_allows (stoker_workspace_get_settings (self->workspace), profile);
}

/* Whoever is seen for the first time has its turn within an interval. */
static Plan *
get_plan (StokerHealthRounds *self, const char *id, gint64 now_us)
{
  Plan *plan = g_hash_table_lookup (self->plans, id);

  if (plan != NULL)
    return plan;
  plan = g_new0 (Plan, 1);
  plan->due_us = now_us + (gint64) ((double) get_interval_us (self) * g_random_double ());
  g_hash_table_insert (self->plans, g_strdup (id), plan);
  return plan;
}

static gboolean
has_network (StokerHealthRounds *self)
{
  if (self->monitor == NULL)
    self->monitor = g_object_ref (g_network_monitor_get_default ());
  return g_network_monitor_get_network_available (self->monitor);
}

static void
plan_next (StokerHealthRounds *self, Plan *plan, const StokerHealth *health)
{
  plan->n_failures = health != NULL && !health->is_ok ? plan->n_failures + 1 : 0;
  plan->due_us = self->now_us + stoker_health_rounds_choose_pause (plan->n_failures,
                                                                   get_interval_us (self),
                                                                   g_random_double ());
  if (health != NULL)
    plan->due_us = MAX (plan->due_us, health->retry_at_us);
}

static void end_round (StokerHealthRounds *self);

static void
did_ask (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asking) asking = user_data;
  g_autoptr (StokerHealthRounds) self = g_steal_pointer (&asking->rounds);
  Plan *plan = g_hash_table_lookup (self->plans, stoker_provider_get_id (asking->provider));

  asking->health = stoker_ask_provider_finish (result, NULL);
  self->n_busy--;
  if (plan == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  plan_next (self, plan, asking->health);
  if (asking->health != NULL && !asking->health->is_unreached)
    {
      self->has_reached = TRUE;
      stoker_store_health_async (self->workspace, asking->provider, asking->health, NULL, NULL);
    }
  else if (asking->health != NULL)
    g_ptr_array_add (self->unreached, g_steal_pointer (&asking));
  if (self->n_busy == 0)
    end_round (self);
}

static void
ask (StokerHealthRounds *self, StokerProvider *provider, Plan *plan)
{
  Asking *asking = g_new0 (Asking, 1);

  plan->round = self->round;
  self->n_busy++;
  asking->rounds = g_object_ref (self);
  asking->provider = g_object_ref (provider);
  stoker_ask_provider_async (self->workspace, provider, self->cancellable, did_ask, asking);
}

/* Whether it is the network or the provider is told by another one: one that was well, if there is
 * one. */
static gboolean
ask_another (StokerHealthRounds *self)
{
  GListModel *providers = stoker_workspace_get_providers (self->workspace);
  g_autoptr (StokerProvider) best = NULL;
  Plan *best_plan = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);
      Plan *plan = g_hash_table_lookup (self->plans, stoker_provider_get_id (provider));

      if (plan == NULL || plan->round == self->round || !may_ask (self, provider) ||
          (best_plan != NULL && best_plan->n_failures <= plan->n_failures))
        continue;
      g_set_object (&best, provider);
      best_plan = plan;
    }
  if (best != NULL)
    ask (self, best, best_plan);
  return best != NULL;
}

/* Whom nobody could reach is not to blame when nobody else was reached either, or while there is no
 * network: then what is known of them stays. */
static void
end_round (StokerHealthRounds *self)
{
  gboolean is_any_away = self->unreached->len > 0;
  gboolean are_all_away = self->unreached->len > 1 && !self->has_reached;

  if (is_any_away && !self->has_reached && has_network (self) && ask_another (self))
    return;
  for (guint i = 0; i < self->unreached->len && !are_all_away && has_network (self); i++)
    {
      Asking *asking = g_ptr_array_index (self->unreached, i);

      stoker_store_health_async (self->workspace, asking->provider, asking->health, NULL, NULL);
    }
  g_ptr_array_set_size (self->unreached, 0);
  stoker_workspace_set_cut_off (self->workspace, are_all_away && has_network (self));
}

static void
did_refresh (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Asking) asking = user_data;
  StokerHealthRounds *self = asking->rounds;
  const char *id = stoker_provider_get_id (asking->provider);
  Plan *plan = g_hash_table_lookup (self->plans, id);
  g_autoptr (GError) error = NULL;
  gboolean is_told = stoker_refresh_offers_finish (result, &error);

  if (!is_told)
    g_debug ("%s did not tell its prices: %s", id, error->message);
  if (plan == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  plan->is_telling_offers = FALSE;
  plan->n_offers_failures = is_told ? 0 : plan->n_offers_failures + 1;
  plan->offers_due_us = self->now_us + stoker_health_rounds_choose_pause (plan->n_offers_failures,
                                                                          get_interval_us (self),
                                                                          g_random_double ());
}

/* Within an interval, or when the last answer has become that old. */
static gint64
choose_first_offers (StokerHealthRounds *self, StokerProvider *provider)
{
  gint64 asked_us =
    stoker_live_offers_get_asked_us (stoker_workspace_get_live_offers (self->workspace), provider);
  gint64 interval_us = get_interval_us (self);
  gint64 spread_us = (gint64) ((double) interval_us * g_random_double ());

  if (asked_us <= 0 || asked_us > self->now_us)
    return self->now_us + spread_us;
  return MAX (asked_us + interval_us, self->now_us) + (gint64) ((double) spread_us * JITTER);
}

/* The prices of whom is not well are not asked: it is out of advice anyway. */
static void
ask_offers (StokerHealthRounds *self, StokerProvider *provider, Plan *plan)
{
  StokerHealth *health = stoker_provider_get_health (provider);
  Asking *asking = NULL;

  if ((health != NULL && !health->is_ok) ||
      !stoker_provider_is_asked_for_offers (self->workspace, provider))
    return;
  if (plan->offers_due_us == 0)
    plan->offers_due_us = choose_first_offers (self, provider);
  if (plan->is_telling_offers || plan->offers_due_us > self->now_us || !has_network (self))
    return;
  plan->is_telling_offers = TRUE;
  asking = g_new0 (Asking, 1);
  asking->rounds = g_object_ref (self);
  asking->provider = g_object_ref (provider);
  stoker_refresh_offers_async (self->workspace, provider, self->cancellable, did_refresh, asking);
}

/**
 * stoker_health_rounds_run:
 * @self: the rounds
 * @now_us: what time it is
 *
 * Asks every provider whose turn it is whether it is there, and what it offers where it has a list,
 * when there is a network. The setting `check-minutes` is the interval; 0 is off.
 */
void
stoker_health_rounds_run (StokerHealthRounds *self, gint64 now_us)
{
  GListModel *providers = stoker_workspace_get_providers (self->workspace);

  self->now_us = now_us;
  if (get_interval_us (self) == 0 || self->n_busy > 0)
    return;
  self->round++;
  self->has_reached = FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);
      Plan *plan = NULL;

      if (!may_ask (self, provider))
        continue;
      plan = get_plan (self, stoker_provider_get_id (provider), now_us);
      if (plan->due_us <= now_us && has_network (self))
        ask (self, provider, plan);
      ask_offers (self, provider, plan);
    }
}

static gboolean
tick_cb (gpointer user_data)
{
  stoker_health_rounds_run (user_data, g_get_real_time ());
  return G_SOURCE_CONTINUE;
}

/**
 * stoker_health_rounds_new:
 * @workspace: the workspace, which outlives it
 *
 * Returns: (transfer full): rounds that stand still
 */
StokerHealthRounds *
stoker_health_rounds_new (StokerWorkspace *workspace)
{
  StokerHealthRounds *self = g_object_new (STOKER_TYPE_HEALTH_ROUNDS, NULL);

  self->workspace = workspace;
  return self;
}

/**
 * stoker_health_rounds_set_monitor:
 * @self: the rounds
 * @monitor: who knows whether there is a network, instead of the system's
 */
void
stoker_health_rounds_set_monitor (StokerHealthRounds *self, GNetworkMonitor *monitor)
{
  g_set_object (&self->monitor, monitor);
}

/**
 * stoker_health_rounds_start:
 * @self: the rounds
 *
 * Goes round from now on.
 */
void
stoker_health_rounds_start (StokerHealthRounds *self)
{
  if (self->tick_id == 0)
    self->tick_id = g_timeout_add_seconds (TICK_S, tick_cb, self);
}

/**
 * stoker_health_rounds_stop:
 * @self: the rounds
 *
 * Asks nobody any more.
 */
void
stoker_health_rounds_stop (StokerHealthRounds *self)
{
  g_clear_handle_id (&self->tick_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
}
