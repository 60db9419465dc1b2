/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "store-calls.h"

#include "stoker-json.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#define TIMEOUT_S 60

static gboolean
too_late_cb (gpointer is_late)
{
  *(gboolean *) is_late = TRUE;
  return G_SOURCE_REMOVE;
}

/* A GAsyncReadyCallback that keeps the result where its data points to. */
void
keep_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* Runs the main context until there is a result; returns and takes it. */
GAsyncResult *
wait_for (GAsyncResult **result)
{
  gboolean is_late = FALSE;
  guint source_id = g_timeout_add_seconds (TIMEOUT_S, too_late_cb, &is_late);

  while (*result == NULL && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (is_late);
  g_source_remove (source_id);
  return g_steal_pointer (result);
}

StokerStore *
open_store (const char *path, GError **error)
{
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  stoker_store_open_async (path, NULL, keep_result_cb, &pending);
  result = wait_for (&pending);
  return stoker_store_open_finish (result, error);
}

/* Opens a file that nothing is wrong with. */
StokerStore *
open_good_store (const char *path)
{
  g_autoptr (GError) error = NULL;
  StokerStore *store = open_store (path, &error);

  g_assert_no_error (error);
  g_assert_null (stoker_store_get_notice (store));
  return store;
}

/* Takes the store. */
void
close_store (StokerStore *store)
{
  GAsyncResult *pending = NULL;

  stoker_store_close_async (store, keep_result_cb, &pending);
  {
    g_autoptr (GAsyncResult) result = wait_for (&pending);

    stoker_store_close_finish (store, result);
  }
  drop_store (store);
}

/* Takes the store and waits for its end: the worker may hold it a moment longer than its callback
 * takes. */
void
drop_store (StokerStore *store)
{
  gint64 deadline_us = g_get_monotonic_time () + TIMEOUT_S * G_USEC_PER_SEC;
  GWeakRef left;

  g_weak_ref_init (&left, store);
  g_object_unref (store);
  while (TRUE)
    {
      g_autoptr (GObject) object = g_weak_ref_get (&left);

      if (object == NULL)
        break;
      g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
      g_clear_object (&object);
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
  g_weak_ref_clear (&left);
}

static gboolean
finish_write (StokerStore *store, GAsyncResult **pending, GError **error)
{
  g_autoptr (GAsyncResult) result = wait_for (pending);

  return stoker_store_write_finish (store, result, error);
}

gboolean
save_providers (StokerStore *store,
                GHashTable *entries,
                const char *const *removed_ids,
                GError **error)
{
  GAsyncResult *pending = NULL;

  stoker_store_save_providers_async (store, entries, removed_ids, NULL, keep_result_cb, &pending);
  return finish_write (store, &pending, error);
}

gboolean
save_job (StokerStore *store, StokerJob *job, const StokerLedgerEntry *entry, GError **error)
{
  GAsyncResult *pending = NULL;

  stoker_store_save_job_async (store, job, entry, NULL, keep_result_cb, &pending);
  return finish_write (store, &pending, error);
}

gboolean
order_providers (StokerStore *store, const char *const *ids, GError **error)
{
  GAsyncResult *pending = NULL;

  stoker_store_order_providers_async (store, ids, NULL, keep_result_cb, &pending);
  return finish_write (store, &pending, error);
}

gboolean
remove_job (StokerStore *store, const char *job_id, GError **error)
{
  GAsyncResult *pending = NULL;

  stoker_store_remove_job_async (store, job_id, NULL, keep_result_cb, &pending);
  return finish_write (store, &pending, error);
}

gboolean
append_audit (
  StokerStore *store, const char *action, const char *subject, JsonNode *detail, GError **error)
{
  GAsyncResult *pending = NULL;

  stoker_store_append_audit_async (store, action, subject, detail, NULL, keep_result_cb, &pending);
  return finish_write (store, &pending, error);
}

GPtrArray *
load_providers (StokerStore *store)
{
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = NULL;

  stoker_store_load_providers_async (store, NULL, keep_result_cb, &pending);
  result = wait_for (&pending);
  entries = stoker_store_load_providers_finish (store, result, &error);
  g_assert_no_error (error);
  return entries;
}

GPtrArray *
load_documents (StokerStore *store, const char *const *ids)
{
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *jobs = NULL;

  stoker_store_load_documents_async (store, ids, NULL, keep_result_cb, &pending);
  result = wait_for (&pending);
  jobs = stoker_store_load_documents_finish (store, result, &error);
  g_assert_no_error (error);
  return jobs;
}

static void
complete_job (StokerStore *store, StokerJob *job)
{
  const char *const ids[] = { stoker_job_get_id (job), NULL };
  g_autoptr (GPtrArray) sources = load_documents (store, ids);
  StokerJob *source = NULL;

  g_assert_cmpuint (sources->len, ==, 1);
  source = g_ptr_array_index (sources, 0);
  stoker_job_set_log (job, stoker_job_get_log (source));
  stoker_job_set_workload (job, stoker_job_get_workload (source));
  stoker_job_set_request (job, stoker_job_get_request (source));
  stoker_job_set_estimate (job, stoker_job_get_estimate (source));
  stoker_job_set_has_documents (job, TRUE);
}

GPtrArray *
load_bare_jobs (StokerStore *store)
{
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *jobs = NULL;

  stoker_store_load_jobs_async (store, NULL, keep_result_cb, &pending);
  result = wait_for (&pending);
  jobs = stoker_store_load_jobs_finish (store, result, &error);
  g_assert_no_error (error);
  return jobs;
}

GPtrArray *
load_jobs (StokerStore *store)
{
  GPtrArray *jobs = load_bare_jobs (store);

  for (guint i = 0; i < jobs->len; i++)
    if (!stoker_job_has_documents (jobs->pdata[i]))
      complete_job (store, jobs->pdata[i]);
  return jobs;
}

GPtrArray *
list_ledger (StokerStore *store, gint64 since_us)
{
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = NULL;

  stoker_store_list_ledger_async (store, since_us, NULL, keep_result_cb, &pending);
  result = wait_for (&pending);
  entries = stoker_store_list_ledger_finish (store, result, &error);
  g_assert_no_error (error);
  return entries;
}

JsonNode *
list_audit (StokerStore *store, guint limit, gboolean *is_intact)
{
  GAsyncResult *pending = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  JsonNode *lines = NULL;

  stoker_store_list_audit_async (store, limit, NULL, keep_result_cb, &pending);
  result = wait_for (&pending);
  lines = stoker_store_list_audit_finish (store, result, is_intact, &error);
  g_assert_no_error (error);
  return lines;
}

char *
make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("stoker-store-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_folder (path);
      else
        g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static int
keep_text (void *text, int n_columns, char **values, char **names)
{
  g_free (*(char **) text);
  *(char **) text = g_strdup (values[0]);
  return 0;
}

static char *
execute (const char *path, const char *sql, char **text)
{
  sqlite3 *database = NULL;
  char *message = NULL;

  g_assert_cmpint (sqlite3_open (path, &database), ==, SQLITE_OK);
  if (sqlite3_exec (database, sql, keep_text, text, NULL) != SQLITE_OK)
    message = g_strdup (sqlite3_errmsg (database));
  g_assert_cmpint (sqlite3_close (database), ==, SQLITE_OK);
  return message;
}

/* The message of the failure, if it fails. */
char *
try_sql (const char *path, const char *sql)
{
  g_autofree char *text = NULL;

  return execute (path, sql, &text);
}

/* The first column of the last row. */
char *
query_sql (const char *path, const char *sql)
{
  char *text = NULL;
  g_autofree char *message = execute (path, sql, &text);

  g_assert_cmpstr (message, ==, NULL);
  return text;
}

void
run_sql (const char *path, const char *sql)
{
  g_autofree char *text = query_sql (path, sql);

  if (text != NULL)
    g_test_message ("%s", text);
}

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *node = stoker_json_parse (text, -1, "test", &error);

  g_assert_no_error (error);
  return node;
}

static void
add_attempt (StokerJob *job, const char *token, StokerMoney accrued)
{
  StokerAttempt *attempt = stoker_attempt_new ("runpod-1", token);

  attempt->remote_id = g_strdup ("pod-77");
  attempt->state = STOKER_JOB_RUNNING;
  attempt->message = g_strdup ("no capacity");
  attempt->started_us = 1700000002000000;
  attempt->ended_us = 1700000003000000;
  attempt->accrued = accrued;
  attempt->handle = parse ("{\"status_url\":\"https://example.org/s\"}");
  stoker_job_add_attempt (job, attempt);
}

static void
add_artifact (StokerJob *job, const char *name)
{
  StokerArtifact *artifact = stoker_artifact_new (name);

  artifact->path = g_strdup ("/tmp/out.png");
  artifact->media_type = g_strdup ("image/png");
  artifact->bytes = 12345;
  artifact->checksum = g_strdup ("abc");
  stoker_job_add_artifact (job, artifact);
}

/* A job with something in every field. */
StokerJob *
make_job (const char *id, gint64 created_us)
{
  StokerJob *job = stoker_job_new (id, "Bätch", "runpod-1");
  g_autoptr (JsonNode) workload = parse ("{\"name\":\"x\",\"n\":[1,2.5,null,true]}");
  g_autoptr (JsonNode) request = parse ("{\"url\":\"https://example.org\"}");
  g_autoptr (JsonNode) estimate = parse ("{\"total\":\"$0.45\"}");

  stoker_job_set_state (job, STOKER_JOB_RUNNING);
  stoker_job_set_progress (job, 0.25);
  stoker_job_set_stage (job, "Sampling");
  stoker_job_set_message (job, "Not yet", 5);
  stoker_job_set_dry_run (job, TRUE);
  stoker_job_set_estimated (job, stoker_money_new (G_GINT64_CONSTANT (450000001), "EUR"));
  stoker_job_set_accrued (job, stoker_money_unknown ());
  stoker_job_set_log (job, "line 1\nline 2 – ü\n");
  stoker_job_set_workload (job, workload);
  stoker_job_set_request (job, request);
  stoker_job_set_estimate (job, estimate);
  add_attempt (job, "token-1", stoker_money_usd (7));
  add_attempt (job, "token-2", stoker_money_unknown ());
  add_artifact (job, "b.png");
  add_artifact (job, "a.png");
  stoker_job_set_times (job, created_us, created_us + 1, created_us + 2);
  return job;
}

static char *
print_json (JsonNode *node)
{
  return node != NULL ? stoker_json_to_string (node, FALSE) : g_strdup ("-");
}

static char *
print_money (StokerMoney money)
{
  return money.is_known ? g_strdup_printf ("%" G_GINT64_FORMAT " %s", money.nanos, money.currency)
                        : g_strdup ("unknown");
}

static void
print_lists (GString *text, StokerJob *job)
{
  GPtrArray *attempts = stoker_job_get_attempts (job);
  GPtrArray *artifacts = stoker_job_get_artifacts (job);

  for (guint i = 0; i < attempts->len; i++)
    {
      const StokerAttempt *a = g_ptr_array_index (attempts, i);
      g_autofree char *accrued = print_money (a->accrued);
      g_autofree char *handle = print_json (a->handle);

      g_string_append_printf (text,
                              "%d %s %s %s %d %s %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %s %s\n",
                              a->number, a->provider_id, a->token, a->remote_id, a->state,
                              a->message, a->started_us, a->ended_us, accrued, handle);
    }
  for (guint i = 0; i < artifacts->len; i++)
    {
      const StokerArtifact *a = g_ptr_array_index (artifacts, i);

      g_string_append_printf (text, "%s %s %s %" G_GINT64_FORMAT " %s\n", a->name, a->path,
                              a->media_type, a->bytes, a->checksum);
    }
}

/* Everything there is in a job, for comparing. */
char *
print_job (StokerJob *job)
{
  GString *text = g_string_new (NULL);
  g_autofree char *estimated = print_money (stoker_job_get_estimated (job));
  g_autofree char *accrued = print_money (stoker_job_get_accrued (job));
  g_autofree char *workload = print_json (stoker_job_get_workload (job));
  g_autofree char *request = print_json (stoker_job_get_request (job));
  g_autofree char *estimate = print_json (stoker_job_get_estimate (job));

  g_string_append_printf (text, "%s %s %s %s %g %s %s %d %d\n", stoker_job_get_id (job),
                          stoker_job_get_name (job), stoker_job_get_provider_id (job),
                          stoker_job_state_names[stoker_job_get_state (job)],
                          stoker_job_get_progress (job), stoker_job_get_stage (job),
                          stoker_job_get_message (job), stoker_job_get_error_code (job),
                          stoker_job_get_dry_run (job));
  g_string_append_printf (text, "%s %s %s %s %s %s\n", estimated, accrued, stoker_job_get_log (job),
                          workload, request, estimate);
  g_string_append_printf (text, "%" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %" G_GINT64_FORMAT "\n",
                          stoker_job_get_created (job), stoker_job_get_started (job),
                          stoker_job_get_ended (job));
  print_lists (text, job);
  return g_string_free (text, FALSE);
}
