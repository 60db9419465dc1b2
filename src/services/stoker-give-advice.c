/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-give-advice.h"

#include "stoker-advice-log-private.h"
#include "stoker-advisor.h"
#include "stoker-gpu-detect.h"
#include "stoker-price-offers-private.h"
#include "stoker-task.h"
#include "stoker-workspace-private.h"

typedef struct
{
  StokerWorkload *workload; /* owned */
  StokerOfferTable *offers; /* owned */
  StokerMode mode;
  gboolean has_mode;
  StokerLocalSnapshot *local; /* owned, nullable */
  GPtrArray *providers;       /* owned, of StokerProvider, nullable until asked: copies */
  StokerCatalog *catalog;     /* owned, nullable until asked */
  StokerGpuSpecs *specs;      /* owned, nullable until asked */
  StokerLocalCost local_cost;
  StokerAdvice *advice; /* owned, nullable until known */
} Question;

static void
question_free (Question *self)
{
  g_clear_pointer (&self->workload, stoker_workload_unref);
  g_clear_object (&self->offers);
  g_clear_pointer (&self->local, stoker_local_snapshot_unref);
  g_clear_pointer (&self->providers, g_ptr_array_unref);
  g_clear_object (&self->catalog);
  g_clear_object (&self->specs);
  g_clear_pointer (&self->advice, stoker_advice_unref);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Question, question, question_free)

/* A provider's own answer counts before its list prices as long as it is not too old. */
static void
append_registered (StokerWorkspace *workspace, StokerOfferTable *table, StokerProvider *provider)
{
  StokerLiveOffers *live = stoker_workspace_get_live_offers (workspace);

  stoker_offer_table_append_current (table, stoker_workspace_get_profile (workspace, provider),
                                     stoker_provider_get_id (provider),
                                     stoker_live_offers_lookup (live, provider,
                                                                g_get_real_time ()));
}

/**
 * stoker_list_current_offers:
 * @workspace: the workspace
 *
 * What is known of the offers of every profile that can be had. Those of a registered provider
 * stand under its own id, once for each that was made from the same template, with what it told
 * when it was asked; the others under the profile's, with their list prices.
 *
 * Returns: (transfer full): the offers
 */
StokerOfferTable *
stoker_list_current_offers (StokerWorkspace *workspace)
{
  StokerCatalog *catalog = stoker_workspace_get_catalog (workspace);
  GListModel *providers = stoker_workspace_get_providers (workspace);
  GPtrArray *profiles = stoker_catalog_get_profiles (catalog);
  StokerOfferTable *table = stoker_offer_table_new (catalog);
  g_autoptr (GHashTable) registered = g_hash_table_new (g_direct_hash, g_direct_equal);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);
      StokerProfile *profile = stoker_workspace_get_profile (workspace, provider);

      if (profile == NULL)
        continue;
      append_registered (workspace, table, provider);
      g_hash_table_add (registered, profile);
    }

  for (guint i = 0; i < profiles->len; i++)
    {
      StokerProfile *profile = profiles->pdata[i];

      if (!g_hash_table_contains (registered, profile))
        stoker_offer_table_append_profile (table, profile, profile->id);
    }
  return table;
}

static GPtrArray *
copy_providers (StokerWorkspace *workspace)
{
  GListModel *providers = stoker_workspace_get_providers (workspace);
  GPtrArray *array = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);

      g_ptr_array_add (array, stoker_provider_copy (provider));
    }
  return array;
}

/* What the registered providers told on earlier days. */
static StokerOfferTable *
collect_history (StokerWorkspace *workspace)
{
  StokerLiveOffers *live = stoker_workspace_get_live_offers (workspace);
  GListModel *providers = stoker_workspace_get_providers (workspace);
  g_autoptr (StokerOfferTable) history = stoker_offer_table_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);
      StokerOfferTable *past = stoker_live_offers_get_history (live, provider);

      if (past != NULL)
        stoker_offer_table_append_table (history, past);
    }
  return stoker_offer_table_get_length (history) > 0 ? g_steal_pointer (&history) : NULL;
}

/* All that the advisor looks at, so that it may be asked in a thread. */
static void
collect (Question *self, StokerWorkspace *workspace)
{
  g_autoptr (StokerOfferTable) listed = g_steal_pointer (&self->offers);

  self->offers = stoker_price_offers (workspace, listed, self->workload);
  self->providers = copy_providers (workspace);
  self->catalog = g_object_ref (stoker_workspace_get_catalog (workspace));
  g_set_object (&self->specs, stoker_workspace_get_gpu_specs (workspace));
  self->local_cost = stoker_settings_get_local_cost (stoker_workspace_get_settings (workspace));
}

