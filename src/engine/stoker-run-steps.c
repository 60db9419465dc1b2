/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-answer.h"
#include "stoker-authorise.h"
#include "stoker-error.h"
#include "stoker-operation.h"
#include "stoker-run.h"
#include "stoker-step-answer.h"
#include "stoker-step-auth.h"
#include "stoker-step-stack.h"
#include "stoker-task.h"
#include "stoker-value-rule.h"
#include "stoker-value.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define DEFAULT_PAGES 20
#define DEFAULT_WAIT_EVERY_S 2
#define DEFAULT_WAIT_LIMIT_S 120

/* An output that comes as the answer itself is held in memory. */
#define MAX_BYTES (256 * 1024 * 1024)

typedef struct
{
  StokerRun *run;           /* owned */
  StokerHttpClient *client; /* owned */
  StokerStepStack *stack;   /* owned */
  char *page_text;          /* owned, nullable: what told of the page now; NULL: the first */
  guint page;
  gint64 wait_end_us; /* 0: the step has not been waited for */
  gboolean has_sent;  /* any step was */
  gboolean has_renewed;
} Progress;

static void
progress_free (Progress *self)
{
  g_clear_pointer (&self->stack, stoker_step_stack_free);
  g_clear_pointer (&self->run, stoker_run_free);
  g_clear_object (&self->client);
  g_free (self->page_text);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Progress, progress, progress_free)

static void send_page (GTask *task);

static JsonNode *
get_step (const Progress *progress)
{
  return stoker_step_stack_get_step (progress->stack);
}

static const char *
get_name (const Progress *progress)
{
  return stoker_scope_get_profile (progress->run->scope)->name;
}

/* From step to step */

/* What exists although the operation failed must be known, or nobody would ever end it. */
static void
end (GTask *task, GError *error)
{
  Progress *progress = stoker_task_get_progress_state (task);
  gboolean is_cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (error == NULL && !progress->has_sent && !progress->run->may_send_nothing)
    error = g_error_new (STOKER_ERROR, STOKER_ERROR_CONFIG,
                         _ ("the settings of %s leave nothing to be sent"), get_name (progress));
  if (error != NULL && (is_cancelled || !stoker_run_has_left_something (progress->run)))
    {
      g_task_return_error (task, error);
      return;
    }
  progress->run->failure = error;
  g_task_return_pointer (task, g_steal_pointer (&progress->run), (GDestroyNotify) stoker_run_free);
}

/* Begins the next request, or ends. */
static void
proceed (GTask *task)
{
  Progress *progress = stoker_task_get_progress_state (task);
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (stoker_step_stack_find_request (progress->stack, &error) == NULL)
    {
      end (task, error);
      return;
    }
  progress->page = 0;
  progress->wait_end_us = 0;
  g_clear_pointer (&progress->page_text, g_free);
  stoker_scope_set (progress->run->scope, "page", NULL);
  send_page (task);
}

static void
fail_step (GTask *task, GError *failure)
{
  Progress *progress = stoker_task_get_progress_state (task);
  GError *error = NULL;

  if (stoker_step_stack_fail (progress->stack, failure, &error))
    proceed (task);
  else
    end (task, error);
}

/* Answers */

/* Checks an answer and takes its values. */
static gboolean
read_answer (Progress *progress, JsonNode *answer, GError **error)
{
  StokerRun *run = progress->run;
  JsonNode *step = get_step (progress);
  GError *local_error = NULL;

  stoker_scope_set (run->scope, "http_status", stoker_value_from_number (run->response->status));
  if (!stoker_step_answer_check (run->operation, step, run->response, answer, run->scope, error))
    return FALSE;
  if (answer == NULL && stoker_answer_has_tree (stoker_rule_get_text (step, "answer")))
    local_error = g_error_new (STOKER_ERROR, STOKER_ERROR_PROTOCOL,
                               _ ("the answer of %s is not the JSON it should be"),
                               get_name (progress));
  if (local_error == NULL && stoker_takes_apply (stoker_rule_get (step, "take"), answer,
                                                 run->response, run->scope, &local_error))
    return TRUE;

  stoker_step_judge_error (step, local_error);
  g_propagate_error (error, local_error);

  return FALSE;
}

