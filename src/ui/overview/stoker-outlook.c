/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-outlook.h"

#include "stoker-decision.h"
#include "stoker-list-spending.h"
#include "stoker-notable-jobs.h"
#include "stoker-provider-phrases.h"

/* Changes come in bursts. */
#define REFRESH_DELAY_MS 100
/* Ages and elapsed times are told in minutes, and a day may end. */
#define TICK_S 20
#define MAX_LATEST_JOBS 8
/* Outputs of a job that is further down are no longer the latest. */
#define MAX_JOBS_LOOKED_AT 1000

struct _StokerOutlook
{
  GObject parent_instance;

  StokerWorkspace *workspace;      /* owned, nullable */
  StokerJobWatch *watch;           /* owned, nullable */
  StokerNotableJobs *notable;      /* owned, nullable */
  GListStore *decisions;           /* owned */
  GListStore *running;             /* owned */
  GListStore *latest;              /* owned */
  StokerSpendingSummary *spending; /* owned, nullable until read */
  char *spending_problem;          /* owned, nullable */
  StokerRunningCost cost;
  GCancellable *cancellable; /* owned, nullable: the ledger is being read */
  gboolean is_stale;         /* something changed while the ledger was being read */
  guint refresh_source;
  guint tick_source;
};

G_DEFINE_FINAL_TYPE (StokerOutlook, stoker_outlook, G_TYPE_OBJECT)

typedef enum {
  PROP_WORKSPACE = 1,
  PROP_N_ACTIVE,
  N_PROPS,
} StokerOutlookProperty;

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

static void read_spending (StokerOutlook *self);

/* One look at what matters. */
typedef struct
{
  StokerOutlook *outlook;
  gint64 now_us;
  StokerRunningCost cost;
  GPtrArray *decisions; /* of StokerDecision */
  GPtrArray *running;   /* of StokerJob */
  GPtrArray *latest;    /* of StokerJob */
} Look;

static const char *
get_provider_name (StokerOutlook *self, StokerJob *job)
{
  const char *id = stoker_job_get_provider_id (job);

  return stoker_phrase_provider_of (self->workspace, id);
}

static gboolean
has_output (StokerJob *job)
{
  GPtrArray *artifacts = stoker_job_get_artifacts (job);

  for (guint i = 0; i < artifacts->len; i++)
    if (((StokerArtifact *) artifacts->pdata[i])->path != NULL)
      return TRUE;
  return FALSE;
}

static gboolean
is_running (StokerJob *job)
{
  return !stoker_job_get_dry_run (job) && !stoker_job_state_is_final (stoker_job_get_state (job));
}

static void
look_at_job (Look *look, StokerJob *job)
{
  StokerOutlook *self = look->outlook;
  StokerDecision *decision = NULL;

  if (is_running (job))
    {
      stoker_running_cost_add (&look->cost, job,
                               stoker_provider_sends_bills (self->workspace,
                                                            stoker_job_get_provider_id (job)));
      g_ptr_array_add (look->running, g_object_ref (job));
    }
  decision = stoker_decision_new_for_job (job, get_provider_name (self, job), look->now_us);
  if (decision != NULL)
    g_ptr_array_add (look->decisions, decision);
}

static void
look_at_jobs (Look *look)
{
  g_autoptr (GPtrArray) notable = stoker_notable_jobs_list (look->outlook->notable);
  GListModel *jobs = stoker_workspace_get_jobs (look->outlook->workspace);
  guint n_jobs = MIN (g_list_model_get_n_items (jobs), MAX_JOBS_LOOKED_AT);

  for (guint i = 0; i < notable->len; i++)
    look_at_job (look, notable->pdata[i]);
  for (guint i = 0; i < n_jobs && look->latest->len < MAX_LATEST_JOBS; i++)
    {
      g_autoptr (StokerJob) job = g_list_model_get_item (jobs, i);

      if (has_output (job))
        g_ptr_array_add (look->latest, g_object_ref (job));
    }
}

static void
look_at_providers (Look *look)
{
  StokerWorkspace *workspace = look->outlook->workspace;
  GListModel *providers = stoker_workspace_get_providers (workspace);
  StokerDecision *decision = stoker_decision_new_for_keyring (
    stoker_workspace_get_keyring_message (workspace));

  if (decision != NULL)
    g_ptr_array_add (look->decisions, decision);
  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);

      decision = stoker_decision_new_for_provider (provider, look->now_us);
      if (decision != NULL)
        g_ptr_array_add (look->decisions, decision);
    }
}

