/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-log.h"

#include "stoker-cli-text.h"
#include "stoker-read-log.h"

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

/**
 * stoker_cli_log_read_async:
 * @job: a job with its documents
 * @cancellable: (nullable): stops it
 * @callback: called when done
 * @user_data: passed to @callback
 *
 * Reads the log of a job: the whole file where the backend keeps one on this computer, else what is
 * kept with the job, which is the end of a long log.
 */
void
stoker_cli_log_read_async (StokerJob *job,
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

/**
 * stoker_cli_log_read_finish:
 *
 * Returns: (transfer full) (nullable): the text, without what a terminal would obey; %NULL on error
 */
char *
stoker_cli_log_read_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
