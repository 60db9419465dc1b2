/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-operation-run.h"

#include "stoker-answer.h"
#include "stoker-error.h"
#include "stoker-step-answer.h"
#include "stoker-step-request.h"
#include "stoker-task.h"
#include "stoker-value-rule.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define DEFAULT_PAGES 20

/* An output that comes as the answer itself is held in memory. */
#define MAX_BYTES (256 * 1024 * 1024)

typedef struct
{
  StokerOperationRun *run;   /* owned */
  StokerHttpClient *client;  /* owned */
  GCancellable *cancellable; /* owned, nullable */
  guint index;               /* of the step */
  guint page;
  gboolean has_sent; /* any step was */
} Progress;

static void
progress_free (Progress *self)
{
  g_clear_pointer (&self->run, stoker_operation_run_free);
  g_clear_object (&self->client);
  g_clear_object (&self->cancellable);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Progress, progress, progress_free)

/**
 * stoker_operation_run_new:
 * @request: (nullable): the job; copied
 *
 * Returns: (transfer full): an operation that has not begun
 */
StokerOperationRun *
stoker_operation_run_new (const StokerManifest *manifest,
                          JsonNode *operation,
                          StokerConnection *connection,
                          const StokerJobRequest *request)
{
  StokerOperationRun *self = g_new0 (StokerOperationRun, 1);

  self->manifest = manifest;
  self->operation = operation;
  self->context = stoker_step_context_new (connection, manifest, request);
  self->answers = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  self->latency_us = -1;

  return self;
}

/**
 * stoker_operation_run_free:
 * @self: (transfer full): an operation that is over
 */
void
stoker_operation_run_free (StokerOperationRun *self)
{
  g_clear_pointer (&self->context, stoker_step_context_free);
  g_clear_pointer (&self->answers, g_ptr_array_unref);
  g_clear_pointer (&self->response, stoker_http_response_unref);
  g_free (self);
}

static void
set_need_error (const StokerOperationRun *self, const char *name, GError **error)
{
  const char *provider = stoker_step_context_get_profile (self->context)->name;

  if (g_str_has_prefix (name, "secret."))
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_AUTH, _ ("there is no key for %s yet; add one"),
                 provider);
  else if (g_str_equal (name, "job.payload"))
    g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                         _ ("the workload has no payload to send"));
  else if (g_str_has_prefix (name, "config."))
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                 _ ("fill in \"%s\" in the settings of %s first"), name + strlen ("config."),
                 provider);
  else
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "%s: no %s is known", provider, name);
}

/* `a|b` wants one of the two. */
static gboolean
has_one_of (const StokerOperationRun *self, const char *names)
{
  g_auto (GStrv) parts = g_strsplit (names, "|", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autofree char *text = stoker_step_context_dup_text (self->context, parts[i]);

      if (text != NULL && *text != '\0')
        return TRUE;
    }

  return FALSE;
}

/**
 * stoker_operation_run_check_needs:
 *
 * Returns: %FALSE with %STOKER_ERROR_CONFIG or %STOKER_ERROR_AUTH naming the first thing that the
 * operation cannot do without and nobody told
 */
gboolean
stoker_operation_run_check_needs (const StokerOperationRun *self, GError **error)
{
  JsonNode *needs = stoker_rule_get (self->operation, "needs");

  for (guint i = 0; i < stoker_rule_count (needs); i++)
    {
      const char *names = json_node_get_string (stoker_rule_nth (needs, i));

      if (has_one_of (self, names))
        continue;
      set_need_error (self, names, error);
      return FALSE;
    }

  return TRUE;
}

/**
 * stoker_operation_run_render:
 * @self: an operation whose context is masked from here on
 *
 * Returns: (transfer full) (nullable) (element-type StokerRenderedRequest): what would be sent, in
 * its order; values that an answer brings are shown by their names
 */
GPtrArray *
stoker_operation_run_render (StokerOperationRun *self, GError **error)
{
  g_autoptr (GPtrArray)
    rendered = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_rendered_request_free);
  JsonNode *steps = NULL;

  /* A rehearsal needs no key. */
  stoker_step_context_set_masked (self->context, TRUE);
  if (!stoker_operation_run_check_needs (self, error))
    return NULL;

  steps = stoker_rule_get (self->operation, "steps");
  for (guint i = 0; i < stoker_rule_count (steps); i++)
    {
      JsonNode *step = stoker_rule_nth (steps, i);
      g_autoptr (StokerStepRequest) request = NULL;

      if (!stoker_conditions_hold (stoker_rule_get (step, "when"), self->context))
        continue;
      if (stoker_rule_get (step, "url") == NULL)
        {
          if (!stoker_takes_apply (stoker_rule_get (step, "take"), NULL, NULL, self->context,
                                   error))
            return NULL;
          continue;
        }
      request = stoker_step_request_new (step, self->context, error);
      if (request == NULL)
        return NULL;
      g_ptr_array_add (rendered, stoker_step_request_describe (request, self->context));
    }

  return g_steal_pointer (&rendered);
}

