/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-http-connector-private.h"

#include "stoker-error.h"
#include "stoker-run-reader.h"

static void probe_init (StokerProbeInterface *iface);
static void offer_source_init (StokerOfferSourceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (
  StokerHttpConnector,
  stoker_http_connector,
  G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (STOKER_TYPE_PROBE, probe_init)
    G_IMPLEMENT_INTERFACE (STOKER_TYPE_OFFER_SOURCE, offer_source_init)
      G_IMPLEMENT_INTERFACE (STOKER_TYPE_JOB_RUNNER, stoker_http_job_runner_init)
        G_IMPLEMENT_INTERFACE (STOKER_TYPE_JOB_FINDER, stoker_http_job_finder_init)
          G_IMPLEMENT_INTERFACE (STOKER_TYPE_JOB_PRICER, stoker_http_job_pricer_init)
            G_IMPLEMENT_INTERFACE (STOKER_TYPE_MACHINE_HOST, stoker_http_machine_host_init)
              G_IMPLEMENT_INTERFACE (STOKER_TYPE_ACTION_RUNNER, stoker_http_action_runner_init))

/* The manifest of the provider that @connection is to; read when it is asked for first. */
const StokerManifest *
stoker_http_connector_find_manifest (StokerHttpConnector *self,
                                     StokerConnection *connection,
                                     GError **error)
{
  StokerProfile *profile = stoker_connection_get_profile (connection);
  StokerManifest *manifest = g_hash_table_lookup (self->manifests, profile);

  if (manifest == NULL)
    {
      manifest = stoker_manifest_decode (profile, error);
      if (manifest != NULL)
        g_hash_table_insert (self->manifests, stoker_profile_ref (profile), manifest);
    }

  return manifest;
}

/* An operation that is about to begin; NULL with STOKER_ERROR_UNSUPPORTED when there is none. */
StokerRun *
stoker_http_connector_make_run (StokerHttpConnector *self,
                                const char *name,
                                StokerConnection *connection,
                                const StokerJobRequest *request,
                                GError **error)
{
  const StokerManifest *manifest = stoker_http_connector_find_manifest (self, connection, error);
  JsonNode *operation = manifest != NULL ? stoker_manifest_find (manifest, name, error) : NULL;
  StokerRun *run = NULL;

  if (operation == NULL)
    return NULL;
  run = stoker_run_new (manifest, operation, connection, request);
  run->tokens = self->tokens;

  return run;
}

/* Begins @run, which is taken over, for the connector that is the source of @task; without one
 * @error is how @task ends. */
void
stoker_http_connector_start (GTask *task,
                             StokerRun *run,
                             GError *error,
                             GAsyncReadyCallback callback)
{
  StokerHttpConnector *self = g_task_get_source_object (task);

  if (run != NULL)
    stoker_run_start_async (run, self->client, g_task_get_cancellable (task), callback,
                            g_object_ref (task));
  else
    g_task_return_error (task, error);
}

typedef struct
{
  GTask *task; /* owned */
  StokerRunReader read;
  GDestroyNotify free_result;
} Answering;

static void
did_run (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Answering *answering = user_data;
  g_autoptr (GTask) task = answering->task;
  GError *error = NULL;
  g_autoptr (StokerRun) run = stoker_run_start_finish (result, &error);
  gpointer answer = run != NULL ? answering->read (run, task, &error) : NULL;

  if (answer != NULL)
    g_task_return_pointer (task, answer, answering->free_result);
  else
    g_task_return_error (task, error);
}

/* As stoker_http_connector_start(), and what @read makes of the operation is how @task ends. */
void
stoker_http_connector_answer (
  GTask *task, StokerRun *run, GError *error, StokerRunReader read, GDestroyNotify free_result)
{
  StokerHttpConnector *self = g_task_get_source_object (task);
  Answering *answering = NULL;

  if (run == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  answering = g_new0 (Answering, 1);
  answering->task = g_object_ref (task);
  answering->read = read;
  answering->free_result = free_result;
  stoker_run_start_async (run, self->client, g_task_get_cancellable (task), did_run, answering);
}

/* Probe */

static void
did_check (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (StokerRun) run = stoker_run_start_finish (result, &local_error);
  gboolean is_answer = !g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED) &&
                       !g_error_matches (local_error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED);

  if (is_answer)
    g_task_return_pointer (task,
                           run != NULL ? stoker_run_read_health (run)
                                       : stoker_health_new_error (local_error, g_get_real_time ()),
                           (GDestroyNotify) stoker_health_unref);
  else
    g_task_return_error (task, g_steal_pointer (&local_error));
}

static void
check_async (StokerProbe *probe,
             StokerConnection *connection,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  StokerHttpConnector *self = STOKER_HTTP_CONNECTOR (probe);
  g_autoptr (GTask) task = g_task_new (probe, cancellable, callback, user_data);
  GError *error = NULL;
  StokerRun *run = stoker_http_connector_make_run (self, "check", connection, NULL, &error);

  g_task_set_source_tag (task, check_async);
  stoker_http_connector_start (task, run, error, did_check);
}

static StokerHealth *
check_finish (StokerProbe *probe, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, probe), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Offers */

static gpointer
read_offers (const StokerRun *run, GTask *task, GError **error)
{
  return stoker_run_read_offers (run, g_task_get_task_data (task), error);
}

static void
list_async (StokerOfferSource *source,
            StokerConnection *connection,
            StokerCatalog *catalog,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  StokerHttpConnector *self = STOKER_HTTP_CONNECTOR (source);
  g_autoptr (GTask) task = g_task_new (source, cancellable, callback, user_data);
  GError *error = NULL;
  StokerRun *run = stoker_http_connector_make_run (self, "offers", connection, NULL, &error);

  g_task_set_source_tag (task, list_async);
  g_task_set_task_data (task, g_object_ref (catalog), g_object_unref);
  stoker_http_connector_answer (task, run, error, read_offers, g_object_unref);
}

static StokerOfferTable *
list_finish (StokerOfferSource *source, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, source), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
probe_init (StokerProbeInterface *iface)
{
  iface->check_async = check_async;
  iface->check_finish = check_finish;
}

static void
offer_source_init (StokerOfferSourceInterface *iface)
{
  iface->list_async = list_async;
  iface->list_finish = list_finish;
}

static void
stoker_http_connector_dispose (GObject *object)
{
  StokerHttpConnector *self = STOKER_HTTP_CONNECTOR (object);

  g_clear_object (&self->client);

  G_OBJECT_CLASS (stoker_http_connector_parent_class)->dispose (object);
}

static void
stoker_http_connector_finalize (GObject *object)
{
  StokerHttpConnector *self = STOKER_HTTP_CONNECTOR (object);

  g_clear_pointer (&self->manifests, g_hash_table_unref);
  g_clear_pointer (&self->tokens, stoker_tokens_free);
  g_clear_pointer (&self->logs, g_hash_table_unref);

  G_OBJECT_CLASS (stoker_http_connector_parent_class)->finalize (object);
}

static void
stoker_http_connector_class_init (StokerHttpConnectorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = stoker_http_connector_dispose;
  object_class->finalize = stoker_http_connector_finalize;
}

static void
stoker_http_connector_init (StokerHttpConnector *self)
{
  self->tokens = stoker_tokens_new ();
  self->logs = stoker_log_memory_new ();
  self->manifests = g_hash_table_new_full (g_direct_hash, g_direct_equal,
                                           (GDestroyNotify) stoker_profile_unref,
                                           (GDestroyNotify) stoker_manifest_free);
}

/**
 * stoker_http_connector_new:
 * @client: what everything is sent with
 *
 * Returns: (transfer full): a connector for every provider of class "http"
 */
StokerHttpConnector *
stoker_http_connector_new (StokerHttpClient *client)
{
  StokerHttpConnector *self = g_object_new (STOKER_TYPE_HTTP_CONNECTOR, NULL);

  self->client = g_object_ref (client);

  return self;
}

/**
 * stoker_http_connector_check_manifest:
 * @profile: a profile whose connector is of class "http"
 *
 * Returns: whether its manifest can be read; else %FALSE with %STOKER_ERROR_CONFIG naming file,
 * path and mistake
 */
gboolean
stoker_http_connector_check_manifest (const StokerProfile *profile, GError **error)
{
  g_autoptr (StokerManifest) manifest = stoker_manifest_decode (profile, error);

  return manifest != NULL;
}
