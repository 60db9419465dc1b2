/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-run-job.h"

#include "stoker-deadline-private.h"
#include "stoker-envelope-private.h"
#include "stoker-error.h"
#include "stoker-fallback-private.h"
#include "stoker-job-history.h"
#include "stoker-json-write.h"
#include "stoker-output-folder.h"
#include "stoker-payload-files-private.h"
#include "stoker-price-request.h"
#include "stoker-quote-private.h"
#include "stoker-task.h"
#include "stoker-workspace-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  StokerWorkload *workload;     /* owned */
  StokerProvider *provider;     /* owned */
  StokerConnection *connection; /* owned, nullable until made */
  char *name;                   /* owned, nullable */
  GStrv acknowledged;           /* owned, nullable */
  StokerQuote quote;
  gboolean wants_live;
  StokerJob *job; /* owned, nullable until made */
} Submission;

static void
submission_free (Submission *self)
{
  g_clear_pointer (&self->workload, stoker_workload_unref);
  g_clear_object (&self->provider);
  g_clear_pointer (&self->connection, stoker_connection_unref);
  g_clear_object (&self->job);
  stoker_quote_clear (&self->quote);
  g_free (self->name);
  g_strfreev (self->acknowledged);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Submission, submission, submission_free)

/* The number makes the answer deterministic: the first dry run on a provider is always
 * mock-<provider>-1. */
static char *
choose_mock_id (StokerWorkspace *workspace, const char *provider_id)
{
  for (guint number = 1;; number++)
    {
      g_autofree char *id = g_strdup_printf ("mock-%s-%u", provider_id, number);

      if (stoker_workspace_lookup_job (workspace, id) == NULL)
        return g_steal_pointer (&id);
    }
}

static char *
choose_name (Submission *state)
{
  if (state->name != NULL)
    return g_strdup (state->name);
  if (state->workload->name != NULL)
    return g_strdup (state->workload->name);
  return g_strdup (state->workload->type != NULL ? state->workload->type : _ ("Job"));
}

/* Where the outputs will go, as far as it is known before the job is made. */
static char *
foresee_folder (StokerWorkspace *workspace, Submission *state, const char *id)
{
  g_autofree char *name = choose_name (state);
  g_autoptr (StokerJob) job = stoker_job_new (id, name, stoker_provider_get_id (state->provider));

  stoker_job_set_times (job, g_get_real_time (), 0, 0);
  return stoker_output_folder_of (stoker_workspace_get_settings (workspace), job);
}

static GPtrArray *
render_requests (StokerWorkspace *workspace, Submission *state, const char *id, GError **error)
{
  GObject *connector = stoker_workspace_get_connector (workspace, stoker_connection_get_profile (
                                                                    state->connection));
  g_autofree char *folder = foresee_folder (workspace, state, id);
  g_autoptr (StokerWorkload)
    workload = stoker_payload_files_stand_in (state->workload,
                                              stoker_connection_get_profile (state->connection),
                                              error);
  StokerJobRequest request = {
    .job_id = id,
    .token = id,
    .output_dir = folder,
    .workload = workload,
    .plan_id = state->quote.plan_id,
    .gpu = state->quote.gpu,
    .region = state->quote.region,
    .offer_id = state->quote.offer_id,
    .gpus = state->quote.gpus,
    .deadline_s = stoker_deadline_choose (state->workload),
  };

  if (workload == NULL)
    return NULL;
  if (connector != NULL && STOKER_IS_JOB_RUNNER (connector))
    return stoker_job_runner_render (STOKER_JOB_RUNNER (connector), state->connection, &request,
                                     error);
  g_set_error (
    error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED,
    _ ("Stoker cannot send jobs to %s yet; its facts and prices are used for advice only"),
    stoker_connection_get_profile (state->connection)->name);
  return NULL;
}

