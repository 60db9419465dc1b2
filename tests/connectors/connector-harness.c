/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "connector-harness.h"

#include <glib/gstdio.h>

#define PATIENCE_S 30
#define PAUSE_MS 20

static gboolean
lost_patience_cb (gpointer user_data)
{
  gboolean *is_late = user_data;

  *is_late = TRUE;
  return G_SOURCE_CONTINUE;
}

/* harness_wait: Iterates the main context until *flag, and fails the test after 30 seconds. */
void
harness_wait (const gboolean *flag)
{
  gboolean is_late = FALSE;
  guint id = g_timeout_add_seconds (PATIENCE_S, lost_patience_cb, &is_late);

  while (!*flag && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
  g_assert_true (*flag);
}

static gboolean
tick_cb (gpointer user_data)
{
  gboolean *flag = user_data;

  *flag = TRUE;
  return G_SOURCE_REMOVE;
}

/* harness_pause: Iterates the main context for a moment, before something is looked at again. */
void
harness_pause (void)
{
  gboolean is_over = FALSE;

  g_timeout_add (PAUSE_MS, tick_cb, &is_over);
  harness_wait (&is_over);
}

/* harness_assert_finalize: Gives the last reference back; a worker thread may hold its own for an
 * instant longer. */
void
harness_assert_finalize (gpointer object)
{
  GWeakRef ref;
  gpointer alive = object;

  g_weak_ref_init (&ref, object);
  g_object_unref (object);
  for (int i = 0; i < PATIENCE_S * 1000 / PAUSE_MS && alive != NULL; i++)
    {
      alive = g_weak_ref_get (&ref);
      if (alive != NULL)
        {
          g_object_unref (alive);
          harness_pause ();
        }
    }
  g_assert_null (alive);
  g_weak_ref_clear (&ref);
}

/* harness_connect: Returns: (transfer full): a connection to a provider made from a shipped
 * profile, without secrets */
StokerConnection *
harness_connect (const char *profile_id)
{
  g_autofree char *name = g_strconcat (profile_id, ".json", NULL);
  g_autofree char *path = g_build_filename (g_getenv ("STOKER_TEST_SOURCE_ROOT"), "resources",
                                            "catalog", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = stoker_json_load_file (path, STOKER_JSON_MAX_BYTES, &error);
  g_autoptr (StokerProfile) profile = NULL;
  g_autoptr (StokerProvider) provider = NULL;

  g_assert_no_error (error);
  profile = stoker_profile_decode (node, name, &error);
  g_assert_no_error (error);
  provider = stoker_provider_new_from_profile (profile, profile_id);
  return stoker_connection_new (profile, provider, NULL);
}

/* harness_json: Returns: (transfer full): the document */
JsonNode *
harness_json (const char *json)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = stoker_json_parse (json, -1, "test", &error);

  g_assert_no_error (error);
  return node;
}

/* harness_workload: Returns: (transfer full): the workload */
StokerWorkload *
harness_workload (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = harness_json (json);
  StokerWorkload *workload = stoker_workload_decode (node, "test", &error);

  g_assert_no_error (error);
  return workload;
}

static gpointer
take (Answer *answer, GError **error)
{
  harness_wait (&answer->is_done);
  g_assert_true ((answer->value == NULL) != (answer->error == NULL));
  if (answer->error != NULL)
    g_propagate_error (error, answer->error);
  return answer->value;
}

static void
got_report (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  answer->value = stoker_job_runner_start_finish (STOKER_JOB_RUNNER (source), result,
                                                  &answer->error);
  answer->is_done = TRUE;
}

/* harness_run: Returns: (transfer full): what the job runner answers */
StokerJobReport *
harness_run (gpointer connector,
             StokerJobOperation operation,
             StokerConnection *connection,
             const StokerJobRequest *request,
             GError **error)
{
  Answer answer = { 0 };

  stoker_job_runner_start_async (STOKER_JOB_RUNNER (connector), operation, connection, request,
                                 NULL, got_report, &answer);
  g_assert_false (answer.is_done);
  return take (&answer, error);
}

static void
got_reports (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  answer->value = stoker_job_finder_find_finish (STOKER_JOB_FINDER (source), result,
                                                 &answer->error);
  answer->is_done = TRUE;
}

/* harness_find: Returns: (transfer full): what the job finder answers */
GPtrArray *
harness_find (gpointer connector,
              StokerConnection *connection,
              const StokerJobRequest *request,
              GError **error)
{
  Answer answer = { 0 };

  stoker_job_finder_find_async (STOKER_JOB_FINDER (connector), connection, request, NULL,
                                got_reports, &answer);
  g_assert_false (answer.is_done);
  return take (&answer, error);
}

static void
got_health (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  answer->value = stoker_probe_check_finish (STOKER_PROBE (source), result, &answer->error);
  answer->is_done = TRUE;
}

/* harness_check: Returns: (transfer full): what the probe answers */
StokerHealth *
harness_check (gpointer connector, StokerConnection *connection, GError **error)
{
  Answer answer = { 0 };

  stoker_probe_check_async (STOKER_PROBE (connector), connection, NULL, got_health, &answer);
  g_assert_false (answer.is_done);
  return take (&answer, error);
}

/* harness_make_dir: Returns: (transfer full): a new temporary folder */
char *
harness_make_dir (void)
{
  g_autoptr (GError) error = NULL;
  char *dir = g_dir_make_tmp ("stoker-connector-XXXXXX", &error);

  g_assert_no_error (error);
  return dir;
}

/* harness_remove_tree: Removes a folder with everything in it; links are not followed. */
void
harness_remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL
                                                                    : g_dir_open (path, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      harness_remove_tree (child);
    }
  g_remove (path);
}