static gboolean
is_same (gpointer a, gpointer b)
{
  if (STOKER_IS_DECISION (a) && STOKER_IS_DECISION (b))
    return stoker_decision_equal (a, b);
  return a == b;
}

/* Leaves alone what has not changed, so that rows keep place and focus. */
static void
replace (GListStore *store, GPtrArray *items)
{
  guint length = g_list_model_get_n_items (G_LIST_MODEL (store));
  guint same = 0;

  for (; same < MIN (length, items->len); same++)
    {
      g_autoptr (GObject) item = g_list_model_get_item (G_LIST_MODEL (store), same);

      if (!is_same (item, items->pdata[same]))
        break;
    }
  if (same < length || same < items->len)
    g_list_store_splice (store, same, length - same, items->pdata + same, items->len - same);
}

static void
refresh (StokerOutlook *self)
{
  g_autoptr (GPtrArray) decisions = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) running = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) latest = g_ptr_array_new_with_free_func (g_object_unref);
  Look look = { .outlook = self,
                .now_us = g_get_real_time (),
                .decisions = decisions,
                .running = running,
                .latest = latest };

  if (self->workspace != NULL)
    {
      look_at_providers (&look);
      look_at_jobs (&look);
    }
  self->cost = look.cost;
  replace (self->decisions, decisions);
  replace (self->running, running);
  replace (self->latest, latest);
  g_signal_emit (self, changed_signal, 0);
}

/* A job that somebody bills for and whose cost nobody knows makes the sums lower bounds. */
static void
count_unknown (StokerOutlook *self, StokerJob *job)
{
  gint64 ended_us = stoker_job_get_ended (job);

  if (stoker_job_get_dry_run (job) || stoker_job_get_started (job) == 0 ||
      stoker_job_get_accrued (job).is_known ||
      !stoker_provider_sends_bills (self->workspace, stoker_job_get_provider_id (job)))
    return;
  stoker_spending_summary_add_unknown (self->spending,
                                       ended_us > 0 ? ended_us : g_get_real_time ());
}

static void
take_entries (StokerOutlook *self, const GPtrArray *entries)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autoptr (GPtrArray) notable = NULL;

  g_clear_pointer (&self->spending, stoker_spending_summary_free);
  g_clear_pointer (&self->spending_problem, g_free);
  self->spending = stoker_spending_summary_new (entries, now);
  notable = stoker_notable_jobs_list (self->notable);
  for (guint i = 0; i < notable->len; i++)
    count_unknown (self, notable->pdata[i]);
}

static void
did_list (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerOutlook) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = stoker_list_spending_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      source != G_OBJECT (self->workspace))
    return;
  g_clear_object (&self->cancellable);
  if (entries != NULL)
    take_entries (self, entries);
  else
    {
      g_free (self->spending_problem);
      self->spending_problem = g_strdup (error->message);
    }
  g_signal_emit (self, changed_signal, 0);
  if (self->is_stale)
    read_spending (self);
}

static void
read_spending (StokerOutlook *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();

  self->is_stale = self->cancellable != NULL;
  if (self->workspace == NULL || self->is_stale)
    return;
  self->cancellable = g_cancellable_new ();
  stoker_list_spending_async (self->workspace, stoker_spending_month_start (now), self->cancellable,
                              did_list, g_object_ref (self));
}

static gboolean
refresh_cb (gpointer user_data)
{
  StokerOutlook *self = user_data;

  self->refresh_source = 0;
  refresh (self);
  read_spending (self);
  return G_SOURCE_REMOVE;
}

static void
plan_refresh (StokerOutlook *self)
{
  if (self->refresh_source == 0)
    self->refresh_source = g_timeout_add (REFRESH_DELAY_MS, refresh_cb, self);
}

static gboolean
tick_cb (gpointer user_data)
{
  plan_refresh (user_data);
  return G_SOURCE_CONTINUE;
}

static void
count_changed_cb (StokerOutlook *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ACTIVE]);
}

