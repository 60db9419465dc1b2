/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-log.h"

#include "stoker-cli-text.h"
#include "stoker-cli-verb.h"
#include "stoker-read-log.h"
#include "stoker-task.h"

/* A piece of a file at a time. */
#define PIECE_BYTES (1024 * 1024)

/* A text would end at the first of them. */
static void
blank_zeros (GString *text)
{
  for (gsize i = 0; i < text->len; i++)
    if (text->str[i] == '\0')
      text->str[i] = ' ';
}

static char *
read_file (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  gsize n_read = 0;

  do
    {
      g_autoptr (GBytes) piece = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      piece = stoker_read_log_piece (path, (gint64) text->len, PIECE_BYTES, error);
      if (piece == NULL)
        return NULL;
      n_read = g_bytes_get_size (piece);
      g_string_append_len (text, g_bytes_get_data (piece, NULL), (gssize) n_read);
    }
  while (n_read > 0);
  blank_zeros (text);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
read_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_autofree char *text = NULL;
  GError *error = NULL;

  text = read_file (task_data, cancellable, &error);
  if (text != NULL)
    g_task_return_pointer (task, stoker_cli_text_clean (text, TRUE), g_free);
  else
    g_task_return_error (task, error);
}

/* The whole file where the backend keeps one on this computer, else what is kept with the job,
 * which is the end of a long log. */
static void
read_log_async (StokerJob *job,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (job, cancellable, callback, user_data);
  g_autofree char *path = stoker_read_log_find_file (job);

  if (path == NULL)
    {
      g_task_return_pointer (task, stoker_cli_text_clean (stoker_job_get_log (job), TRUE), g_free);
      return;
    }
  g_task_set_task_data (task, g_steal_pointer (&path), g_free);
  g_task_run_in_thread (task, read_in_thread);
}

/* The logs of one call, one after the other. */
typedef struct
{
  GPtrArray *jobs; /* owned, of StokerJob */
  guint n_done;
  int status;
} Logs;

static void
logs_free (Logs *self)
{
  g_clear_pointer (&self->jobs, g_ptr_array_unref);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Logs, logs, logs_free)

static void
print_log (StokerCliContext *context, const Logs *logs, const char *text)
{
  const char *id = stoker_job_get_id (logs->jobs->pdata[logs->n_done]);

  if (logs->jobs->len > 1)
    stoker_cli_context_print (context, "%s==> %s <==\n", logs->n_done > 0 ? "\n" : "", id);
  stoker_cli_context_print_text (context, text);
  if (*text != '\0' && !g_str_has_suffix (text, "\n"))
    stoker_cli_context_print_text (context, "\n");
}

static void read_next (GTask *task_in);

/* One that cannot be read does not keep the others back. */
static void
log_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), &error);
  StokerCliContext *context = g_task_get_source_object (task);
  Logs *logs = stoker_task_get_logs_state (task);

  if (text != NULL)
    print_log (context, logs, text);
  else if (logs->jobs->len == 1)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  else
    {
      stoker_cli_context_note (context, "%s: %s", stoker_job_get_id (STOKER_JOB (source)),
                               error->message);
      logs->status = STOKER_CLI_FAILED;
    }
  logs->n_done++;
  read_next (g_steal_pointer (&task));
}

static void
read_next (GTask *task_in)
{
  g_autoptr (GTask) task = task_in;
  Logs *logs = stoker_task_get_logs_state (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (logs->n_done == logs->jobs->len)
    g_task_return_int (task, logs->status);
  else
    read_log_async (logs->jobs->pdata[logs->n_done], cancellable, log_read_cb,
                    g_steal_pointer (&task));
}

/**
 * stoker_cli_log_print:
 * @task: (transfer full): of the verb; it returns the exit status
 * @jobs: (element-type StokerJob): jobs with their documents
 *
 * Prints their logs without what a terminal would obey; those of several below their names.
 */
void
stoker_cli_log_print (GTask *task, GPtrArray *jobs)
{
  Logs *logs = g_new0 (Logs, 1);

  logs->jobs = g_ptr_array_ref (jobs);
  logs->status = STOKER_CLI_DONE;
  stoker_task_set_logs_state (task, logs);
  read_next (task);
}
