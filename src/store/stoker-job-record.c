/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-store-private.h"

#include "stoker-job-history.h"
#include "stoker-json.h"
#include "stoker-statement-private.h"

struct _StokerJobRecord
{
  char *id;
  char *name;
  char *provider_id;
  StokerJobState state;
  double progress;
  char *stage;
  char *message;
  int error_code;
  gboolean is_dry_run;
  StokerMoney estimated;
  StokerMoney accrued;
  gint64 created_us;
  gint64 started_us;
  gint64 ended_us;
  char *gpu;                           /* nullable */
  gint64 queue_place;                  /* 0: by its age */
  gboolean has_documents;              /* else those in the database stay */
  char *documents[STOKER_N_DOCUMENTS]; /* nullable */
  GPtrArray *attempts;                 /* of StokerAttempt */
  GPtrArray *handles;                  /* of char*, nullable: the attempts' handles as text */
  GPtrArray *artifacts;                /* of StokerArtifact */
  StokerLedgerEntry *entry;            /* nullable */
};

const char *const stoker_document_kind_names[] = {
  "log", "workload", "request", "estimate", "history", "log-dropped", NULL,
};

static char *
print_json (JsonNode *node)
{
  return node != NULL ? stoker_json_to_string (node, FALSE) : NULL;
}

static char *
print_log_dropped (StokerJob *job)
{
  gint64 n_bytes = stoker_job_get_log_dropped (job);

  return n_bytes > 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, n_bytes) : NULL;
}

static StokerArtifact *
copy_artifact (const StokerArtifact *artifact)
{
  StokerArtifact *copy = stoker_artifact_new (artifact->name);

  copy->path = g_strdup (artifact->path);
  copy->media_type = g_strdup (artifact->media_type);
  copy->bytes = artifact->bytes;
  copy->checksum = g_strdup (artifact->checksum);
  return copy;
}

/* A handle goes along as text: a JsonNode is not for two threads. */
static void
copy_attempts (StokerJobRecord *self, GPtrArray *attempts)
{
  self->attempts = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_attempt_free);
  self->handles = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; attempts != NULL && i < attempts->len; i++)
    {
      const StokerAttempt *attempt = g_ptr_array_index (attempts, i);
      StokerAttempt *copy = stoker_attempt_copy (attempt);

      g_clear_pointer (&copy->handle, json_node_unref);
      g_ptr_array_add (self->attempts, copy);
      g_ptr_array_add (self->handles, print_json (attempt->handle));
    }
}

static void
copy_artifacts (StokerJobRecord *self, GPtrArray *artifacts)
{
  self->artifacts = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_artifact_free);
  for (guint i = 0; artifacts != NULL && i < artifacts->len; i++)
    g_ptr_array_add (self->artifacts, copy_artifact (g_ptr_array_index (artifacts, i)));
}

static void
copy_row (StokerJobRecord *self, StokerJob *job)
{
  self->id = g_strdup (stoker_job_get_id (job));
  self->name = g_strdup (stoker_job_get_name (job));
  self->provider_id = g_strdup (stoker_job_get_provider_id (job));
  self->state = stoker_job_get_state (job);
  self->progress = stoker_job_get_progress (job);
  self->stage = g_strdup (stoker_job_get_stage (job));
  self->message = g_strdup (stoker_job_get_message (job));
  self->error_code = stoker_job_get_error_code (job);
  self->is_dry_run = stoker_job_get_dry_run (job);
  self->estimated = stoker_job_get_estimated (job);
  self->accrued = stoker_job_get_accrued (job);
  self->created_us = stoker_job_get_created (job);
  self->started_us = stoker_job_get_started (job);
  self->ended_us = stoker_job_get_ended (job);
  self->gpu = g_strdup (stoker_job_get_gpu (job));
  if (stoker_job_get_queue_place (job) != self->created_us)
    self->queue_place = stoker_job_get_queue_place (job);
}

/**
 * stoker_job_record_new:
 * @job: a job
 * @entry: (nullable): a ledger line to be written with it
 *
 * Copies what there is to store of a job. Runs on the caller's thread.
 *
 * Returns: (transfer full): the copy
 */
StokerJobRecord *
stoker_job_record_new (StokerJob *job, const StokerLedgerEntry *entry)
{
  StokerJobRecord *self = g_new0 (StokerJobRecord, 1);

  copy_row (self, job);
  self->has_documents = stoker_job_has_documents (job);
  self->documents[STOKER_DOCUMENT_LOG] = g_strdup (stoker_job_get_log (job));
  self->documents[STOKER_DOCUMENT_WORKLOAD] = print_json (stoker_job_get_workload (job));
  self->documents[STOKER_DOCUMENT_REQUEST] = print_json (stoker_job_get_request (job));
  self->documents[STOKER_DOCUMENT_ESTIMATE] = print_json (stoker_job_get_estimate (job));
  self->documents[STOKER_DOCUMENT_HISTORY] = print_json (stoker_job_get_history (job));
  self->documents[STOKER_DOCUMENT_LOG_DROPPED] = print_log_dropped (job);
  copy_attempts (self, stoker_job_get_attempts (job));
  copy_artifacts (self, stoker_job_get_artifacts (job));
  self->entry = entry != NULL ? stoker_store_copy_ledger_entry (entry) : NULL;
  return self;
}