static JsonNode *
make_envelope (StokerWorkspace *workspace, Submission *state, const char *id, GError **error)
{
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (GError) local_error = NULL;
  StokerGate gate;
  StokerEnvelope envelope;
  JsonNode *node;

  requests = render_requests (workspace, state, id, &local_error);
  stoker_gate_init (&gate, stoker_workspace_get_settings (workspace), state->connection,
                    state->wants_live);
  envelope = (StokerEnvelope){ .connection = state->connection,
                               .gate = &gate,
                               .id = id,
                               .requests = requests,
                               .problem = local_error,
                               .estimate = state->quote.json,
                               .acknowledged = state->acknowledged };
  node = stoker_envelope_to_json (&envelope);
  /* A mistake in the workload itself is the caller's to mend; it stops the submission. */
  if (g_error_matches (local_error, STOKER_ERROR, STOKER_ERROR_CONFIG) ||
      (local_error != NULL && stoker_gate_is_open (&gate)))
    g_propagate_error (error, g_steal_pointer (&local_error));
  return node;
}

static StokerJob *
make_job (Submission *state, const char *id, JsonNode *envelope, gboolean is_live)
{
  g_autofree char *name = choose_name (state);
  StokerJob *job = stoker_job_new (id, name, stoker_provider_get_id (state->provider));
  gint64 now = g_get_real_time ();

  stoker_job_set_dry_run (job, !is_live);
  stoker_job_set_workload (job, state->workload->source);
  stoker_job_set_request (job, envelope);
  stoker_job_set_estimate (job, state->quote.json);
  stoker_job_set_estimated (job, state->quote.total);
  stoker_job_set_gpu (job, state->quote.gpu);
  stoker_job_set_state (job, is_live ? STOKER_JOB_WAITING : STOKER_JOB_SUCCEEDED);
  stoker_job_set_times (job, now, 0, is_live ? 0 : now);
  if (!is_live)
    stoker_job_set_message (job, _ ("dry run: nothing was sent"), -1);
  stoker_job_note_state (job, now);
  return job;
}

/* What goes into the audit trail beside the name of the job. */
static JsonNode *
describe_consent (const Submission *state)
{
  JsonNode *node = NULL;
  JsonObject *object = NULL;

  if (state->acknowledged == NULL || state->acknowledged[0] == NULL)
    return NULL;
  node = json_node_new (JSON_NODE_OBJECT);
  object = json_object_new ();
  stoker_json_set_strings (object, "acknowledged", (const char *const *) state->acknowledged);
  json_node_take_object (node, object);
  return node;
}