static void begin_step (GTask *task);

static JsonNode *
get_step (const Progress *progress)
{
  return stoker_rule_nth (stoker_rule_get (progress->run->operation, "steps"), progress->index);
}

static void
next_step (GTask *task)
{
  Progress *progress = stoker_task_get_progress_state (task);

  progress->index++;
  progress->page = 0;
  begin_step (task);
}

/* Once a request that creates something was sent, an answer that never came or cannot be read
 * leaves it open whether it did. */
static void
judge_error (JsonNode *step, GError *error)
{
  gboolean is_lost = g_error_matches (error, STOKER_ERROR, STOKER_ERROR_UNAVAILABLE) &&
                     !stoker_http_error_is_not_sent (error);

  if (stoker_step_creates (step) &&
      (is_lost || g_error_matches (error, STOKER_ERROR, STOKER_ERROR_PROTOCOL)))
    error->code = STOKER_ERROR_UNCERTAIN;
}

/* Ends the operation, or passes over a step that may fail. */
static void
fail_step (GTask *task, GError *error)
{
  Progress *progress = stoker_task_get_progress_state (task);
  JsonNode *step = get_step (progress);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }
  if (stoker_rule_get_flag (step, "optional", FALSE))
    {
      g_debug ("an optional step failed: %s", error->message);
      g_error_free (error);
      next_step (task);
      return;
    }
  g_task_return_error (task, error);
}

static void send_page (GTask *task, const char *url);

/* The address of the page after this one; NULL at the end. */
static char *
find_next_page (const Progress *progress, JsonNode *answer)
{
  JsonNode *pages = stoker_rule_get (get_step (progress), "pages");
  JsonNode *next = stoker_rule_get (pages, "next");
  g_autoptr (JsonNode) found = NULL;

  if (pages == NULL || progress->page + 1 >= stoker_rule_get_number (pages, "max", DEFAULT_PAGES))
    return NULL;
  found = stoker_paths_find (progress->run->manifest,
                             next != NULL ? next : stoker_rule_get (pages, "cursor"), answer);

  return stoker_value_dup_text (found);
}

static gboolean
needs_tree (JsonNode *step)
{
  const char *kind = stoker_rule_get_text (step, "answer");

  return kind == NULL || (!g_str_equal (kind, "bytes") && !g_str_equal (kind, "none"));
}

static void
take_answer (GTask *task, JsonNode *answer)
{
  g_autoptr (JsonNode) owned = answer;
  g_autoptr (GError) local_error = NULL;
  g_autofree char *next = NULL;
  Progress *progress = stoker_task_get_progress_state (task);
  StokerOperationRun *run = progress->run;
  JsonNode *step = get_step (progress);

  stoker_step_context_set (run->context, "http_status",
                           stoker_value_from_number (progress->run->response->status));
  if (!stoker_step_answer_check (run->operation, step, progress->run->response, answer,
                                 run->context, &local_error))
    {
      fail_step (task, g_steal_pointer (&local_error));
      return;
    }
  if (answer == NULL && needs_tree (step))
    {
      g_set_error (&local_error, STOKER_ERROR, STOKER_ERROR_PROTOCOL,
                   _ ("the answer of %s is not the JSON it should be"),
                   stoker_step_context_get_profile (run->context)->name);
      judge_error (step, local_error);
      fail_step (task, g_steal_pointer (&local_error));
      return;
    }
  if (!stoker_takes_apply (stoker_rule_get (step, "take"), answer, progress->run->response,
                           run->context, &local_error))
    {
      judge_error (step, local_error);
      fail_step (task, g_steal_pointer (&local_error));
      return;
    }

  if (progress->page == 0)
    g_ptr_array_set_size (run->answers, 0);
  if (answer != NULL)
    g_ptr_array_add (run->answers, json_node_ref (answer));
  next = find_next_page (progress, answer);
  if (next == NULL || *next == '\0')
    {
      next_step (task);
      return;
    }
  progress->page++;
  send_page (task, next);
}

static void
did_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) local_error = NULL;
  JsonNode *answer = stoker_answer_read_finish (result, &local_error);

  take_answer (task, answer);
}

static void
got_response (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Progress *progress = stoker_task_get_progress_state (task);
  GError *error = NULL;
  StokerHttpResponse *response = stoker_http_client_send_finish (STOKER_HTTP_CLIENT (source),
                                                                 result, &error);

  if (response == NULL)
    {
      judge_error (get_step (progress), error);
      fail_step (task, error);
      return;
    }
  g_clear_pointer (&progress->run->response, stoker_http_response_unref);
  progress->run->response = response;
  if (progress->run->latency_us < 0)
    progress->run->latency_us = response->latency_us;
  stoker_answer_read_async (stoker_rule_get_text (get_step (progress), "answer"), response,
                            did_read, g_object_ref (task));
}

