/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-local-connector-private.h"

#include "stoker-error.h"
#include "stoker-gpu-detect.h"
#include "stoker-json.h"
#include "stoker-local-job-private.h"
#include "stoker-task.h"

#include <glib/gi18n-lib.h>

#define GRACE_MS 5000

struct _StokerLocalConnector
{
  GObject parent_instance;

  char *sys_root;
};

static void stoker_local_connector_probe_init (StokerProbeInterface *iface);
static void stoker_local_connector_job_runner_init (StokerJobRunnerInterface *iface);
static void stoker_local_connector_job_finder_init (StokerJobFinderInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (
  StokerLocalConnector,
  stoker_local_connector,
  G_TYPE_OBJECT,
  G_IMPLEMENT_INTERFACE (STOKER_TYPE_PROBE, stoker_local_connector_probe_init)
    G_IMPLEMENT_INTERFACE (STOKER_TYPE_JOB_RUNNER, stoker_local_connector_job_runner_init)
      G_IMPLEMENT_INTERFACE (STOKER_TYPE_JOB_FINDER, stoker_local_connector_job_finder_init))

/* What a worker thread needs to know of a request. */
typedef struct
{
  StokerJobOperation operation;
  char *dir;
  char *token;
  char *job_id;
  GStrv command; /* nullable */
  gint64 deadline_s;
} Order;

static void
order_free (Order *self)
{
  g_free (self->dir);
  g_free (self->token);
  g_free (self->job_id);
  g_strfreev (self->command);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Order, order, order_free)

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Order, order_free)

/* Where the job was put is remembered: the folder for outputs may be another one by now. */
static char *
find_dir (const StokerJobRequest *request)
{
  char *dir = NULL;

  if (request->handle != NULL)
    {
      StokerJsonPlace root = stoker_json_root (request->handle, "handle");

      stoker_json_get_string (&root, "dir", STOKER_JSON_OPTIONAL, &dir, NULL);
    }
  return dir != NULL ? dir : stoker_local_job_get_dir (request->output_dir, request->token);
}

static Order *
order_new (StokerJobOperation operation, const StokerJobRequest *request, GError **error)
{
  g_autoptr (Order) self = NULL;

  if (request->token == NULL || (request->output_dir == NULL && request->handle == NULL))
    {
      g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                           "the request has no token or no folder for outputs");
      return NULL;
    }
  self = g_new0 (Order, 1);
  self->operation = operation;
  self->dir = find_dir (request);
  self->token = g_strdup (request->token);
  self->job_id = g_strdup (request->job_id != NULL ? request->job_id : "");
  self->deadline_s = request->deadline_s;
  if (request->workload != NULL)
    self->command = g_strdupv (request->workload->command);
  return g_steal_pointer (&self);
}

static gboolean
check_command (char **command, GError **error)
{
  if (command != NULL && command[0] != NULL && *command[0] != '\0')
    return TRUE;
  g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                       _ ("workload has no command to run here"));
  return FALSE;
}

static StokerLocalJob *
reach_job (const Order *order, GError **error)
{
  if (order->operation != STOKER_JOB_SUBMIT)
    return stoker_local_job_open (order->dir, order->token, error);
  if (!check_command (order->command, error))
    return NULL;
  return stoker_local_job_start (order->dir, order->token, order->job_id,
                                 (const char *const *) order->command, order->deadline_s, error);
}

static StokerJobReport *
carry_out (const Order *order, GError **error)
{
  g_autoptr (StokerLocalJob) job = reach_job (order, error);
  StokerJobReport *report = NULL;

  if (job == NULL ||
      (order->operation == STOKER_JOB_CANCEL && !stoker_local_job_stop (job, GRACE_MS, error)))
    return NULL;
  report = stoker_local_job_report (job);
  if (order->operation == STOKER_JOB_FETCH)
    stoker_local_job_add_outputs (job, report);
  return report;
}

static void
order_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  StokerJobReport *report = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  report = carry_out (task_data, &error);
  if (report == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, report, (GDestroyNotify) stoker_job_report_unref);
}

