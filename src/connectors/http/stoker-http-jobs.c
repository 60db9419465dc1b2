/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"
#include "stoker-http-connector-private.h"
#include "stoker-output-fetch.h"
#include "stoker-run-reader.h"
#include "stoker-spool.h"
#include "stoker-task.h"

#include <glib/gi18n-lib.h>

/* What a job operation needs to know when its answer is here. */
typedef struct
{
  StokerJobOperation operation;
  char *output_dir;        /* owned, nullable */
  char *token;             /* owned, nullable */
  StokerJobReport *report; /* owned, nullable: waits for something else */
  gboolean has_outputs;    /* the provider tells them again, by the id of the job */
} Purpose;

static void
purpose_free (Purpose *self)
{
  g_free (self->output_dir);
  g_free (self->token);
  g_clear_pointer (&self->report, stoker_job_report_unref);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Purpose, purpose, purpose_free)

static const char *const job_operations[] = {
  [STOKER_JOB_SUBMIT] = "submit",
  [STOKER_JOB_POLL] = "poll",
  [STOKER_JOB_CANCEL] = "cancel",
  [STOKER_JOB_FETCH] = "outputs",
};

/* What the state is when an answer does not name one; -1: it must. */
static const int fallback_states[] = {
  [STOKER_JOB_SUBMIT] = STOKER_JOB_QUEUED,
  [STOKER_JOB_POLL] = -1,
  [STOKER_JOB_CANCEL] = STOKER_JOB_CANCELLED,
  [STOKER_JOB_FETCH] = STOKER_JOB_SUCCEEDED,
};

static void
return_report (GTask *task, StokerJobReport *report, GError *error)
{
  if (report != NULL)
    g_task_return_pointer (task, report, (GDestroyNotify) stoker_job_report_unref);
  else
    g_task_return_error (task, error);
}

/* Outputs */

/* A submit that is done was paid for, whatever becomes of its files: it is never sent again. Those
 * that can be asked for again are. */
static void
fail_outputs (GTask *task, GError *error)
{
  Purpose *purpose = stoker_task_get_purpose_state (task);
  StokerJobReport *report = purpose->report;

  if (report == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }
  if (!purpose->has_outputs || g_strcmp0 (report->remote_id, purpose->token) == 0)
    {
      report->state = STOKER_JOB_FAILED;
      report->error_code = STOKER_ERROR_FAILED;
      g_free (report->message);
      report->message =
        g_strdup_printf (_ ("the job finished, but its outputs could not be fetched: %s"),
                         error->message);
    }
  g_error_free (error);
  return_report (task, g_steal_pointer (&purpose->report), NULL);
}

static void
did_spool (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (stoker_spool_write_finish (result, &error))
    return_report (task, g_steal_pointer (&stoker_task_get_purpose_state (task)->report), NULL);
  else
    fail_outputs (task, error);
}

static void
did_fetch (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Purpose *purpose = stoker_task_get_purpose_state (task);
  GError *error = NULL;
  StokerJobReport *report = stoker_output_fetch_finish (result, &error);

  if (report == NULL)
    {
      fail_outputs (task, error);
      return;
    }
  if (purpose->operation != STOKER_JOB_SUBMIT)
    {
      return_report (task, report, NULL);
      return;
    }
  stoker_job_report_unref (report);
  stoker_spool_write_async (purpose->report, purpose->output_dir, purpose->token, did_spool,
                            g_object_ref (task));
}

static void
fetch (GTask *task, StokerRun *run, StokerJobReport *report)
{
  StokerHttpConnector *self = g_task_get_source_object (task);
  Purpose *purpose = stoker_task_get_purpose_state (task);
  GError *error = NULL;

  if (purpose->operation == STOKER_JOB_SUBMIT)
    {
      purpose->report = stoker_job_report_ref (report);
      purpose->has_outputs = stoker_manifest_find (run->scope->manifest, "outputs", NULL) != NULL;
    }
  if (stoker_run_read_outputs (run, report, &error))
    {
      stoker_output_fetch_async (run, report, purpose->output_dir, self->client,
                                 g_task_get_cancellable (task), did_fetch, g_object_ref (task));
      return;
    }
  fail_outputs (task, error);
  stoker_run_free (run);
  stoker_job_report_unref (report);
}

/* Logs that have an address of their own are asked for with every poll; without them the poll is as
 * good. */

static void
did_read_log (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerJobReport *report = g_steal_pointer (&stoker_task_get_purpose_state (task)->report);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (StokerRun) run = stoker_run_start_finish (result, &local_error);

  if (run != NULL)
    stoker_log_memory_add (g_task_get_source_object (task), run, report);
  else
    g_debug ("no log: %s", local_error->message);
  return_report (task, report, NULL);
}

static void
read_log (GTask *task, const StokerRun *poll, StokerJobReport *report)
{
  StokerRun *run = stoker_log_memory_make_run (g_task_get_source_object (task), poll);

  if (run == NULL)
    {
      return_report (task, report, NULL);
      return;
    }
  stoker_task_get_purpose_state (task)->report = report;
  stoker_http_connector_start (task, run, NULL, did_read_log);
}

/* The four operations */

/* A service that answers at once has done the job with its submit: the files are in the answer, and
 * are kept before anybody hears of it. */
static gboolean
has_outputs_now (const StokerRun *run, const StokerJobReport *report)
{
  return report->state == STOKER_JOB_SUCCEEDED &&
         stoker_rule_count (stoker_rule_get (run->operation, "records")) > 0;
}

