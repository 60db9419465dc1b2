/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "http-calls.h"

#include "stoker-json.h"

#include <glib/gstdio.h>

#define LIMIT_S 60

void
http_calls_keep (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

static gboolean
fail_late (gpointer user_data)
{
  g_assert_not_reached ();
}

GAsyncResult *
http_calls_wait (GAsyncResult **kept)
{
  guint limit = g_timeout_add_seconds (LIMIT_S, fail_late, NULL);

  while (*kept == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);

  return *kept;
}

StokerHealth *
http_calls_check (StokerHttpConnector *connector, StokerConnection *connection, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  stoker_probe_check_async (STOKER_PROBE (connector), connection, NULL, http_calls_keep, &result);

  return stoker_probe_check_finish (STOKER_PROBE (connector), http_calls_wait (&result), error);
}

StokerOfferTable *
http_calls_list_offers (StokerHttpConnector *connector,
                        StokerConnection *connection,
                        StokerCatalog *catalog,
                        GError **error)
{
  StokerOfferSource *source = STOKER_OFFER_SOURCE (connector);
  g_autoptr (GAsyncResult) result = NULL;

  stoker_offer_source_list_async (source, connection, catalog, NULL, http_calls_keep, &result);

  return stoker_offer_source_list_finish (source, http_calls_wait (&result), error);
}

StokerJobReport *
http_calls_run (StokerHttpConnector *connector,
                StokerConnection *connection,
                StokerJobOperation operation,
                const StokerJobRequest *request,
                GError **error)
{
  StokerJobRunner *runner = STOKER_JOB_RUNNER (connector);
  g_autoptr (GAsyncResult) result = NULL;
  StokerJobReport *report = NULL;

  stoker_job_runner_start_async (runner, operation, connection, request, NULL, http_calls_keep,
                                 &result);
  report = stoker_job_runner_start_finish (runner, http_calls_wait (&result), error);
  g_assert_true ((report == NULL) == (*error != NULL));

  return report;
}

gboolean
http_calls_release (StokerHttpConnector *connector,
                    StokerConnection *connection,
                    const StokerJobRequest *request,
                    GError **error)
{
  StokerJobRunner *runner = STOKER_JOB_RUNNER (connector);
  g_autoptr (GAsyncResult) result = NULL;

  stoker_job_runner_release_async (runner, connection, request, NULL, http_calls_keep, &result);

  return stoker_job_runner_release_finish (runner, http_calls_wait (&result), error);
}

GPtrArray *
http_calls_find (StokerHttpConnector *connector,
                 StokerConnection *connection,
                 const StokerJobRequest *request,
                 GError **error)
{
  StokerJobFinder *finder = STOKER_JOB_FINDER (connector);
  g_autoptr (GAsyncResult) result = NULL;

  stoker_job_finder_find_async (finder, connection, request, NULL, http_calls_keep, &result);

  return stoker_job_finder_find_finish (finder, http_calls_wait (&result), error);
}

StokerMachine *
http_calls_change (StokerHttpConnector *connector,
                   StokerConnection *connection,
                   StokerMachineChange what,
                   JsonNode *input,
                   GError **error)
{
  StokerMachineHost *host = STOKER_MACHINE_HOST (connector);
  g_autoptr (GAsyncResult) result = NULL;

  stoker_machine_host_change_async (host, what, connection, input, NULL, http_calls_keep, &result);

  return stoker_machine_host_change_finish (host, http_calls_wait (&result), error);
}

GPtrArray *
http_calls_list_machines (StokerHttpConnector *connector,
                          StokerConnection *connection,
                          GError **error)
{
  StokerMachineHost *host = STOKER_MACHINE_HOST (connector);
  g_autoptr (GAsyncResult) result = NULL;

  stoker_machine_host_list_async (host, connection, NULL, http_calls_keep, &result);

  return stoker_machine_host_list_finish (host, http_calls_wait (&result), error);
}

JsonNode *
http_calls_act (StokerHttpConnector *connector,
                StokerConnection *connection,
                const char *action,
                JsonNode *input,
                GError **error)
{
  StokerActionRunner *runner = STOKER_ACTION_RUNNER (connector);
  g_autoptr (GAsyncResult) result = NULL;
  JsonNode *done = NULL;

  stoker_action_runner_run_async (runner, action, connection, input, NULL, http_calls_keep,
                                  &result);
  done = stoker_action_runner_run_finish (runner, http_calls_wait (&result), error);
  g_assert_true ((done == NULL) == (*error != NULL));

  return done;
}

/* What a test has written as input of a machine or an action. */
JsonNode *
http_calls_parse (const char *input)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = stoker_json_parse (input, -1, "input", &error);

  g_assert_no_error (error);

  return node;
}

StokerWorkload *
http_calls_make_workload (const char *payload)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf ("{\"name\": \"test\", \"payload\": %s}", payload);
  g_autoptr (JsonNode) node = stoker_json_parse (text, -1, "workload.json", &error);
  StokerWorkload *workload = NULL;

  g_assert_no_error (error);
  workload = stoker_workload_decode (node, "workload.json", &error);
  g_assert_no_error (error);

  return workload;
}

/* A job, and a new folder for its outputs. */
void
http_calls_begin_request (StokerJobRequest *request, char **output_dir)
{
  g_autoptr (GError) error = NULL;

  *output_dir = g_dir_make_tmp ("stoker-http-XXXXXX", &error);
  g_assert_no_error (error);
  request->job_id = "job-1";
  request->token = "stoker-token-1";
  request->output_dir = *output_dir;
  request->intended_us = g_get_real_time ();
}

void
http_calls_remove_dir (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *file = g_build_filename (path, name, NULL);

      g_unlink (file);
    }
  g_rmdir (path);
}