static void
stoker_local_connector_start_async (StokerJobRunner *runner,
                                    StokerJobOperation operation,
                                    StokerConnection *connection,
                                    const StokerJobRequest *request,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (runner, cancellable, callback, user_data);
  GError *error = NULL;
  Order *order = order_new (operation, request, &error);

  g_task_set_source_tag (task, stoker_local_connector_start_async);
  /* What was done must be told, even when it is not wanted any more. */
  g_task_set_check_cancellable (task, FALSE);
  if (order == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  stoker_task_set_order_state (task, order);
  g_task_run_in_thread (task, order_thread);
}

static StokerJobReport *
stoker_local_connector_start_finish (StokerJobRunner *runner, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, runner), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_local_connector_start_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
quote_command (char **command)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (gsize i = 0; command[i] != NULL; i++)
    {
      g_autofree char *quoted = g_shell_quote (command[i]);

      g_string_append_printf (line, "%s%s", i > 0 ? " " : "", quoted);
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static void
add_header (StokerRenderedRequest *rendered, const char *name, const char *value)
{
  if (value != NULL)
    g_ptr_array_add (rendered->headers, g_strdup_printf ("%s: %s", name, value));
}

static GPtrArray *
stoker_local_connector_render (StokerJobRunner *runner,
                               StokerConnection *connection,
                               const StokerJobRequest *request,
                               GError **error)
{
  StokerRedactor *redactor = stoker_connection_get_redactor (connection);
  g_autoptr (GPtrArray)
    requests = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_rendered_request_free);
  g_autoptr (Order) order = order_new (STOKER_JOB_SUBMIT, request, error);
  StokerRenderedRequest *rendered = NULL;
  g_autofree char *program = NULL;
  g_autofree char *line = NULL;

  if (order == NULL || !check_command (order->command, error))
    return NULL;
  program = g_find_program_in_path (order->command[0]);
  line = quote_command (order->command);
  rendered = stoker_rendered_request_new ("EXEC", program != NULL ? program : order->command[0]);
  rendered->body = stoker_redactor_apply (redactor, line);
  add_header (rendered, "STOKER_JOB_ID", order->job_id);
  add_header (rendered, "STOKER_TOKEN", order->token);
  add_header (rendered, "STOKER_OUTPUT_DIR", order->dir);
  g_ptr_array_add (requests, rendered);
  return g_steal_pointer (&requests);
}

static void
find_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Order *order = task_data;
  g_autoptr (GPtrArray)
    reports = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_job_report_unref);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (StokerLocalJob) job = stoker_local_job_open (order->dir, order->token, &local_error);

  if (job != NULL)
    g_ptr_array_add (reports, stoker_local_job_report (job));
  /* A marker that cannot be read is no proof that nothing was started. */
  if (job == NULL && !g_error_matches (local_error, STOKER_ERROR, STOKER_ERROR_NOT_FOUND))
    g_task_return_error (task, g_steal_pointer (&local_error));
  else
    g_task_return_pointer (task, g_steal_pointer (&reports), (GDestroyNotify) g_ptr_array_unref);
}

static void
stoker_local_connector_find_async (StokerJobFinder *finder,
                                   StokerConnection *connection,
                                   const StokerJobRequest *request,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (finder, cancellable, callback, user_data);
  GError *error = NULL;
  Order *order = order_new (STOKER_JOB_POLL, request, &error);

  g_task_set_source_tag (task, stoker_local_connector_find_async);
  if (order == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  stoker_task_set_order_state (task, order);
  g_task_run_in_thread (task, find_thread);
}

static GPtrArray *
stoker_local_connector_find_finish (StokerJobFinder *finder, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, finder), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_local_connector_find_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static char *
describe_gpus (const StokerLocalSnapshot *snapshot)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < snapshot->gpus->len; i++)
    {
      const StokerGpu *gpu = g_ptr_array_index (snapshot->gpus, i);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", gpu->name);
      if (gpu->vram_total_gb >= 0)
        g_string_append_printf (text, " (%.0f GB)", gpu->vram_total_gb);
      if (gpu->problem != NULL)
        g_string_append_printf (text, " (%s)", gpu->problem);
    }
  if (text->len == 0)
    return g_strdup (_ ("No GPU was found; jobs run on the processor."));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static StokerHealth *
