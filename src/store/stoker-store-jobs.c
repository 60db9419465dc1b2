/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-store-private.h"

#include "stoker-job-history.h"
#include "stoker-json.h"
#include "stoker-statement-private.h"

/* Jobs being read: the objects are made here, on the worker, and nobody else sees them before they
 * are complete. */
typedef struct
{
  GPtrArray *jobs;   /* owned, of StokerJob */
  GHashTable *by_id; /* owned; borrowed id → borrowed StokerJob */
} Loading;

static void
loading_clear (Loading *self)
{
  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Loading, loading_clear)

/* A state that an altered file made up is one we can tell nothing about. */
static StokerJobState
read_state (StokerStatement *row)
{
  g_autofree char *name = stoker_statement_read_text (row);

  for (int i = 0; i <= STOKER_JOB_LOST; i++)
    if (g_strcmp0 (stoker_job_state_names[i], name) == 0)
      return i;
  return STOKER_JOB_LOST;
}

static void
read_result (StokerStatement *row, StokerJob *job)
{
  g_autofree char *stage = stoker_statement_read_text (row);
  g_autofree char *message = stoker_statement_read_text (row);

  stoker_job_set_stage (job, stage);
  stoker_job_set_message (job, message, stoker_statement_read_int (row));
}

static gboolean
read_job (StokerStatement *row, gpointer user_data, GError **error)
{
  Loading *loading = user_data;
  g_autofree char *id = stoker_statement_read_text (row);
  g_autofree char *name = stoker_statement_read_text (row);
  g_autofree char *provider_id = stoker_statement_read_text (row);
  g_autofree char *gpu = NULL;
  StokerJob *job = stoker_job_new (id, name, provider_id);
  gint64 created_us, started_us;

  g_ptr_array_add (loading->jobs, job);
  g_hash_table_insert (loading->by_id, (gpointer) stoker_job_get_id (job), job);
  stoker_job_set_state (job, read_state (row));
  stoker_job_set_progress (job, stoker_statement_read_double (row));
  read_result (row, job);
  stoker_job_set_dry_run (job, stoker_statement_read_int (row) != 0);
  stoker_job_set_estimated (job, stoker_statement_read_money (row));
  stoker_job_set_accrued (job, stoker_statement_read_money (row));
  created_us = stoker_statement_read_int (row);
  started_us = stoker_statement_read_int (row);
  /* Last, because a change of state may set times of its own. */
  stoker_job_set_times (job, created_us, started_us, stoker_statement_read_int (row));
  gpu = stoker_statement_read_text (row);
  stoker_job_set_gpu (job, gpu);
  stoker_job_set_queue_place (job, stoker_statement_read_int (row));
  stoker_job_set_has_documents (job, !stoker_job_state_is_final (stoker_job_get_state (job)));
  return TRUE;
}

/* A text that somebody altered costs its job that text, and not everybody all jobs. */
static JsonNode *
parse_column (StokerStatement *row, const char *job_id, const char *text)
{
  g_autofree char *name = g_strdup_printf ("%s: job %s", row->database->path, job_id);
  g_autoptr (GError) error = NULL;
  JsonNode *node = stoker_json_parse (text, -1, name, &error);

  if (node == NULL)
    g_message ("%s", error->message);
  return node;
}

static void
set_document (StokerJob *job, StokerDocumentKind kind, JsonNode *node)
{
  if (kind == STOKER_DOCUMENT_WORKLOAD)
    stoker_job_set_workload (job, node);
  else if (kind == STOKER_DOCUMENT_REQUEST)
    stoker_job_set_request (job, node);
  else if (kind == STOKER_DOCUMENT_ESTIMATE)
    stoker_job_set_estimate (job, node);
  else if (kind == STOKER_DOCUMENT_HISTORY)
    stoker_job_set_history (job, node);
}

static gboolean
is_kind (const char *name, StokerDocumentKind kind)
{
  return g_strcmp0 (name, stoker_document_kind_names[kind]) == 0;
}

/* The two come in either order, and a log counts anew what it drops. */
static void
set_log (StokerJob *job, const char *log, gint64 n_dropped)
{
  if (log != NULL)
    stoker_job_set_log (job, log);
  stoker_job_set_log_dropped (job, MAX (n_dropped, stoker_job_get_log_dropped (job)));
}