static void
did_save_job (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  StokerWorkspace *workspace = g_task_get_source_object (task);
  Submission *state = stoker_task_get_submission_state (task);
  g_autoptr (JsonNode) consent = NULL;
  GError *error = NULL;

  if (!stoker_store_write_finish (STOKER_STORE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  consent = describe_consent (state);
  stoker_workspace_put_job (workspace, state->job);
  stoker_store_append_audit_async (STOKER_STORE (source),
                                   stoker_job_get_dry_run (state->job) ? "job.dry-run"
                                                                       : "job.submit",
                                   stoker_job_get_id (state->job), consent, NULL, NULL, NULL);
  stoker_workspace_wake_scheduler (workspace);
  g_task_return_pointer (task, g_object_ref (state->job), g_object_unref);
}

static void
save_job (GTask *task, JsonNode *envelope, const char *id, gboolean is_live)
{
  StokerWorkspace *workspace = g_task_get_source_object (task);
  Submission *state = stoker_task_get_submission_state (task);
  g_autoptr (StokerLedgerEntry) entry = NULL;

  state->job = make_job (state, id, envelope, is_live);
  if (is_live && state->quote.total.is_known)
    entry = stoker_ledger_entry_new (STOKER_LEDGER_ESTIMATED, id,
                                     stoker_provider_get_id (state->provider), state->quote.total);
  stoker_store_save_job_async (stoker_workspace_get_store (workspace), state->job, entry,
                               g_task_get_cancellable (task), did_save_job, g_object_ref (task));
}

/* A live wish that cannot be carried out is refused, and never quietly turned into a dry run. */
static gboolean
check_gate (StokerWorkspace *workspace, Submission *state, GError **error)
{
  StokerGate gate;

  stoker_gate_init (&gate, stoker_workspace_get_settings (workspace), state->connection,
                    state->wants_live);
  return !state->wants_live ||
         stoker_gate_require_open (&gate, stoker_connection_get_profile (state->connection), error);
}

/* The limits of its parameters, and those of its budget. */
static gboolean
check_price (StokerWorkspace *workspace, Submission *state, GError **error)
{
  return stoker_quote_take_price (&state->quote, workspace, state->provider, state->workload,
                                  error) &&
         (!state->wants_live ||
          stoker_price_check_budget (state->quote.price, state->workload, error));
}

static void
submit_connected (GTask *task)
{
  StokerWorkspace *workspace = g_task_get_source_object (task);
  Submission *state = stoker_task_get_submission_state (task);
  g_autofree char *id = NULL;
  g_autoptr (JsonNode) envelope = NULL;
  GError *error = NULL;

  if (!check_gate (workspace, state, &error) || !check_price (workspace, state, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  id = state->wants_live ? g_uuid_string_random ()
                         : choose_mock_id (workspace, stoker_provider_get_id (state->provider));
  envelope = make_envelope (workspace, state, id, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    save_job (task, envelope, id, state->wants_live);
}

static void
preview_connected (GTask *task)
{
  StokerWorkspace *workspace = g_task_get_source_object (task);
  Submission *state = stoker_task_get_submission_state (task);
  g_autofree char *id = choose_mock_id (workspace, stoker_provider_get_id (state->provider));
  g_autoptr (JsonNode) envelope = NULL;
  GError *error = NULL;

  if (check_price (workspace, state, &error))
    envelope = make_envelope (workspace, state, id, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, g_steal_pointer (&envelope), (GDestroyNotify) json_node_unref);
}

static void
did_connect (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Submission *state = stoker_task_get_submission_state (task);
  GError *error = NULL;

  state->connection = stoker_workspace_connect_finish (STOKER_WORKSPACE (source), result, &error);
  if (state->connection == NULL)
    g_task_return_error (task, error);
  else if (g_async_result_is_tagged (G_ASYNC_RESULT (task), stoker_submit_job_async))
    submit_connected (task);
  else
    preview_connected (task);
}

static void
start (GTask *task, const StokerSubmission *submission)
{
  StokerWorkspace *workspace = g_task_get_source_object (task);
  StokerProvider *provider = stoker_workspace_lookup_provider (workspace, submission->provider_id);
  StokerQuoteWish wish = { .plan_id = submission->plan_id, .gpu = submission->gpu };
  Submission *state;
  GError *error = NULL;

  if (provider == NULL)
    {
      g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_CONFIG,
                               _ ("there is no provider “%s”; register it first"),
                               submission->provider_id);
      return;
    }

  state = g_new0 (Submission, 1);
  state->workload = stoker_workload_ref (submission->workload);
  state->provider = g_object_ref (provider);
  state->name = g_strdup (submission->name);
  state->acknowledged = g_strdupv ((char **) submission->acknowledged);
  state->wants_live = submission->is_live;
  stoker_task_set_submission_state (task, state);
  if (!stoker_quote_init (&state->quote, workspace, provider, submission->workload,
                          submission->candidate, &wish, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  stoker_fallback_record (workspace, submission, state->quote.json);
  if (stoker_workspace_require_store (workspace, task))
    stoker_workspace_connect_async (workspace, provider, g_task_get_cancellable (task), did_connect,
                                    g_object_ref (task));
}

/**
 * stoker_submit_job_async:
 * @workspace: the workspace
 * @submission: what to send where; borrowed for this call
 * @cancellable: (nullable): to give up before it is on disk
 * @callback: called when the intention is on disk
 * @user_data: for @callback
 *
 * Sends a job, or makes a dry run of it.
 */
void
stoker_submit_job_async (StokerWorkspace *workspace,
                         const StokerSubmission *submission,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_submit_job_async);
  start (task, submission);
}

/**
 * stoker_submit_job_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): the job; or %NULL: %STOKER_ERROR_HELD when a live run is not allowed,
 * %STOKER_ERROR_CONFIG for a mistake in the workload or an unknown provider
 */
StokerJob *
stoker_submit_job_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_submit_job_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * stoker_preview_job_async:
 * @workspace: the workspace
 * @submission: what would be sent where; borrowed for this call
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Shows what a submission would send. Nothing is stored.
 */
void
stoker_preview_job_async (StokerWorkspace *workspace,
                          const StokerSubmission *submission,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (workspace, cancellable, callback, user_data);

  g_return_if_fail (STOKER_IS_WORKSPACE (workspace));

  g_task_set_source_tag (task, stoker_preview_job_async);
  start (task, submission);
}

/**
 * stoker_preview_job_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full): the envelope
 */
JsonNode *
stoker_preview_job_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_preview_job_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