/* A cursor without a parameter is for the step's own templates: ${step.page}. */
static gboolean
find_next_page (Progress *progress, JsonNode *answer)
{
  JsonNode *pages = stoker_rule_get (get_step (progress), "pages");
  JsonNode *next = stoker_rule_get (pages, "next");
  StokerRun *run = progress->run;
  g_autoptr (JsonNode) found = NULL;

  g_clear_pointer (&progress->page_text, g_free);
  if (pages == NULL)
    return FALSE;
  found = stoker_paths_find (run->scope->manifest,
                             next != NULL ? next : stoker_rule_get (pages, "cursor"), answer);
  progress->page_text = stoker_value_dup_text (found);
  if (progress->page_text == NULL || *progress->page_text == '\0')
    return FALSE;
  if (progress->page + 1 >= stoker_rule_get_number (pages, "max", DEFAULT_PAGES))
    {
      run->is_cut = TRUE;
      return FALSE;
    }
  progress->page++;
  stoker_scope_set (run->scope, "page", g_steal_pointer (&found));

  return TRUE;
}

static gboolean
waited_cb (gpointer user_data)
{
  GTask *task = user_data;

  if (!g_task_return_error_if_cancelled (task))
    send_page (task);

  return G_SOURCE_REMOVE;
}

/* Asks again a little later; FALSE when it took too long. */
static gboolean
wait_again (GTask *task, JsonNode *wait, GError **error)
{
  Progress *progress = stoker_task_get_progress_state (task);
  gint64 now_us = g_get_monotonic_time ();
  double limit_s = stoker_rule_get_number (wait, "limit_s", DEFAULT_WAIT_LIMIT_S);

  if (progress->wait_end_us == 0)
    progress->wait_end_us = now_us + (gint64) (limit_s * (double) G_USEC_PER_SEC);
  if (now_us > progress->wait_end_us)
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_UNAVAILABLE,
                   _ ("%s has not finished it within %.0f s"), get_name (progress), limit_s);
      return FALSE;
    }
  g_timeout_add_seconds_full (G_PRIORITY_DEFAULT,
                              (guint) stoker_rule_get_number (wait, "every_s",
                                                              DEFAULT_WAIT_EVERY_S),
                              waited_cb, g_object_ref (task), g_object_unref);

  return TRUE;
}

static gboolean
must_renew (Progress *progress)
{
  StokerRun *run = progress->run;

  return run->response->status == 401 && !progress->has_renewed && !run->scope->is_authorising &&
         stoker_step_uses_token (get_step (progress), run->scope);
}

static void
take_answer (GTask *task, JsonNode *answer)
{
  Progress *progress = stoker_task_get_progress_state (task);
  StokerRun *run = progress->run;
  JsonNode *wait = stoker_rule_get (get_step (progress), "wait");
  GError *error = NULL;

  if (must_renew (progress))
    {
      progress->has_renewed = TRUE;
      stoker_scope_set_token (run->scope, NULL);
      send_page (task);
      return;
    }
  if (!read_answer (progress, answer, &error))
    {
      fail_step (task, error);
      return;
    }
  if (wait != NULL && !stoker_conditions_hold (stoker_rule_get (wait, "until"), run->scope))
    {
      if (!wait_again (task, wait, &error))
        fail_step (task, error);
      return;
    }
  if (progress->page == 0)
    g_ptr_array_set_size (run->answers, 0);
  if (answer != NULL)
    g_ptr_array_add (run->answers, json_node_ref (answer));
  if (find_next_page (progress, answer))
    {
      send_page (task);
      return;
    }
  stoker_step_put (get_step (progress), run->scope);
  stoker_step_stack_advance (progress->stack);
  proceed (task);
}

static void
did_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (JsonNode) answer = stoker_answer_read_finish (result, &local_error);

  take_answer (task, answer);
}

static void
got_response (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Progress *progress = stoker_task_get_progress_state (task);
  StokerRun *run = progress->run;
  GError *error = NULL;
  StokerHttpResponse *response = stoker_http_client_send_finish (STOKER_HTTP_CLIENT (source),
                                                                 result, &error);

  if (response == NULL)
    {
      stoker_step_judge_error (get_step (progress), error);
      fail_step (task, error);
      return;
    }
  g_clear_pointer (&run->response, stoker_http_response_unref);
  run->response = response;
  if (run->latency_us < 0)
    run->latency_us = response->latency_us;
  stoker_answer_read_async (stoker_rule_get_text (get_step (progress), "answer"), response,
                            did_read, g_object_ref (task));
}

/* Requests */

static gboolean
is_rate_limit (StokerHttpResponse *response, gpointer user_data)
{
  const Progress *progress = user_data;

  return stoker_step_answer_is_rate_limit (progress->run->operation, get_step (progress), response,
                                           progress->run->scope);
}