static gboolean
read_document (StokerStatement *row, gpointer user_data, GError **error)
{
  Loading *loading = user_data;
  g_autofree char *job_id = stoker_statement_read_text (row);
  g_autofree char *kind_name = stoker_statement_read_text (row);
  g_autofree char *text = stoker_statement_read_text (row);
  StokerJob *job = g_hash_table_lookup (loading->by_id, job_id);
  g_autoptr (JsonNode) node = NULL;

  if (job == NULL)
    return TRUE;
  if (is_kind (kind_name, STOKER_DOCUMENT_LOG) || is_kind (kind_name, STOKER_DOCUMENT_LOG_DROPPED))
    {
      gboolean is_log = is_kind (kind_name, STOKER_DOCUMENT_LOG);

      set_log (job, is_log ? text : NULL,
               is_log ? stoker_job_get_log_dropped (job) : g_ascii_strtoll (text, NULL, 10));
      return TRUE;
    }
  node = parse_column (row, job_id, text);
  for (int i = 0; node != NULL && i < STOKER_N_DOCUMENTS; i++)
    if (is_kind (kind_name, i))
      set_document (job, i, node);
  return TRUE;
}

static gboolean
read_attempt (StokerStatement *row, gpointer user_data, GError **error)
{
  Loading *loading = user_data;
  g_autofree char *job_id = stoker_statement_read_text (row);
  g_autofree char *provider_id = stoker_statement_read_text (row);
  g_autofree char *token = stoker_statement_read_text (row);
  g_autoptr (StokerAttempt) attempt = stoker_attempt_new (provider_id, token);
  g_autofree char *handle = NULL;
  StokerJob *job = g_hash_table_lookup (loading->by_id, job_id);

  attempt->id = stoker_statement_read_int (row);
  attempt->number = stoker_statement_read_int (row);
  attempt->remote_id = stoker_statement_read_text (row);
  handle = stoker_statement_read_text (row);
  attempt->state = read_state (row);
  attempt->message = stoker_statement_read_text (row);
  attempt->started_us = stoker_statement_read_int (row);
  attempt->ended_us = stoker_statement_read_int (row);
  attempt->accrued = stoker_statement_read_money (row);
  if (handle != NULL)
    attempt->handle = parse_column (row, job_id, handle);
  if (job != NULL)
    stoker_job_add_attempt (job, g_steal_pointer (&attempt));
  return TRUE;
}

static gboolean
read_artifact (StokerStatement *row, gpointer user_data, GError **error)
{
  Loading *loading = user_data;
  g_autofree char *job_id = stoker_statement_read_text (row);
  g_autofree char *name = stoker_statement_read_text (row);
  g_autoptr (StokerArtifact) artifact = stoker_artifact_new (name);
  StokerJob *job = g_hash_table_lookup (loading->by_id, job_id);

  artifact->path = stoker_statement_read_text (row);
  artifact->media_type = stoker_statement_read_text (row);
  artifact->bytes = stoker_statement_read_int (row);
  artifact->checksum = stoker_statement_read_text (row);
  if (job != NULL)
    stoker_job_add_artifact (job, g_steal_pointer (&artifact));
  return TRUE;
}

static gboolean
read_all (
  StokerSqlite *database, const char *sql, StokerRowFunc read, Loading *loading, GError **error)
{
  g_autoptr (StokerStatement) statement = stoker_statement_new (database, sql, error);

  return statement != NULL && stoker_statement_each (statement, read, loading, error);
}

/**
 * stoker_store_read_jobs:
 * @database: a connection inside a transaction, so that the four tables agree
 * @unused: nothing
 * @error: return location
 *
 * Reads all jobs with attempts and artifacts, newest first; documents only of those that have not
 * ended.
 *
 * Returns: (transfer full) (nullable): array of #StokerJob
 */
gpointer
stoker_store_read_jobs (StokerSqlite *database, gpointer unused, GError **error)
{
  g_auto (Loading) loading = {
    g_ptr_array_new_with_free_func (g_object_unref),
    g_hash_table_new (g_str_hash, g_str_equal),
  };

  if (!read_all (database,
                 "SELECT id, name, provider_id, state, progress, stage, message, error_code,"
                 " dry_run, estimated_nanos, estimated_currency, accrued_nanos, accrued_currency,"
                 " created_us, started_us, ended_us, gpu, queue_place"
                 " FROM jobs ORDER BY created_us DESC, rowid DESC",
                 read_job, &loading, error) ||
      !read_all (database,
                 "SELECT job_id, kind, text FROM jobs JOIN job_documents ON job_id = id"
                 " WHERE state NOT IN ('succeeded', 'failed', 'cancelled', 'lost')",
                 read_document, &loading, error) ||
      !read_all (database,
                 "SELECT job_id, provider_id, token, id, number, remote_id, handle, state, message,"
                 " started_us, ended_us, accrued_nanos, accrued_currency"
                 " FROM attempts ORDER BY job_id, position",
                 read_attempt, &loading, error) ||
      !read_all (database,
                 "SELECT job_id, name, path, media_type, bytes, checksum"
                 " FROM artifacts ORDER BY job_id, position",
                 read_artifact, &loading, error))
    return NULL;
  return g_steal_pointer (&loading.jobs);
}

