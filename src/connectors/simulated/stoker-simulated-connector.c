/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-simulated-connector.h"

#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-paths.h"
#include "stoker-rehearsal-private.h"
#include "stoker-task.h"

#include <glib/gi18n-lib.h>

#define DEFAULT_SECONDS 6
#define MAX_SECONDS 86400

struct _StokerSimulatedConnector
{
  GObject parent_instance;
};

static void stoker_simulated_connector_probe_init (StokerProbeInterface *iface);
static void stoker_simulated_connector_job_runner_init (StokerJobRunnerInterface *iface);
static void stoker_simulated_connector_job_finder_init (StokerJobFinderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (
  StokerSimulatedConnector,
  stoker_simulated_connector,
  G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (STOKER_TYPE_PROBE, stoker_simulated_connector_probe_init)
    G_IMPLEMENT_INTERFACE (STOKER_TYPE_JOB_RUNNER, stoker_simulated_connector_job_runner_init)
      G_IMPLEMENT_INTERFACE (STOKER_TYPE_JOB_FINDER, stoker_simulated_connector_job_finder_init))

/* What a thread needs to write the outputs. */
typedef struct
{
  StokerJobReport *report; /* owned */
  char *output_dir;
} Fetch;

static void
fetch_free (Fetch *self)
{
  g_clear_pointer (&self->report, stoker_job_report_unref);
  g_free (self->output_dir);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Fetch, fetch, fetch_free)

static gboolean
read_mishap (StokerWorkload *workload, StokerMishap *mishap, GError **error)
{
  StokerJsonPlace payload;
  int value = STOKER_MISHAP_NONE;

  if (workload == NULL || workload->payload == NULL || !JSON_NODE_HOLDS_OBJECT (workload->payload))
    return TRUE;
  payload = stoker_json_root (workload->payload, "payload");
  if (!stoker_json_get_enum (&payload, "fail", STOKER_JSON_OPTIONAL, stoker_mishap_names, &value,
                             error))
    return FALSE;
  *mishap = (StokerMishap) value;
  return TRUE;
}

static gboolean
read_seconds (StokerConnection *connection, gint64 *seconds, GError **error)
{
  const char *text = stoker_connection_get_config (connection, "seconds");

  if (text == NULL || *text == '\0' ||
      g_ascii_string_to_signed (text, 10, 0, MAX_SECONDS, seconds, NULL))
    return TRUE;
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "seconds: must be a number up to %d",
               MAX_SECONDS);
  return FALSE;
}

/* Mishaps of the submission itself; a crash comes later. */
static gboolean
refuse (StokerMishap mishap, GError **error)
{
  switch (mishap)
    {
    case STOKER_MISHAP_NO_CAPACITY:
      g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_UNAVAILABLE,
                           _ ("rehearsed: no capacity right now"));
      return TRUE;
    case STOKER_MISHAP_AUTH:
      g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_AUTH,
                           _ ("rehearsed: the key was refused"));
      return TRUE;
    case STOKER_MISHAP_QUOTA:
      g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_QUOTA,
                           _ ("rehearsed: the account is out of credit"));
      return TRUE;
    case STOKER_MISHAP_RATE_LIMIT:
      g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_RATE_LIMITED,
                           _ ("rehearsed: too many requests"));
      return TRUE;
    case STOKER_MISHAP_NONE:
    case STOKER_MISHAP_CRASH:
    default:
      return FALSE;
    }
}

static StokerRehearsal *
begin (StokerConnection *connection, const StokerJobRequest *request, GError **error)
{
  g_autoptr (StokerRehearsal) self = g_new0 (StokerRehearsal, 1);

  self->token = g_strdup (request->token);
  self->submitted_us = g_get_real_time ();
  self->seconds = DEFAULT_SECONDS;
  if (!read_mishap (request->workload, &self->mishap, error) ||
      !read_seconds (connection, &self->seconds, error) || refuse (self->mishap, error))
    return NULL;
  return g_steal_pointer (&self);
}

static void
cancel (StokerRehearsal *rehearsal, gint64 now_us)
{
  g_autoptr (StokerJobReport) report = stoker_rehearsal_report (rehearsal, now_us);

  if (!stoker_job_state_is_final (report->state))
    rehearsal->cancelled_us = now_us;
}

static StokerJobReport *
carry_out (StokerJobOperation operation,
           StokerConnection *connection,
           const StokerJobRequest *request,
           GError **error)
{
  g_autoptr (StokerRehearsal) rehearsal = NULL;
  gint64 now_us = g_get_real_time ();

  rehearsal = operation == STOKER_JOB_SUBMIT ? begin (connection, request, error)
                                             : stoker_rehearsal_decode (request->handle, error);
  if (rehearsal == NULL)
    return NULL;
  if (operation == STOKER_JOB_CANCEL)
    cancel (rehearsal, now_us);
  return stoker_rehearsal_report (rehearsal, now_us);
}

static gboolean
save_output (StokerRemoteOutput *output, const char *output_dir, GError **error)
{
  g_autofree char *name = stoker_paths_safe_name (output->name, "output");
  g_autofree char *path = g_build_filename (output_dir, name, NULL);
  g_autoptr (GError) local_error = NULL;
  gsize length = 0;
  const char *data = g_bytes_get_data (output->data, &length);

  if (g_mkdir_with_parents (output_dir, 0700) != 0 ||
      !g_file_set_contents (path, data, (gssize) length, &local_error))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE, "%s: %s", path,
                   local_error != NULL ? local_error->message : "cannot make the folder");
      return FALSE;
    }
  output->path = g_steal_pointer (&path);
  return TRUE;
}