static void
send_request (GTask *task, const StokerStepRequest *request)
{
  Progress *progress = stoker_task_get_progress_state (task);
  JsonNode *step = get_step (progress);
  StokerRun *run = progress->run;
  StokerConnection *connection = run->scope->connection;
  const char *kind = stoker_rule_get_text (step, "answer");
  StokerHttpRequest message = {
    .method = request->method,
    .url = request->url,
    .headers = (const char *const *) request->headers->pdata,
    .body = request->body,
    .content_type = request->content_type,
    .is_repeatable = stoker_step_is_repeatable (step),
    .timeout_s = (guint) stoker_rule_get_number (step, "timeout_s",
                                                 stoker_manifest_get_limit (run->scope->manifest,
                                                                            "timeout_s")),
    .redactor = stoker_connection_get_redactor (connection),
    .authority_pem = request->authority,
    .identity_pem = request->identity,
    .may_be_cut = g_strcmp0 (kind, "events") == 0,
    .keeps_redirect = !stoker_rule_get_flag (step, "follow", TRUE),
    .max_body_bytes = g_strcmp0 (kind, "bytes") == 0 ? MAX_BYTES : 0,
    .is_rate_limit = is_rate_limit,
    .rate_limit_data = progress,
  };

  stoker_http_client_send_async (progress->client, &message, g_task_get_cancellable (task),
                                 got_response, g_object_ref (task));
}

static void
did_authorise (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (StokerRun) asked = stoker_run_start_finish (result, &error);

  if (asked != NULL &&
      stoker_authorise_take (stoker_task_get_progress_state (task)->run, asked, &error))
    {
      send_page (task);
      return;
    }
  /* Whatever became of that question, the step itself was not sent. */
  if (g_error_matches (error, STOKER_ERROR, STOKER_ERROR_UNCERTAIN))
    error->code = STOKER_ERROR_UNAVAILABLE;
  fail_step (task, error);
}

/* Whether the step can be sent; else a token is asked for first, and then it is. */
static gboolean
has_token (GTask *task)
{
  Progress *progress = stoker_task_get_progress_state (task);
  StokerRun *run = progress->run;

  if (run->scope->is_authorising || !stoker_step_uses_token (get_step (progress), run->scope) ||
      stoker_authorise_from_memory (run, progress->has_renewed))
    return TRUE;
  stoker_run_start_async (stoker_authorise_make_run (run), progress->client,
                          g_task_get_cancellable (task), did_authorise, g_object_ref (task));

  return FALSE;
}

static void
send_page (GTask *task)
{
  Progress *progress = stoker_task_get_progress_state (task);
  GError *error = NULL;
  g_autoptr (StokerStepRequest) request = NULL;

  if (!has_token (task))
    return;
  request = stoker_step_request_new (get_step (progress), progress->page_text, progress->run->scope,
                                     &error);
  if (request == NULL)
    {
      fail_step (task, error);
      return;
    }
  progress->has_sent = TRUE;
  send_request (task, request);
}

/* The beginning: the keys that are in files are read, then all that is needed must be there. */

static void
begin (GTask *task)
{
  Progress *progress = stoker_task_get_progress_state (task);
  GError *error = NULL;

  if (!stoker_operation_check_needs (progress->run->operation, progress->run->scope, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  stoker_run_limit_rate (progress->run, progress->client);
  proceed (task);
}

static void
did_open_files (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  StokerConnection *connection = stoker_connection_open_files_finish (result, &error);

  if (connection == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  stoker_scope_set_connection (stoker_task_get_progress_state (task)->run->scope, connection);
  begin (task);
}

/**
 * stoker_run_start_async:
 * @run: (transfer full): an operation that has not begun
 */
void
stoker_run_start_async (StokerRun *run,
                        StokerHttpClient *client,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Progress *progress = g_new0 (Progress, 1);
  const char *const *fields = (const char *const *) run->scope->manifest->key_files;

  g_task_set_source_tag (task, stoker_run_start_async);
  progress->run = run;
  progress->client = g_object_ref (client);
  progress->stack = stoker_step_stack_new (run);
  stoker_task_set_progress_state (task, progress);
  if (stoker_connection_has_unread_files (run->scope->connection, fields))
    stoker_connection_open_files_async (run->scope->connection, fields, cancellable, did_open_files,
                                        g_object_ref (task));
  else
    begin (task);
}

/**
 * stoker_run_start_finish:
 *
 * Returns: (transfer full) (nullable): the operation with its values and answers; %NULL with @error
 * set
 */
StokerRun *
stoker_run_start_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_run_start_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