/**
 * stoker_store_delete_job:
 * @database: a connection inside a transaction
 * @job_id: the id
 * @error: return location
 *
 * Removes a job and what belongs to it. Its lines in ledger and audit trail stay: the money was
 * spent.
 *
 * Returns: whether it is gone
 */
gboolean
stoker_store_delete_job (StokerSqlite *database, gpointer job_id, GError **error)
{
  g_autoptr (StokerStatement)
    statement = stoker_statement_new (database, "DELETE FROM jobs WHERE id = ?", error);

  if (statement == NULL)
    return FALSE;
  stoker_statement_bind_text (statement, job_id);
  return stoker_statement_run (statement, error);
}

/**
 * stoker_store_delete_jobs:
 * @database: a connection inside a transaction
 * @ids: the ids, a %NULL-terminated array
 * @error: return location
 *
 * Removes jobs as stoker_store_delete_job() does.
 *
 * Returns: whether all are gone
 */
gboolean
stoker_store_delete_jobs (StokerSqlite *database, gpointer ids, GError **error)
{
  for (char **id = ids; *id != NULL; id++)
    if (!stoker_store_delete_job (database, *id, error))
      return FALSE;
  return TRUE;
}

/* A state of the table that is not in the list of names is read as lost, which has an end. */
static gboolean
read_documents_of (StokerSqlite *database, const char *id, Loading *loading, GError **error)
{
  g_autoptr (StokerStatement) statement =
    stoker_statement_new (database, "SELECT job_id, kind, text FROM job_documents WHERE job_id = ?",
                          error);
  StokerJob *job = NULL;

  if (statement == NULL)
    return FALSE;
  job = stoker_job_new (id, NULL, NULL);
  g_ptr_array_add (loading->jobs, job);
  g_hash_table_insert (loading->by_id, (gpointer) stoker_job_get_id (job), job);
  stoker_statement_bind_text (statement, id);
  return stoker_statement_each (statement, read_document, loading, error);
}

/**
 * stoker_store_read_documents:
 * @database: a connection inside a transaction
 * @ids: the ids, a %NULL-terminated array
 * @error: return location
 *
 * Reads log, workload, request and estimate of jobs.
 *
 * Returns: (transfer full) (nullable): array of #StokerJob that have nothing else
 */
gpointer
stoker_store_read_documents (StokerSqlite *database, gpointer ids, GError **error)
{
  g_auto (Loading) loading = {
    g_ptr_array_new_with_free_func (g_object_unref),
    g_hash_table_new (g_str_hash, g_str_equal),
  };

  for (char **id = ids; *id != NULL; id++)
    if (!read_documents_of (database, *id, &loading, error))
      return NULL;
  return g_steal_pointer (&loading.jobs);
}

/**
 * stoker_queue_place_free:
 * @self: (transfer full): a place in the queue
 *
 * Frees it.
 */
void
stoker_queue_place_free (StokerQueuePlace *self)
{
  g_free (self->job_id);
  g_free (self);
}

/**
 * stoker_store_save_queue_places:
 * @database: a connection inside a transaction
 * @places: (element-type StokerQueuePlace): the places
 * @error: return location
 *
 * Writes the places of jobs in the queue.
 *
 * Returns: whether they are written
 */
gboolean
stoker_store_save_queue_places (StokerSqlite *database, gpointer places, GError **error)
{
  g_autoptr (StokerStatement)
    statement = stoker_statement_new (database, "UPDATE jobs SET queue_place = ? WHERE id = ?",
                                      error);
  GPtrArray *array = places;

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < array->len; i++)
    {
      const StokerQueuePlace *place = g_ptr_array_index (array, i);

      stoker_statement_bind_int (statement, place->place);
      stoker_statement_bind_text (statement, place->job_id);
      if (!stoker_statement_run (statement, error))
        return FALSE;
    }
  return TRUE;
}
