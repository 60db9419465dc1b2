/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "rest-session.h"

#include "stoker-error.h"
#include "test-session.h"

/* The port of a service that nobody runs. */
#define NOBODY "http://127.0.0.1:9"
#define MACHINE "{\"id\": \"m-1\", \"disk\": \"d-1\", \"state\": \"run\"}"

GSettings *
rest_session_get_settings (RestSession *self)
{
  return stoker_settings_get_gsettings (stoker_workspace_get_settings (self->workspace));
}

static void
register_provider (RestSession *self, const char *id)
{
  g_autofree char *json = g_strdup_printf ("{\"template_id\":\"%s\"}", id);
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerProvider) provider = test_session_register (self->workspace, json, &error);

  g_assert_no_error (error);
}

void
rest_session_open (RestSession *self, const char *const *ids)
{
  self->workspace = test_session_open (STOKER_WORKSPACE_ALL);
  for (guint i = 0; ids[i] != NULL; i++)
    register_provider (self, ids[i]);
  stoker_settings_set_flag (stoker_workspace_get_settings (self->workspace), "enable_public_gpu",
                            TRUE);
}

void
rest_session_set_up (RestSession *self, const char *const *ids, const char *operations)
{
  test_session_init ();
  rest_provider_set_up (&self->rest);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      if (g_strcmp0 (ids[i], self->absent) == 0)
        rest_provider_add_at (ids[i], operations, NOBODY);
      else
        rest_provider_add (&self->rest, ids[i], operations);
    }
  rest_session_open (self, ids);
}

void
rest_session_tear_down (RestSession *self)
{
  g_clear_object (&self->job);
  test_session_close (self->workspace);
  rest_provider_tear_down (&self->rest);
  test_session_clear ();
}

void
rest_session_answer_now (RestSession *self, const char *place, guint status, const char *json)
{
  g_hash_table_remove (self->rest.answers, place);
  rest_provider_answer (&self->rest, place, status, json);
}

void
rest_session_answer_all (RestSession *self, const char *id)
{
  static const struct
  {
    const char *place; /* behind the id */
    const char *method;
    const char *json;
  } answers[] = {
    { "machines", "POST", MACHINE },
    { "tags", "POST", "{}" },
    { "machines/m-1", "GET", "{\"state\": \"done\"}" },
    { "result", "GET", "{\"result\": {\"a\": 1}}" },
    { "machines/m-1", "DELETE", "{}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *place = g_strdup_printf ("%s /%s/%s", answers[i].method, id,
                                                answers[i].place);

      rest_session_answer_now (self, place, 200, answers[i].json);
    }
}

void
rest_session_assert_money (StokerMoney money, const char *decimal)
{
  g_autofree char *text = stoker_money_to_decimal (money);

  g_assert_cmpstr (text, ==, decimal);
}

StokerWorkload *
rest_session_read_workload (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = stoker_json_parse (json, -1, "workload.json", &error);
  StokerWorkload *workload = NULL;

  g_assert_no_error (error);
  workload = stoker_workload_decode (node, "workload.json", &error);
  g_assert_no_error (error);
  return workload;
}

StokerAdvice *
rest_session_advise (RestSession *self, const char *json)
{
  g_autoptr (StokerWorkload) workload = rest_session_read_workload (json);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  StokerAdvice *advice = NULL;

  stoker_preview_advice_async (self->workspace, workload, NULL, test_session_take_result, &result);
  advice = stoker_preview_advice_finish (test_session_wait (&result), &error);
  g_assert_no_error (error);
  return advice;
}

void
rest_session_submit (RestSession *self, const StokerSubmission *submission)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  stoker_submit_job_async (self->workspace, submission, NULL, test_session_take_result, &result);
  g_clear_object (&self->job);
  self->job = stoker_submit_job_finish (test_session_wait (&result), &error);
  g_assert_no_error (error);
}

void
rest_session_wait_for_end (RestSession *self)
{
  g_autoptr (GAsyncResult) result = NULL;

  stoker_wait_job_async (self->workspace, self->job, NULL, test_session_take_result, &result);
  g_assert_true (stoker_wait_job_finish (test_session_wait (&result), NULL));
}

void
rest_session_restart (RestSession *self)
{
  g_autofree char *id = g_strdup (stoker_job_get_id (self->job));

  g_clear_object (&self->job);
  test_session_close (self->workspace);
  self->workspace = test_session_open (STOKER_WORKSPACE_ALL);
  self->job = g_object_ref (stoker_workspace_lookup_job (self->workspace, id));
}

gboolean
rest_session_is_held (gpointer user_data)
{
  RestSession *self = user_data;

  return stoker_job_get_error_code (self->job) == STOKER_ERROR_HELD;
}

gboolean
rest_session_is_running (gpointer user_data)
{
  RestSession *self = user_data;

  return stoker_job_get_state (self->job) == STOKER_JOB_RUNNING;
}