make_health (const StokerLocalSnapshot *snapshot, const GError *error)
{
  g_autofree char *message = NULL;

  if (snapshot == NULL)
    return stoker_health_new_error (error, g_get_real_time ());
  message = describe_gpus (snapshot);
  return stoker_health_new (TRUE, g_get_real_time (), message);
}

static void
did_detect (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (StokerLocalSnapshot) snapshot = NULL;
  g_autoptr (GError) local_error = NULL;
  const gint64 *begin_us = g_task_get_task_data (task);
  StokerHealth *health = NULL;

  snapshot = stoker_gpu_detect_finish (result, &local_error);
  if (g_task_return_error_if_cancelled (task))
    return;
  health = make_health (snapshot, local_error);
  health->latency_us = g_get_monotonic_time () - *begin_us;
  g_task_return_pointer (task, health, (GDestroyNotify) stoker_health_unref);
}

static void
stoker_local_connector_check_async (StokerProbe *probe,
                                    StokerConnection *connection,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  StokerLocalConnector *self = STOKER_LOCAL_CONNECTOR (probe);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  gint64 begin_us = g_get_monotonic_time ();

  g_task_set_source_tag (task, stoker_local_connector_check_async);
  g_task_set_task_data (task, g_memdup2 (&begin_us, sizeof begin_us), g_free);
  stoker_gpu_detect_async (self->sys_root, cancellable, did_detect, g_steal_pointer (&task));
}

static StokerHealth *
stoker_local_connector_check_finish (StokerProbe *probe, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, probe), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_local_connector_check_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
stoker_local_connector_probe_init (StokerProbeInterface *iface)
{
  iface->check_async = stoker_local_connector_check_async;
  iface->check_finish = stoker_local_connector_check_finish;
}

static void
stoker_local_connector_job_runner_init (StokerJobRunnerInterface *iface)
{
  iface->start_async = stoker_local_connector_start_async;
  iface->start_finish = stoker_local_connector_start_finish;
  iface->render = stoker_local_connector_render;
}

static void
stoker_local_connector_job_finder_init (StokerJobFinderInterface *iface)
{
  iface->find_async = stoker_local_connector_find_async;
  iface->find_finish = stoker_local_connector_find_finish;
}

static void
stoker_local_connector_finalize (GObject *object)
{
  StokerLocalConnector *self = STOKER_LOCAL_CONNECTOR (object);

  g_free (self->sys_root);

  G_OBJECT_CLASS (stoker_local_connector_parent_class)->finalize (object);
}

static void
stoker_local_connector_class_init (StokerLocalConnectorClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stoker_local_connector_finalize;
}

static void
stoker_local_connector_init (StokerLocalConnector *self)
{
  self->sys_root = g_strdup ("/");
}

/**
 * stoker_local_connector_new:
 *
 * Makes the connector to this machine. A job is the command of its workload, run in a folder of its
 * own below the request's output_dir, with STOKER_JOB_ID, STOKER_TOKEN and STOKER_OUTPUT_DIR in its
 * environment. It goes on when Stoker ends, and is found again by its token. What it writes is its
 * log; a line `progress: 0.42` or a bar of tqdm tells how far it is; the files that it leaves in
 * its folder are its outputs.
 *
 * Returns: (transfer full): a new connector
 */
StokerLocalConnector *
stoker_local_connector_new (void)
{
  return g_object_new (STOKER_TYPE_LOCAL_CONNECTOR, NULL);
}

/* stoker_local_connector_set_sys_root: Where the machine's files are looked for, for tests. */
void
stoker_local_connector_set_sys_root (StokerLocalConnector *self, const char *sys_root)
{
  g_free (self->sys_root);
  self->sys_root = g_strdup (sys_root);
}
