/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-capabilities.h"

G_DEFINE_INTERFACE (StokerProbe, stoker_probe, G_TYPE_OBJECT)
G_DEFINE_INTERFACE (StokerOfferSource, stoker_offer_source, G_TYPE_OBJECT)
G_DEFINE_INTERFACE (StokerJobRunner, stoker_job_runner, G_TYPE_OBJECT)
G_DEFINE_INTERFACE (StokerJobFinder, stoker_job_finder, G_TYPE_OBJECT)

static void
stoker_probe_default_init (StokerProbeInterface *iface)
{
}

static void
stoker_offer_source_default_init (StokerOfferSourceInterface *iface)
{
}

static void
stoker_job_runner_default_init (StokerJobRunnerInterface *iface)
{
}

static void
stoker_job_finder_default_init (StokerJobFinderInterface *iface)
{
}

/**
 * stoker_probe_check_async:
 * @connection: the provider to ask
 *
 * Asks a provider whether it is there and whether the key is good. It costs nothing and changes
 * nothing there.
 */
void
stoker_probe_check_async (StokerProbe *self,
                          StokerConnection *connection,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (STOKER_IS_PROBE (self));

  STOKER_PROBE_GET_IFACE (self)->check_async (self, connection, cancellable, callback, user_data);
}

/**
 * stoker_probe_check_finish:
 *
 * Returns: (transfer full) (nullable): the outcome, also when the provider is away or the key is
 * wrong; %NULL with @error when nothing can be said, as after %G_IO_ERROR_CANCELLED
 */
StokerHealth *
stoker_probe_check_finish (StokerProbe *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (STOKER_IS_PROBE (self), NULL);

  return STOKER_PROBE_GET_IFACE (self)->check_finish (self, result, error);
}

/**
 * stoker_offer_source_list_async:
 * @connection: the provider to ask
 * @catalog: where the offers' profile and plans belong to
 *
 * Asks a provider what can be rented right now.
 */
void
stoker_offer_source_list_async (StokerOfferSource *self,
                                StokerConnection *connection,
                                StokerCatalog *catalog,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  g_return_if_fail (STOKER_IS_OFFER_SOURCE (self));

  STOKER_OFFER_SOURCE_GET_IFACE (self)->list_async (self, connection, catalog, cancellable,
                                                    callback, user_data);
}

/**
 * stoker_offer_source_list_finish:
 *
 * Returns: (transfer full) (nullable): the offers; %NULL with @error
 */
StokerOfferTable *
stoker_offer_source_list_finish (StokerOfferSource *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (STOKER_IS_OFFER_SOURCE (self), NULL);

  return STOKER_OFFER_SOURCE_GET_IFACE (self)->list_finish (self, result, error);
}

/**
 * stoker_job_runner_start_async:
 * @operation: what to do
 * @connection: the provider to do it at
 * @request: which job; borrowed until this call returns
 *
 * Submits, polls or cancels a job, or fetches its outputs.
 */
void
stoker_job_runner_start_async (StokerJobRunner *self,
                               StokerJobOperation operation,
                               StokerConnection *connection,
                               const StokerJobRequest *request,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_return_if_fail (STOKER_IS_JOB_RUNNER (self));

  STOKER_JOB_RUNNER_GET_IFACE (self)->start_async (self, operation, connection, request,
                                                   cancellable, callback, user_data);
}

/**
 * stoker_job_runner_start_finish:
 *
 * Returns: (transfer full) (nullable): what the backend says of the job now; %NULL with @error,
 * whose meaning for a submit #StokerJobRunner explains
 */
StokerJobReport *
stoker_job_runner_start_finish (StokerJobRunner *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (STOKER_IS_JOB_RUNNER (self), NULL);

  return STOKER_JOB_RUNNER_GET_IFACE (self)->start_finish (self, result, error);
}

/**
 * stoker_job_runner_render:
 * @connection: the provider
 * @request: the job
 *
 * Shows what a submit would send, without sending it. Pure.
 *
 * Returns: (transfer full) (nullable) (element-type StokerRenderedRequest): the requests, secrets
 * masked; %NULL with @error
 */
GPtrArray *
stoker_job_runner_render (StokerJobRunner *self,
                          StokerConnection *connection,
                          const StokerJobRequest *request,
                          GError **error)
{
  g_return_val_if_fail (STOKER_IS_JOB_RUNNER (self), NULL);

  return STOKER_JOB_RUNNER_GET_IFACE (self)->render (self, connection, request, error);
}

/**
 * stoker_job_runner_release_async:
 * @request: the job, with the remote_id and handle that its submit left
 *
 * Ends what a job keeps at the backend after it has ended in whatever way (succeeded with its
 * outputs fetched, failed, cancelled, lost), so that nothing of it goes on costing: the rented
 * machine is destroyed, its volume deleted. To be called after each job that was sent, and again
 * until it succeeds, also after a restart: it may be repeated as often as one likes, and what is
 * gone already is fine. It must not be called before the outputs are fetched, because they may go
 * with the machine. A submit that failed but left something answers with a report in the state
 * failed that has a handle; this is for that too.
 */
void
stoker_job_runner_release_async (StokerJobRunner *self,
                                 StokerConnection *connection,
                                 const StokerJobRequest *request,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  StokerJobRunnerInterface *iface = NULL;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (STOKER_IS_JOB_RUNNER (self));

  iface = STOKER_JOB_RUNNER_GET_IFACE (self);
  if (iface->release_async != NULL)
    {
      iface->release_async (self, connection, request, cancellable, callback, user_data);
      return;
    }
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, stoker_job_runner_release_async);
  g_task_return_boolean (task, TRUE);
}

/**
 * stoker_job_runner_release_finish:
 *
 * Returns: %TRUE when nothing of the job is left that costs; else %FALSE with @error, and it must
 * be tried again
 */
gboolean
stoker_job_runner_release_finish (StokerJobRunner *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (STOKER_IS_JOB_RUNNER (self), FALSE);

  if (g_async_result_is_tagged (result, stoker_job_runner_release_async))
    return g_task_propagate_boolean (G_TASK (result), error);

  return STOKER_JOB_RUNNER_GET_IFACE (self)->release_finish (self, result, error);
}

/**
 * stoker_job_finder_find_async:
 * @connection: the provider to search
 * @request: the job whose answer never came; borrowed until this call returns
 *
 * Looks whether a backend took a job.
 */
void
stoker_job_finder_find_async (StokerJobFinder *self,
                              StokerConnection *connection,
                              const StokerJobRequest *request,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (STOKER_IS_JOB_FINDER (self));

  STOKER_JOB_FINDER_GET_IFACE (self)->find_async (self, connection, request, cancellable, callback,
                                                  user_data);
}

/**
 * stoker_job_finder_find_finish:
 *
 * Returns: (transfer full) (nullable) (element-type StokerJobReport): the jobs there that could be
 * it, empty when surely none is; %NULL with @error, %STOKER_ERROR_UNSUPPORTED when the backend
 * cannot tell
 */
GPtrArray *
stoker_job_finder_find_finish (StokerJobFinder *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (STOKER_IS_JOB_FINDER (self), NULL);

  return STOKER_JOB_FINDER_GET_IFACE (self)->find_finish (self, result, error);
}