static void
drop_workspace (StokerOutlook *self)
{
  g_clear_handle_id (&self->refresh_source, g_source_remove);
  g_clear_handle_id (&self->tick_source, g_source_remove);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->watch != NULL)
    g_signal_handlers_disconnect_by_data (self->watch, self);
  g_clear_object (&self->watch);
  g_clear_object (&self->notable);
  if (self->workspace != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->workspace, self);
      g_signal_handlers_disconnect_by_data (stoker_workspace_get_providers (self->workspace), self);
    }
  g_clear_object (&self->workspace);
  g_clear_pointer (&self->spending, stoker_spending_summary_free);
  g_clear_pointer (&self->spending_problem, g_free);
}

static const char *const shown_settings[] = { "changed::currency-style", "changed::budget-day",
                                              "changed::budget-month" };

static void
follow_workspace (StokerOutlook *self)
{
  GSettings *settings = stoker_settings_get_gsettings (
    stoker_workspace_get_settings (self->workspace));

  /* What follows the outlook writes its amounts anew. */
  for (gsize i = 0; settings != NULL && i < G_N_ELEMENTS (shown_settings); i++)
    g_signal_connect_object (settings, shown_settings[i], G_CALLBACK (plan_refresh), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->watch, "changed", G_CALLBACK (plan_refresh), self);
  g_signal_connect_swapped (self->watch, "notify::n-active", G_CALLBACK (count_changed_cb), self);
  g_signal_connect_swapped (stoker_workspace_get_providers (self->workspace), "items-changed",
                            G_CALLBACK (plan_refresh), self);
  g_signal_connect_swapped (self->workspace, "notify", G_CALLBACK (plan_refresh), self);
  self->tick_source = g_timeout_add_seconds (TICK_S, tick_cb, self);
  read_spending (self);
}

static void
stoker_outlook_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StokerOutlook *self = STOKER_OUTLOOK (object);

  switch ((StokerOutlookProperty) id)
    {
    case PROP_WORKSPACE:
      g_value_set_object (value, self->workspace);
      break;
    case PROP_N_ACTIVE:
      g_value_set_uint (value, stoker_outlook_get_n_active (self));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stoker_outlook_dispose (GObject *object)
{
  drop_workspace (STOKER_OUTLOOK (object));
  G_OBJECT_CLASS (stoker_outlook_parent_class)->dispose (object);
}

static void
stoker_outlook_finalize (GObject *object)
{
  StokerOutlook *self = STOKER_OUTLOOK (object);

  g_clear_object (&self->decisions);
  g_clear_object (&self->running);
  g_clear_object (&self->latest);
  G_OBJECT_CLASS (stoker_outlook_parent_class)->finalize (object);
}

static void
stoker_outlook_class_init (StokerOutlookClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = stoker_outlook_get_property;
  object_class->dispose = stoker_outlook_dispose;
  object_class->finalize = stoker_outlook_finalize;

  properties[PROP_WORKSPACE] = g_param_spec_object ("workspace", NULL, NULL, STOKER_TYPE_WORKSPACE,
                                                    flags);
  properties[PROP_N_ACTIVE] = g_param_spec_uint ("n-active", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
stoker_outlook_init (StokerOutlook *self)
{
  self->decisions = g_list_store_new (STOKER_TYPE_DECISION);
  self->running = g_list_store_new (STOKER_TYPE_JOB);
  self->latest = g_list_store_new (STOKER_TYPE_JOB);
}

/**
 * stoker_outlook_new:
 *
 * Returns: (transfer full): an outlook on nothing yet
 */
StokerOutlook *
stoker_outlook_new (void)
{
  return g_object_new (STOKER_TYPE_OUTLOOK, NULL);
}

/**
 * stoker_outlook_set_workspace:
 * @workspace: (nullable): the open workspace
 * @watch: (nullable): the watch over its jobs; %NULL only without a workspace
 */
void
stoker_outlook_set_workspace (StokerOutlook *self,
                              StokerWorkspace *workspace,
                              StokerJobWatch *watch)
{
  g_return_if_fail (STOKER_IS_OUTLOOK (self));

  if (self->workspace == workspace)
    return;
  drop_workspace (self);
  if (workspace != NULL)
    {
      self->workspace = g_object_ref (workspace);
      self->watch = g_object_ref (watch);
      self->notable = stoker_notable_jobs_new (stoker_job_watch_get_jobs (watch));
      follow_workspace (self);
    }
  refresh (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WORKSPACE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_N_ACTIVE]);
}

/**
 * stoker_outlook_get_workspace:
 *
 * Returns: (transfer none) (nullable): the workspace it is on
 */
StokerWorkspace *
stoker_outlook_get_workspace (StokerOutlook *self)
{
  g_return_val_if_fail (STOKER_IS_OUTLOOK (self), NULL);

  return self->workspace;
}

/**
 * stoker_outlook_get_n_active:
 *
 * Returns: how many jobs have not ended
 */
guint
stoker_outlook_get_n_active (StokerOutlook *self)
{
  g_return_val_if_fail (STOKER_IS_OUTLOOK (self), 0);

  return self->watch != NULL ? stoker_job_watch_get_n_active (self->watch) : 0;
}

static gboolean
has_other_provider (StokerWorkspace *workspace)
{
  GListModel *providers = stoker_workspace_get_providers (workspace);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);

      if (!g_str_equal (stoker_provider_get_id (provider), STOKER_PROVIDER_LOCAL_ID))
        return TRUE;
    }
  return FALSE;
}