static void
fetch_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Fetch *fetch = task_data;
  GError *error = NULL;

  for (guint i = 0; i < fetch->report->outputs->len; i++)
    if (!save_output (g_ptr_array_index (fetch->report->outputs, i), fetch->output_dir, &error))
      {
        g_task_return_error (task, error);
        return;
      }
  g_task_return_pointer (task, stoker_job_report_ref (fetch->report),
                         (GDestroyNotify) stoker_job_report_unref);
}

static void
save_outputs (GTask *task, StokerJobReport *report, const char *output_dir)
{
  Fetch *fetch = g_new0 (Fetch, 1);

  fetch->report = report;
  fetch->output_dir = g_strdup (output_dir);
  stoker_task_set_fetch_state (task, fetch);
  g_task_run_in_thread (task, fetch_thread);
}

static void
stoker_simulated_connector_start_async (StokerJobRunner *runner,
                                        StokerJobOperation operation,
                                        StokerConnection *connection,
                                        const StokerJobRequest *request,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (runner, cancellable, callback, user_data);
  g_autoptr (StokerJobReport) report = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, stoker_simulated_connector_start_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  report = carry_out (operation, connection, request, &error);
  if (report == NULL)
    g_task_return_error (task, error);
  else if (operation == STOKER_JOB_FETCH && request->output_dir != NULL)
    save_outputs (task, g_steal_pointer (&report), request->output_dir);
  else
    g_task_return_pointer (task, g_steal_pointer (&report),
                           (GDestroyNotify) stoker_job_report_unref);
}

static StokerJobReport *
stoker_simulated_connector_start_finish (StokerJobRunner *runner,
                                         GAsyncResult *result,
                                         GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, runner), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_simulated_connector_start_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static GPtrArray *
stoker_simulated_connector_render (StokerJobRunner *runner,
                                   StokerConnection *connection,
                                   const StokerJobRequest *request,
                                   GError **error)
{
  StokerRedactor *redactor = stoker_connection_get_redactor (connection);
  JsonNode *payload = request->workload != NULL ? request->workload->payload : NULL;
  g_autoptr (GPtrArray)
    requests = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_rendered_request_free);
  g_autofree char *body = payload != NULL ? stoker_json_to_string (payload, TRUE) : g_strdup ("{}");
  StokerRenderedRequest *rendered = stoker_rendered_request_new ("POST", "simulated:/jobs");

  g_ptr_array_add (rendered->headers, g_strdup ("Content-Type: application/json"));
  g_ptr_array_add (rendered->headers, g_strdup_printf ("Idempotency-Key: %s", request->token));
  rendered->body = stoker_redactor_apply (redactor, body);
  g_ptr_array_add (requests, rendered);
  return g_steal_pointer (&requests);
}

/* A rehearsal without its handle is gone, and nobody pays for a second one: "surely not taken" is
 * right. */
static void
stoker_simulated_connector_find_async (StokerJobFinder *finder,
                                       StokerConnection *connection,
                                       const StokerJobRequest *request,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (finder, cancellable, callback, user_data);
  g_autoptr (StokerRehearsal) rehearsal = stoker_rehearsal_decode (request->handle, NULL);
  GPtrArray *reports = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_job_report_unref);

  g_task_set_source_tag (task, stoker_simulated_connector_find_async);
  if (rehearsal != NULL && g_strcmp0 (rehearsal->token, request->token) == 0)
    g_ptr_array_add (reports, stoker_rehearsal_report (rehearsal, g_get_real_time ()));
  g_task_return_pointer (task, reports, (GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
stoker_simulated_connector_find_finish (StokerJobFinder *finder,
                                        GAsyncResult *result,
                                        GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, finder), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_simulated_connector_find_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
stoker_simulated_connector_check_async (StokerProbe *probe,
                                        StokerConnection *connection,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (probe, cancellable, callback, user_data);
  StokerHealth *health = stoker_health_new (TRUE, g_get_real_time (),
                                            _ ("Ready to rehearse: nothing is sent or paid."));

  g_task_set_source_tag (task, stoker_simulated_connector_check_async);
  health->latency_us = 0;
  g_task_return_pointer (task, health, (GDestroyNotify) stoker_health_unref);
}

static StokerHealth *
stoker_simulated_connector_check_finish (StokerProbe *probe, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, probe), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_simulated_connector_check_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
stoker_simulated_connector_probe_init (StokerProbeInterface *iface)
{
  iface->check_async = stoker_simulated_connector_check_async;
  iface->check_finish = stoker_simulated_connector_check_finish;
}

static void
stoker_simulated_connector_job_runner_init (StokerJobRunnerInterface *iface)
{
  iface->start_async = stoker_simulated_connector_start_async;
  iface->start_finish = stoker_simulated_connector_start_finish;
  iface->render = stoker_simulated_connector_render;
}

static void
stoker_simulated_connector_job_finder_init (StokerJobFinderInterface *iface)
{
  iface->find_async = stoker_simulated_connector_find_async;
  iface->find_finish = stoker_simulated_connector_find_finish;
}

static void
stoker_simulated_connector_class_init (StokerSimulatedConnectorClass *klass)
{
}

static void
stoker_simulated_connector_init (StokerSimulatedConnector *self)
{
}

/**
 * stoker_simulated_connector_new:
 *
 * Makes the connector for rehearsals: a backend that does nothing and costs nothing, but goes
 * through every state of a job. The configuration `seconds` says how long a job runs (6 when it is
 * not there); a payload `{"fail": …}` with `no-capacity`, `auth`, `quota`, `rate-limit` or `crash`
 * rehearses that mishap.
 *
 * Returns: (transfer full): a new connector
 */
StokerSimulatedConnector *
stoker_simulated_connector_new (void)
{
  return g_object_new (STOKER_TYPE_SIMULATED_CONNECTOR, NULL);
}
