/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-output-fetch.h"

#include "stoker-error.h"
#include "stoker-safe-file.h"
#include "stoker-step-request.h"
#include "stoker-task.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* The whole of a download may take long; between two bytes of it no more than any other answer. */
#define DOWNLOAD_S (24 * 3600)
#define MEGABYTE (1024.0 * 1024.0)

typedef struct
{
  StokerRun *run;           /* owned */
  StokerJobReport *report;  /* owned */
  StokerHttpClient *client; /* owned */
  char *output_dir;         /* owned */
  char *path;               /* owned, nullable: reserved, and not filled yet */
  guint index;
} Fetch;

static void
fetch_free (Fetch *self)
{
  /* What was begun and not finished is nobody's output. */
  if (self->path != NULL)
    g_unlink (self->path);
  g_clear_pointer (&self->run, stoker_run_free);
  g_clear_pointer (&self->report, stoker_job_report_unref);
  g_clear_object (&self->client);
  g_free (self->output_dir);
  g_free (self->path);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Fetch, fetch, fetch_free)

static void begin_output (GTask *task);

static StokerRemoteOutput *
get_output (const Fetch *fetch)
{
  return g_ptr_array_index (fetch->report->outputs, fetch->index);
}

static gboolean
reserve (Fetch *fetch, GError **error)
{
  const StokerRemoteOutput *output = get_output (fetch);
  g_autofree char *name = stoker_output_name (output->name, output->media_type, fetch->index + 1);

  fetch->path = stoker_output_reserve (fetch->output_dir, name, error);

  return fetch->path != NULL;
}

static void
end_output (GTask *task)
{
  Fetch *fetch = stoker_task_get_fetch_state (task);
  StokerRemoteOutput *output = get_output (fetch);

  g_free (output->path);
  output->path = g_steal_pointer (&fetch->path);
  if (output->media_type == NULL)
    {
      g_autofree char *type = g_content_type_guess (output->path, NULL, 0, NULL);

      output->media_type = g_content_type_get_mime_type (type);
    }
  fetch->index++;
  begin_output (task);
}

static void
did_write (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) local_error = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &local_error))
    end_output (task);
  else if (g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&local_error));
  else
    g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_STORAGE,
                             _ ("cannot write an output: %s"), local_error->message);
}

static void
write_data (GTask *task)
{
  Fetch *fetch = stoker_task_get_fetch_state (task);
  g_autoptr (GFile) file = g_file_new_for_path (fetch->path);

  g_file_replace_contents_bytes_async (file, get_output (fetch)->data, NULL, FALSE,
                                       G_FILE_CREATE_PRIVATE, g_task_get_cancellable (task),
                                       did_write, g_object_ref (task));
}

static char *
describe_loss (const Fetch *fetch)
{
  const StokerProfile *profile = stoker_scope_get_profile (fetch->run->scope);
  g_autofree char *kept = NULL;

  if (profile->result_kept_s <= 0)
    return g_strdup_printf (_ ("the output is no longer at %s"), profile->name);
  kept = stoker_duration_format (profile->result_kept_s);

  return g_strdup_printf (_ ("the output is no longer at %s, which keeps outputs for %s"),
                          profile->name, kept);
}

static void
set_download_error (const Fetch *fetch, guint status, GError **error)
{
  g_autofree char *loss = NULL;
  gboolean is_gone = status == 403 || status == 404 || status == 410;

  if (!is_gone)
    {
      g_set_error (error, STOKER_ERROR,
                   status < 400 ? STOKER_ERROR_PROTOCOL : stoker_http_status_to_error (status),
                   _ ("an output cannot be loaded (HTTP %u)"), status);
      return;
    }
  loss = describe_loss (fetch);
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_NOT_FOUND, "%s (HTTP %u)", loss, status);
}

static void
did_download (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = stoker_task_get_fetch_state (task);
  GError *error = NULL;
  g_autoptr (StokerHttpResponse)
    response = stoker_http_client_send_finish (STOKER_HTTP_CLIENT (source), result, &error);

  if (response != NULL && (response->status < 200 || response->status > 299))
    set_download_error (fetch, response->status, &error);
  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (get_output (fetch)->media_type == NULL)
    get_output (fetch)->media_type = stoker_http_response_dup_media_type (response);
  end_output (task);
}

static void
download (GTask *task)
{
  Fetch *fetch = stoker_task_get_fetch_state (task);
  const StokerManifest *manifest = fetch->run->scope->manifest;
  GError *error = NULL;
  StokerConnection *connection = fetch->run->scope->connection;
  g_autoptr (StokerStepRequest)
    request = stoker_step_request_new_get (fetch->run->scope, get_output (fetch)->url, &error);
  StokerHttpRequest message = { 0 };

  if (request == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  message.method = request->method;
  message.url = request->url;
  message.headers = (const char *const *) request->headers->pdata;
  message.is_repeatable = TRUE;
  message.timeout_s = (guint) stoker_manifest_get_limit (manifest, "timeout_s");
  message.total_timeout_s = DOWNLOAD_S;
  message.max_body_bytes = (gsize) (stoker_manifest_get_limit (manifest, "output_mb") * MEGABYTE);
  message.redactor = stoker_connection_get_redactor (connection);
  message.download_path = fetch->path;
  message.authority_pem = request->authority;
  message.identity_pem = request->identity;
  stoker_http_client_send_async (fetch->client, &message, g_task_get_cancellable (task),
                                 did_download, g_object_ref (task));
}

static void
begin_output (GTask *task)
{
  Fetch *fetch = stoker_task_get_fetch_state (task);
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (fetch->index >= fetch->report->outputs->len)
    {
      g_task_return_pointer (task, g_steal_pointer (&fetch->report),
                             (GDestroyNotify) stoker_job_report_unref);
      return;
    }
  if (!reserve (fetch, &error))
    g_task_return_error (task, error);
  else if (get_output (fetch)->data != NULL)
    write_data (task);
  else
    download (task);
}

/**
 * stoker_output_fetch_async:
 * @run: (transfer full): the finished `outputs` they come from
 * @report: (transfer full): what it said
 * @output_dir: where they go; nothing there is ever written over
 */
void
stoker_output_fetch_async (StokerRun *run,
                           StokerJobReport *report,
                           const char *output_dir,
                           StokerHttpClient *client,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Fetch *fetch = g_new0 (Fetch, 1);

  g_task_set_source_tag (task, stoker_output_fetch_async);
  fetch->run = run;
  fetch->report = report;
  fetch->client = g_object_ref (client);
  fetch->output_dir = g_strdup (output_dir);
  stoker_task_set_fetch_state (task, fetch);
  begin_output (task);
}

/**
 * stoker_output_fetch_finish:
 *
 * Returns: (transfer full) (nullable): the report; %NULL with %STOKER_ERROR_NOT_FOUND when an
 * output has expired, or %STOKER_ERROR_STORAGE. Outputs that were loaded before the failure stay.
 */
StokerJobReport *
stoker_output_fetch_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_output_fetch_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