/**
 * stoker_outlook_is_first_run:
 *
 * Returns: whether there is neither a job nor a provider but this computer
 */
gboolean
stoker_outlook_is_first_run (StokerOutlook *self)
{
  g_return_val_if_fail (STOKER_IS_OUTLOOK (self), FALSE);

  return self->workspace != NULL && stoker_job_watch_get_n_jobs (self->watch) == 0 &&
         !has_other_provider (self->workspace);
}

/**
 * stoker_outlook_get_cost:
 *
 * Returns: (transfer none): what runs and what it costs an hour
 */
const StokerRunningCost *
stoker_outlook_get_cost (StokerOutlook *self)
{
  g_return_val_if_fail (STOKER_IS_OUTLOOK (self), NULL);

  return &self->cost;
}

/**
 * stoker_outlook_get_spending:
 *
 * Returns: (transfer none) (nullable): what was spent; %NULL until the ledger was read
 */
const StokerSpendingSummary *
stoker_outlook_get_spending (StokerOutlook *self)
{
  g_return_val_if_fail (STOKER_IS_OUTLOOK (self), NULL);

  return self->spending;
}

/**
 * stoker_outlook_get_spending_problem:
 *
 * Returns: (transfer none) (nullable): why the ledger could not be read the last time
 */
const char *
stoker_outlook_get_spending_problem (StokerOutlook *self)
{
  g_return_val_if_fail (STOKER_IS_OUTLOOK (self), NULL);

  return self->spending_problem;
}

/**
 * stoker_outlook_get_decisions:
 *
 * Returns: (transfer none): what waits for a person, of #StokerDecision
 */
GListModel *
stoker_outlook_get_decisions (StokerOutlook *self)
{
  g_return_val_if_fail (STOKER_IS_OUTLOOK (self), NULL);

  return G_LIST_MODEL (self->decisions);
}

/**
 * stoker_outlook_get_running:
 *
 * Returns: (transfer none): what has not ended, of #StokerJob, newest first
 */
GListModel *
stoker_outlook_get_running (StokerOutlook *self)
{
  g_return_val_if_fail (STOKER_IS_OUTLOOK (self), NULL);

  return G_LIST_MODEL (self->running);
}

/**
 * stoker_outlook_get_latest:
 *
 * Returns: (transfer none): the last jobs with files, of #StokerJob, newest first
 */
GListModel *
stoker_outlook_get_latest (StokerOutlook *self)
{
  g_return_val_if_fail (STOKER_IS_OUTLOOK (self), NULL);

  return G_LIST_MODEL (self->latest);
}

/**
 * stoker_outlook_get_budget:
 * @period: a day or a month
 *
 * Returns: what should be spent in that time at most; unknown when that was not told
 */
StokerMoney
stoker_outlook_get_budget (StokerOutlook *self, StokerBudgetPeriod period)
{
  g_return_val_if_fail (STOKER_IS_OUTLOOK (self), stoker_money_unknown ());

  if (self->workspace == NULL)
    return stoker_money_unknown ();
  return stoker_spending_budget_get (stoker_workspace_get_settings (self->workspace), period);
}
