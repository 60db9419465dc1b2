/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-refresh-offers.h"

#include "stoker-list-offers.h"
#include "stoker-live-offers-private.h"
#include "stoker-task.h"

#include <glib/gi18n-lib.h>

static void
did_keep (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (stoker_live_offers_take_finish (STOKER_LIVE_OFFERS (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
did_list (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerWorkspace *workspace = STOKER_WORKSPACE (source);
  GError *error = NULL;
  g_autoptr (StokerOfferTable) offers = stoker_list_offers_finish (result, &error);

  if (offers == NULL)
    g_task_return_error (task, error);
  else
    stoker_live_offers_take_async (stoker_workspace_get_live_offers (workspace),
                                   g_task_get_task_data (task), offers, g_get_real_time (),
                                   did_keep, g_object_ref (task));
}

/**
 * stoker_refresh_offers_async:
 * @workspace: the workspace
 * @provider: a registered provider
 * @cancellable: (nullable): to give up
 * @callback: called when the answer is kept
 * @user_data: for @callback
 *
 * Asks one provider what can be rented there right now, and keeps the answer.
 */
void
stoker_refresh_offers_async (StokerWorkspace *workspace,
                             StokerProvider *provider,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_refresh_offers_async);
  g_task_set_task_data (task, g_object_ref (provider), g_object_unref);
  stoker_list_offers_async (workspace, provider, cancellable, did_list, g_object_ref (task));
}

/**
 * stoker_refresh_offers_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: %FALSE with what stoker_list_offers_finish() tells, or %STOKER_ERROR_STORAGE when the
 * answer could not be kept on disk
 */
gboolean
stoker_refresh_offers_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_refresh_offers_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* All of them. */

typedef struct
{
  StokerRefreshReport *report; /* owned until it is returned */
  guint n_waiting;
  StokerRefreshProgress progress;
  gpointer progress_data;
} Round;

static void
round_free (Round *self)
{
  g_clear_pointer (&self->report, stoker_refresh_report_free);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Round, round, round_free)

/* One of the questions, for its answer to know whose it is. */
typedef struct
{
  GTask *task;              /* owned */
  StokerProvider *provider; /* owned */
} Question;

static void
question_free (Question *self)
{
  g_object_unref (self->task);
  g_object_unref (self->provider);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

/**
 * stoker_refresh_report_free:
 * @self: (transfer full): a report
 */
void
stoker_refresh_report_free (StokerRefreshReport *self)
{
  g_ptr_array_unref (self->failures);
  g_free (self);
}

/**
 * stoker_provider_is_asked_for_offers:
 * @workspace: the workspace
 * @provider: a registered provider
 *
 * Returns: whether it is among those that are asked for live prices: it has a list, and is active
 */
gboolean
stoker_provider_is_asked_for_offers (StokerWorkspace *workspace, StokerProvider *provider)
{
  return stoker_provider_get_active (provider) &&
         stoker_provider_lists_offers (workspace, provider);
}

static void
end_if_done (GTask *task)
{
  Round *round = stoker_task_get_round_state (task);

  if (--round->n_waiting > 0 || g_task_return_error_if_cancelled (task))
    return;
  g_task_return_pointer (task, g_steal_pointer (&round->report),
                         (GDestroyNotify) stoker_refresh_report_free);
}

static void
did_refresh (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Question) question = user_data;
  Round *round = stoker_task_get_round_state (question->task);
  StokerRefreshReport *report = round->report;
  g_autoptr (GError) error = NULL;

  if (stoker_refresh_offers_finish (result, &error))
    report->n_answered++;
  else
    g_ptr_array_add (report->failures,
                     g_strdup_printf (_ ("%s did not tell its prices: %s"),
                                      stoker_provider_get_name (question->provider),
                                      error->message));
  if (round->progress != NULL &&
      !g_cancellable_is_cancelled (g_task_get_cancellable (question->task)))
    round->progress (report->n_answered + report->failures->len, report->n_asked,
                     round->progress_data);
  end_if_done (question->task);
}

static void
ask (StokerWorkspace *workspace, GTask *task, StokerProvider *provider)
{
  Round *round = stoker_task_get_round_state (task);
  Question *question = g_new (Question, 1);

  round->report->n_asked++;
  round->n_waiting++;
  question->task = g_object_ref (task);
  question->provider = g_object_ref (provider);
  stoker_refresh_offers_async (workspace, provider, g_task_get_cancellable (task), did_refresh,
                               question);
}

/**
 * stoker_refresh_all_offers_async:
 * @workspace: the workspace
 * @progress: (nullable): called after each of them, on the main loop, never after @cancellable
 * @progress_data: for @progress
 * @cancellable: (nullable): to give up; what was answered until then is kept
 * @callback: called when all have answered, or have not
 * @user_data: for @callback
 *
 * Asks all registered providers that are active and have a list of offers, at the same time.
 */
void
stoker_refresh_all_offers_async (StokerWorkspace *workspace,
                                 StokerRefreshProgress progress,
                                 gpointer progress_data,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);
  GListModel *providers = stoker_workspace_get_providers (workspace);
  Round *round = g_new0 (Round, 1);

  g_task_set_source_tag (task, stoker_refresh_all_offers_async);
  round->report = g_new0 (StokerRefreshReport, 1);
  round->report->failures = g_ptr_array_new_with_free_func (g_free);
  round->progress = progress;
  round->progress_data = progress_data;
  round->n_waiting = 1;
  stoker_task_set_round_state (task, round);
  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (StokerProvider) provider = g_list_model_get_item (providers, i);

      if (stoker_provider_is_asked_for_offers (workspace, provider))
        ask (workspace, task, provider);
    }
  end_if_done (task);
}

/**
 * stoker_refresh_all_offers_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): how it went; %NULL when it was cancelled
 */
StokerRefreshReport *
stoker_refresh_all_offers_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_refresh_all_offers_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