/**
 * stoker_job_record_free:
 * @self: (transfer full): a record
 *
 * Frees the copy.
 */
void
stoker_job_record_free (StokerJobRecord *self)
{
  g_free (self->id);
  g_free (self->name);
  g_free (self->provider_id);
  g_free (self->stage);
  g_free (self->message);
  g_free (self->gpu);
  for (int i = 0; i < STOKER_N_DOCUMENTS; i++)
    g_free (self->documents[i]);
  g_ptr_array_unref (self->attempts);
  g_ptr_array_unref (self->handles);
  g_ptr_array_unref (self->artifacts);
  g_clear_pointer (&self->entry, stoker_ledger_entry_free);
  g_free (self);
}

/* Not INSERT OR REPLACE: that removes the row first, and what hangs on it too. */
static gboolean
save_row (StokerSqlite *database, StokerJobRecord *self, GError **error)
{
  g_autoptr (StokerStatement) statement = stoker_statement_new (
    database,
    "INSERT INTO jobs (id, name, provider_id, state, progress, stage, message, error_code, dry_run,"
    " estimated_nanos, estimated_currency, accrued_nanos, accrued_currency,"
    " created_us, started_us, ended_us, gpu, queue_place)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET name = excluded.name, provider_id = excluded.provider_id,"
    " state = excluded.state, progress = excluded.progress, stage = excluded.stage,"
    " message = excluded.message, error_code = excluded.error_code, dry_run = excluded.dry_run,"
    " estimated_nanos = excluded.estimated_nanos, estimated_currency = excluded.estimated_currency,"
    " accrued_nanos = excluded.accrued_nanos, accrued_currency = excluded.accrued_currency,"
    " created_us = excluded.created_us, started_us = excluded.started_us,"
    " ended_us = excluded.ended_us, gpu = excluded.gpu, queue_place = excluded.queue_place",
    error);

  if (statement == NULL)
    return FALSE;
  stoker_statement_bind_text (statement, self->id);
  stoker_statement_bind_text (statement, self->name);
  stoker_statement_bind_text (statement, self->provider_id);
  stoker_statement_bind_text (statement, stoker_job_state_names[self->state]);
  stoker_statement_bind_double (statement, self->progress);
  stoker_statement_bind_text (statement, self->stage);
  stoker_statement_bind_text (statement, self->message);
  stoker_statement_bind_int (statement, self->error_code);
  stoker_statement_bind_int (statement, self->is_dry_run);
  stoker_statement_bind_money (statement, self->estimated);
  stoker_statement_bind_money (statement, self->accrued);
  stoker_statement_bind_int (statement, self->created_us);
  stoker_statement_bind_int (statement, self->started_us);
  stoker_statement_bind_int (statement, self->ended_us);
  stoker_statement_bind_text (statement, self->gpu);
  stoker_statement_bind_int (statement, self->queue_place);
  return stoker_statement_run (statement, error);
}

/* SQLite compares before it writes, so that a long log that has not changed costs a read and no
 * write. */
static const char save_document_sql[] =
  "INSERT INTO job_documents (job_id, kind, text) VALUES (?, ?, ?)"
  " ON CONFLICT (job_id, kind) DO UPDATE SET text = excluded.text WHERE text <> excluded.text";

static const char delete_document_sql[] =
  "DELETE FROM job_documents WHERE job_id = ? AND kind = ? AND ? IS NULL";

static gboolean
save_document (StokerSqlite *database,
               StokerJobRecord *self,
               StokerDocumentKind kind,
               GError **error)
{
  const char *text = self->documents[kind];
  g_autoptr (StokerStatement) statement =
    stoker_statement_new (database, text != NULL ? save_document_sql : delete_document_sql, error);

  if (statement == NULL)
    return FALSE;
  stoker_statement_bind_text (statement, self->id);
  stoker_statement_bind_text (statement, stoker_document_kind_names[kind]);
  stoker_statement_bind_text (statement, text);
  return stoker_statement_run (statement, error);
}

static gboolean
save_documents (StokerSqlite *database, StokerJobRecord *self, GError **error)
{
  for (int i = 0; self->has_documents && i < STOKER_N_DOCUMENTS; i++)
    if (!save_document (database, self, i, error))
      return FALSE;
  return TRUE;
}

