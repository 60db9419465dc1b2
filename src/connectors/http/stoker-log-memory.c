/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-http-connector-private.h"
#include "stoker-run-reader.h"

/* A longer log keeps its end. */
#define MAX_LOG_BYTES (4 * 1024 * 1024)

/* What was read so far, and where to go on: the values in `keep` of the operation. */
typedef struct
{
  JsonNode *handle; /* owned, nullable */
  GString *text;
} Log;

static void
log_free (gpointer data)
{
  Log *self = data;

  g_clear_pointer (&self->handle, json_node_unref);
  g_string_free (self->text, TRUE);
  g_free (self);
}

/* Returns: (transfer full): no logs yet */
GHashTable *
stoker_log_memory_new (void)
{
  return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, log_free);
}

static char *
join_key (const char *job, const char *remote)
{
  return g_strconcat (job != NULL ? job : "", "/", remote, NULL);
}

static char *
make_key (const StokerScope *scope)
{
  g_autofree char *job = stoker_scope_dup_text (scope, "job.id");
  g_autofree char *remote = stoker_scope_dup_text (scope, "job.remote_id");

  return join_key (job, remote);
}

/*
 * stoker_log_memory_make_run:
 * @poll: a finished `poll`
 *
 * Returns: (transfer full) (nullable): the `logs` of the same job; NULL when the provider has none
 */
StokerRun *
stoker_log_memory_make_run (StokerHttpConnector *self, const StokerRun *poll)
{
  JsonNode *operation = stoker_manifest_find (poll->scope->manifest, "logs", NULL);
  g_autofree char *key = make_key (poll->scope);
  const Log *log = g_hash_table_lookup (self->logs, key);
  StokerRun *run = NULL;

  if (operation == NULL)
    return NULL;
  run = stoker_run_new (poll->scope->manifest, operation, poll->scope->connection, NULL);
  stoker_scope_free (run->scope);
  run->scope = stoker_scope_new_after (poll->scope, log != NULL ? log->handle : NULL);
  run->tokens = self->tokens;

  return run;
}

static void
append (Log *log, const char *text)
{
  g_string_append (log->text, text);
  if (log->text->len > 0 && !g_str_has_suffix (text, "\n"))
    g_string_append_c (log->text, '\n');
  if (log->text->len > MAX_LOG_BYTES)
    g_string_erase (log->text, 0, (gssize) (log->text->len - MAX_LOG_BYTES));
}

/*
 * stoker_log_memory_add:
 * @logs: a finished `logs`
 * @report: gets the whole log so far
 *
 * An operation that keeps where it is brings the next piece each time, any other the whole.
 */
void
stoker_log_memory_add (StokerHttpConnector *self, const StokerRun *logs, StokerJobReport *report)
{
  g_autofree char *key = make_key (logs->scope);
  g_autofree char *raw = stoker_scope_dup_text (logs->scope, "log");
  g_autofree char *text = stoker_scope_redact (logs->scope, raw);
  JsonNode *handle = stoker_run_read_handle (logs);
  Log *log = g_hash_table_lookup (self->logs, key);

  if (handle == NULL && text == NULL)
    return;
  g_free (report->log);
  if (handle == NULL)
    {
      report->log = g_steal_pointer (&text);
      return;
    }
  if (log == NULL)
    {
      log = g_new0 (Log, 1);
      log->text = g_string_new (NULL);
      g_hash_table_insert (self->logs, g_strdup (key), log);
    }
  if (text != NULL && *text != '\0')
    append (log, text);
  g_clear_pointer (&log->handle, json_node_unref);
  log->handle = handle;
  report->log = g_utf8_make_valid (log->text->str, (gssize) log->text->len);
  if (stoker_job_state_is_final (report->state))
    g_hash_table_remove (self->logs, key);
}

/*
 * stoker_log_memory_forget:
 * @request: a job that has ended, in whatever way
 */
void
stoker_log_memory_forget (StokerHttpConnector *self, const StokerJobRequest *request)
{
  g_autofree char *key = join_key (request->job_id, request->remote_id);

  g_hash_table_remove (self->logs, key);
}