static void
send_request (GTask *task, const StokerStepRequest *request)
{
  Progress *progress = stoker_task_get_progress_state (task);
  JsonNode *step = get_step (progress);
  StokerOperationRun *run = progress->run;
  StokerConnection *connection = stoker_step_context_get_connection (run->context);
  const char *kind = stoker_rule_get_text (step, "answer");
  StokerHttpRequest message = {
    .method = request->method,
    .url = request->url,
    .headers = (const char *const *) request->headers->pdata,
    .body = request->body,
    .content_type = request->content_type,
    .is_repeatable = stoker_step_is_repeatable (step),
    .timeout_s = (guint) stoker_rule_get_number (step, "timeout_s",
                                                 stoker_manifest_get_limit (run->manifest,
                                                                            "timeout_s")),
    .redactor = stoker_connection_get_redactor (connection),
    .may_be_cut = g_strcmp0 (kind, "events") == 0,
    .max_body_bytes = g_strcmp0 (kind, "bytes") == 0 ? MAX_BYTES : 0,
  };

  stoker_http_client_send_async (progress->client, &message, progress->cancellable, got_response,
                                 g_object_ref (task));
}

static char *
make_page_url (JsonNode *step, const char *url, const char *next)
{
  const char *parameter = stoker_rule_get_text (stoker_rule_get (step, "pages"), "parameter");
  g_autofree char *escaped = g_uri_escape_string (next, NULL, FALSE);

  if (parameter == NULL)
    return g_strdup (next);

  return g_strconcat (url, strchr (url, '?') != NULL ? "&" : "?", parameter, "=", escaped, NULL);
}

/* @next is %NULL for the first page. */
static void
send_page (GTask *task, const char *next)
{
  Progress *progress = stoker_task_get_progress_state (task);
  StokerOperationRun *run = progress->run;
  GError *error = NULL;
  g_autoptr (StokerStepRequest)
    request = stoker_step_request_new (get_step (progress), run->context, &error);

  if (request != NULL && next != NULL)
    {
      g_autofree char *url = make_page_url (get_step (progress), request->url, next);

      if (!stoker_step_context_is_own_origin (run->context, url))
        {
          fail_step (task, g_error_new_literal (STOKER_ERROR, STOKER_ERROR_PROTOCOL,
                                                "the next page is at another server"));
          return;
        }
      g_free (request->url);
      request->url = g_steal_pointer (&url);
    }
  if (request == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  progress->has_sent = TRUE;
  send_request (task, request);
}

static void
finish (GTask *task)
{
  Progress *progress = stoker_task_get_progress_state (task);

  if (progress->has_sent)
    g_task_return_pointer (task, g_steal_pointer (&progress->run),
                           (GDestroyNotify) stoker_operation_run_free);
  else
    g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_CONFIG,
                             _ ("the settings of %s leave nothing to be sent"),
                             stoker_step_context_get_profile (progress->run->context)->name);
}

/* Steps that send nothing are passed here in one go. */
static void
begin_step (GTask *task)
{
  Progress *progress = stoker_task_get_progress_state (task);
  StokerOperationRun *run = progress->run;
  JsonNode *steps = stoker_rule_get (run->operation, "steps");
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  for (; progress->index < stoker_rule_count (steps); progress->index++)
    {
      JsonNode *step = get_step (progress);

      if (!stoker_conditions_hold (stoker_rule_get (step, "when"), run->context))
        continue;
      if (stoker_rule_get (step, "url") != NULL)
        {
          send_page (task, NULL);
          return;
        }
      if (!stoker_takes_apply (stoker_rule_get (step, "take"), NULL, NULL, run->context, &error))
        {
          g_task_return_error (task, error);
          return;
        }
    }
  finish (task);
}

/**
 * stoker_operation_run_start_async:
 * @run: (transfer full): an operation that has not begun
 */
void
stoker_operation_run_start_async (StokerOperationRun *run,
                                  StokerHttpClient *client,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Progress *progress = g_new0 (Progress, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, stoker_operation_run_start_async);
  progress->run = run;
  progress->client = g_object_ref (client);
  g_set_object (&progress->cancellable, cancellable);
  stoker_task_set_progress_state (task, progress);
  if (!stoker_operation_run_check_needs (run, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  begin_step (task);
}

/**
 * stoker_operation_run_start_finish:
 *
 * Returns: (transfer full) (nullable): the operation with its values and answers; %NULL with @error
 * set
 */
StokerOperationRun *
stoker_operation_run_start_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_operation_run_start_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