static gboolean
save_attempt (StokerStatement *statement, StokerJobRecord *self, guint position, GError **error)
{
  const StokerAttempt *attempt = g_ptr_array_index (self->attempts, position);

  stoker_statement_bind_text (statement, self->id);
  stoker_statement_bind_int (statement, position);
  stoker_statement_bind_int (statement, attempt->number);
  stoker_statement_bind_text (statement, attempt->provider_id);
  stoker_statement_bind_text (statement, attempt->token);
  stoker_statement_bind_text (statement, attempt->remote_id);
  stoker_statement_bind_text (statement, g_ptr_array_index (self->handles, position));
  stoker_statement_bind_text (statement, stoker_job_state_names[attempt->state]);
  stoker_statement_bind_text (statement, attempt->message);
  stoker_statement_bind_int (statement, attempt->started_us);
  stoker_statement_bind_int (statement, attempt->ended_us);
  stoker_statement_bind_money (statement, attempt->accrued);
  return stoker_statement_run (statement, error);
}

static gboolean
save_attempts (StokerSqlite *database, StokerJobRecord *self, GError **error)
{
  g_autoptr (StokerStatement) statement = stoker_statement_new (
    database,
    "INSERT INTO attempts (job_id, position, number, provider_id, token, remote_id, handle, state,"
    " message, started_us, ended_us, accrued_nanos, accrued_currency)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (job_id, position) DO UPDATE SET number = excluded.number,"
    " provider_id = excluded.provider_id, token = excluded.token, remote_id = excluded.remote_id,"
    " handle = excluded.handle, state = excluded.state, message = excluded.message,"
    " started_us = excluded.started_us, ended_us = excluded.ended_us,"
    " accrued_nanos = excluded.accrued_nanos, accrued_currency = excluded.accrued_currency",
    error);

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < self->attempts->len; i++)
    if (!save_attempt (statement, self, i, error))
      return FALSE;
  return TRUE;
}

static gboolean
save_artifact (StokerStatement *statement, StokerJobRecord *self, guint position, GError **error)
{
  const StokerArtifact *artifact = g_ptr_array_index (self->artifacts, position);

  stoker_statement_bind_text (statement, self->id);
  stoker_statement_bind_int (statement, position);
  stoker_statement_bind_text (statement, artifact->name);
  stoker_statement_bind_text (statement, artifact->path);
  stoker_statement_bind_text (statement, artifact->media_type);
  stoker_statement_bind_int (statement, artifact->bytes);
  stoker_statement_bind_text (statement, artifact->checksum);
  return stoker_statement_run (statement, error);
}

static gboolean
save_artifacts (StokerSqlite *database, StokerJobRecord *self, GError **error)
{
  g_autoptr (StokerStatement) statement = stoker_statement_new (
    database,
    "INSERT OR REPLACE INTO artifacts"
    " (job_id, position, name, path, media_type, bytes, checksum) VALUES (?, ?, ?, ?, ?, ?, ?)",
    error);

  if (statement == NULL)
    return FALSE;
  for (guint i = 0; i < self->artifacts->len; i++)
    if (!save_artifact (statement, self, i, error))
      return FALSE;
  return TRUE;
}

/* Lists only grow in the life of a job, except when a new try starts with an empty list of outputs.
 */
static gboolean
trim_list (
  StokerSqlite *database, const char *sql, const char *job_id, guint length, GError **error)
{
  g_autoptr (StokerStatement) statement = stoker_statement_new (database, sql, error);

  if (statement == NULL)
    return FALSE;
  stoker_statement_bind_text (statement, job_id);
  stoker_statement_bind_int (statement, length);
  return stoker_statement_run (statement, error);
}

static gboolean
trim_lists (StokerSqlite *database, StokerJobRecord *self, GError **error)
{
  return trim_list (database, "DELETE FROM attempts WHERE job_id = ? AND position >= ?", self->id,
                    self->attempts->len, error) &&
         trim_list (database, "DELETE FROM artifacts WHERE job_id = ? AND position >= ?", self->id,
                    self->artifacts->len, error);
}

/**
 * stoker_job_record_save:
 * @database: a connection inside a transaction
 * @record: a #StokerJobRecord
 * @error: return location
 *
 * Writes a job with everything that belongs to it.
 *
 * Returns: whether it was written
 */
gboolean
stoker_job_record_save (StokerSqlite *database, gpointer record, GError **error)
{
  StokerJobRecord *self = record;

  return save_row (database, self, error) && save_documents (database, self, error) &&
         save_attempts (database, self, error) && save_artifacts (database, self, error) &&
         trim_lists (database, self, error) &&
         (self->entry == NULL || stoker_store_insert_ledger_entry (database, self->entry, error));
}