static void
advise_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Question *question = task_data;
  const StokerAdvisorInput input = {
    .workload = question->workload,
    .catalog = question->catalog,
    .offers = question->offers,
    .providers = question->providers,
    .local = question->local,
    .local_cost = question->local_cost,
    .specs = question->specs,
    .mode = question->has_mode ? &question->mode : NULL,
    .now_us = g_get_real_time (),
  };
  GError *error = NULL;
  StokerAdvice *advice = stoker_advise (&input, &error);

  if (advice != NULL)
    g_task_return_pointer (task, advice, (GDestroyNotify) stoker_advice_unref);
  else
    g_task_return_error (task, error);
}

static void
did_audit (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!stoker_store_write_finish (STOKER_STORE (source), result, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * stoker_record_advice_async:
 * @workspace: the workspace
 * @advice: an advice
 * @cancellable: (nullable): to give up
 * @callback: called when it is on disk
 * @user_data: for @callback
 *
 * Writes @advice to compute_advisor.log and the audit trail. Without a database (only the catalog
 * was opened) it is written to the log file alone.
 */
void
stoker_record_advice_async (StokerWorkspace *workspace,
                            StokerAdvice *advice,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);
  StokerStore *store = NULL;

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_record_advice_async);
  store = stoker_workspace_get_store (workspace);
  stoker_advice_log_append (advice);
  if (store == NULL)
    g_task_return_boolean (task, TRUE);
  else
    stoker_store_append_audit_async (store, "advice", advice->workload->name, advice->job_summary,
                                     cancellable, did_audit, g_object_ref (task));
}

/**
 * stoker_record_advice_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: %TRUE when it is on disk
 */
gboolean
stoker_record_advice_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_record_advice_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
return_advice (GTask *task)
{
  Question *question = stoker_task_get_question_state (task);

  g_task_return_pointer (task, stoker_advice_ref (question->advice),
                         (GDestroyNotify) stoker_advice_unref);
}

static void
did_record (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!stoker_record_advice_finish (result, &error))
    g_task_return_error (task, error);
  else
    return_advice (task);
}

static void
did_advise (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerWorkspace *workspace = g_task_get_source_object (task);
  Question *question = stoker_task_get_question_state (task);
  GError *error = NULL;

  question->advice = g_task_propagate_pointer (G_TASK (result), &error);
  if (question->advice == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  question->advice->history = collect_history (workspace);
  if (g_async_result_is_tagged (G_ASYNC_RESULT (task), stoker_preview_advice_async))
    return_advice (task);
  else
    stoker_record_advice_async (workspace, question->advice, g_task_get_cancellable (task),
                                did_record, g_object_ref (task));
}

static void
got_snapshot (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Question *question = stoker_task_get_question_state (task);
  g_autoptr (GTask) thread = NULL;
  g_autoptr (GError) local_error = NULL;

  question->local = stoker_gpu_detect_finish (result, &local_error);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (question->local == NULL)
    g_debug ("this machine's GPUs could not be told: %s", local_error->message);

  collect (question, g_task_get_source_object (task));
  thread = g_task_new (NULL, g_task_get_cancellable (task), did_advise, g_object_ref (task));
  g_task_set_task_data (thread, question, NULL);
  g_task_run_in_thread (thread, advise_in_thread);
}

static Question *
question_new (StokerWorkspace *workspace,
              StokerWorkload *workload,
              const StokerMode *mode,
              StokerOfferTable *offers)
{
  Question *self = g_new0 (Question, 1);

  self->workload = stoker_workload_ref (workload);
  self->offers = offers != NULL ? g_object_ref (offers) : stoker_list_current_offers (workspace);
  self->has_mode = mode != NULL;
  self->mode = mode != NULL ? *mode : STOKER_MODE_BALANCED;
  return self;
}

static void
ask (GTask *task, Question *question)
{
  stoker_task_set_question_state (task, question);
  stoker_gpu_detect_async ("/", g_task_get_cancellable (task), got_snapshot, g_object_ref (task));
}

/**
 * stoker_give_advice_async:
 * @workspace: the workspace
 * @workload: what is to be done
 * @mode: (nullable): overrides the workload's
 * @offers: (nullable): weighed instead of the current ones
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Looks at this machine, asks the advisor, and records the answer in compute_advisor.log and the
 * audit trail.
 */
void
stoker_give_advice_async (StokerWorkspace *workspace,
                          StokerWorkload *workload,
                          const StokerMode *mode,
                          StokerOfferTable *offers,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_give_advice_async);
  ask (task, question_new (workspace, workload, mode, offers));
}

/**
 * stoker_give_advice_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): the advice
 */
StokerAdvice *
stoker_give_advice_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_give_advice_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * stoker_preview_advice_async:
 * @workspace: the workspace
 * @workload: what is to be done
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Looks at this machine and asks the advisor, and writes nothing: a form asks at every step of a
 * slider.
 */
void
stoker_preview_advice_async (StokerWorkspace *workspace,
                             StokerWorkload *workload,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_preview_advice_async);
  ask (task, question_new (workspace, workload, NULL, NULL));
}

/**
 * stoker_preview_advice_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): the advice, not recorded
 */
StokerAdvice *
stoker_preview_advice_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_preview_advice_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