static void
did_run_job (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  const Purpose *purpose = stoker_task_get_purpose_state (task);
  StokerJobOperation operation = purpose->operation;
  g_autoptr (StokerRun) run = stoker_run_start_finish (result, &error);
  StokerJobReport *report = NULL;

  if (run != NULL && run->failure != NULL)
    report = stoker_run_read_failed_job (run);
  else if (run != NULL)
    report = stoker_run_read_job (run, fallback_states[operation], &error);
  if (run != NULL && report == NULL && operation == STOKER_JOB_SUBMIT)
    report = stoker_run_read_accepted_job (run, g_steal_pointer (&error), &error);
  if (report != NULL && operation == STOKER_JOB_SUBMIT && report->remote_id == NULL)
    report->remote_id = g_strdup (purpose->token);

  if (report != NULL && operation == STOKER_JOB_POLL)
    read_log (task, run, report);
  else if (report != NULL && (operation == STOKER_JOB_FETCH ||
                              (operation == STOKER_JOB_SUBMIT && has_outputs_now (run, report))))
    fetch (task, g_steal_pointer (&run), report);
  else
    return_report (task, report, error);
}

static void
begin (GTask *task, StokerConnection *connection, const StokerJobRequest *request)
{
  StokerHttpConnector *self = g_task_get_source_object (task);
  StokerJobOperation operation = stoker_task_get_purpose_state (task)->operation;
  GError *error = NULL;
  StokerRun *run = stoker_http_connector_make_run (self, job_operations[operation], connection,
                                                   request, &error);

  if (run != NULL)
    {
      run->keeps_failure = operation == STOKER_JOB_SUBMIT;
      run->may_send_nothing = operation == STOKER_JOB_CANCEL;
    }
  stoker_http_connector_start (task, run, error, did_run_job);
}

static void
start_async (StokerJobRunner *runner,
             StokerJobOperation operation,
             StokerConnection *connection,
             const StokerJobRequest *request,
             GCancellable *cancellable,
             GAsyncReadyCallback callback,
             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (runner, cancellable, callback, user_data);
  Purpose *purpose = g_new0 (Purpose, 1);
  StokerJobReport *spooled = NULL;

  g_task_set_source_tag (task, start_async);
  purpose->operation = operation;
  purpose->output_dir = g_strdup (request->output_dir);
  purpose->token = g_strdup (request->token);
  stoker_task_set_purpose_state (task, purpose);
  if (operation == STOKER_JOB_FETCH)
    spooled = stoker_spool_read (request->output_dir, request->token);
  if (spooled != NULL)
    return_report (task, spooled, NULL);
  else
    begin (task, connection, request);
}

static StokerJobReport *
start_finish (StokerJobRunner *runner, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, runner), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static GPtrArray *
render (StokerJobRunner *runner,
        StokerConnection *connection,
        const StokerJobRequest *request,
        GError **error)
{
  g_autoptr (StokerRun) run = stoker_http_connector_make_run (STOKER_HTTP_CONNECTOR (runner),
                                                              "submit", connection, request, error);

  return run != NULL ? stoker_run_rehearse (run, error) : NULL;
}

/* Ending what a job keeps */

static void
did_release (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (StokerRun) run = stoker_run_start_finish (result, &local_error);

  if (run != NULL || g_error_matches (local_error, STOKER_ERROR, STOKER_ERROR_NOT_FOUND))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&local_error));
}

static void
release_async (StokerJobRunner *runner,
               StokerConnection *connection,
               const StokerJobRequest *request,
               GCancellable *cancellable,
               GAsyncReadyCallback callback,
               gpointer user_data)
{
  StokerHttpConnector *self = STOKER_HTTP_CONNECTOR (runner);
  g_autoptr (GTask) task = g_task_new (runner, cancellable, callback, user_data);
  GError *error = NULL;
  StokerRun *run = stoker_http_connector_make_run (self, "release", connection, request, &error);

  g_task_set_source_tag (task, release_async);
  stoker_log_memory_forget (self, request);
  if (g_error_matches (error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED))
    {
      g_clear_error (&error);
      g_task_return_boolean (task, TRUE);
      return;
    }
  /* A job of a plan that keeps nothing. */
  if (run != NULL)
    run->may_send_nothing = TRUE;
  stoker_http_connector_start (task, run, error, did_release);
}

static gboolean
release_finish (StokerJobRunner *runner, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, runner), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Finding a job whose answer was lost */

static gpointer
read_found_jobs (const StokerRun *run, GTask *task, GError **error)
{
  return stoker_run_read_found_jobs (run, error);
}

static void
find_async (StokerJobFinder *finder,
            StokerConnection *connection,
            const StokerJobRequest *request,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  StokerHttpConnector *self = STOKER_HTTP_CONNECTOR (finder);
  g_autoptr (GTask) task = g_task_new (finder, cancellable, callback, user_data);
  StokerJobReport *spooled = stoker_spool_read (request->output_dir, request->token);
  GError *error = NULL;
  StokerRun *run = NULL;
  GPtrArray *reports = NULL;

  g_task_set_source_tag (task, find_async);
  if (spooled == NULL)
    {
      run = stoker_http_connector_make_run (self, "find", connection, request, &error);
      stoker_http_connector_answer (task, run, error, read_found_jobs,
                                    (GDestroyNotify) g_ptr_array_unref);
      return;
    }
  reports = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_job_report_unref);
  g_ptr_array_add (reports, spooled);
  g_task_return_pointer (task, reports, (GDestroyNotify) g_ptr_array_unref);
}

static GPtrArray *
find_finish (StokerJobFinder *finder, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, finder), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

void
stoker_http_job_runner_init (StokerJobRunnerInterface *iface)
{
  iface->start_async = start_async;
  iface->start_finish = start_finish;
  iface->render = render;
  iface->release_async = release_async;
  iface->release_finish = release_finish;
}

void
stoker_http_job_finder_init (StokerJobFinderInterface *iface)
{
  iface->find_async = find_async;
  iface->find_finish = find_finish;
}
