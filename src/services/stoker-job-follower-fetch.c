/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-follower-private.h"

#include "stoker-error.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#define MAX_FETCH_FAILURES 6
#define CHECKSUM_CHUNK (256 * 1024)

/* Sizes and checksums are read on a thread of the pool: an output may be large. */

static char *
checksum_file (const char *path)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guchar *buffer = g_malloc (CHECKSUM_CHUNK);
  FILE *file = g_fopen (path, "rb");
  size_t length;

  if (file == NULL)
    return NULL;
  while ((length = fread (buffer, 1, CHECKSUM_CHUNK, file)) > 0)
    g_checksum_update (checksum, buffer, (gssize) length);
  fclose (file);
  return g_strdup (g_checksum_get_string (checksum));
}

static StokerArtifact *
make_artifact (const StokerRemoteOutput *output)
{
  g_autofree char *base = g_path_get_basename (output->path);
  StokerArtifact *artifact = stoker_artifact_new (output->name != NULL ? output->name : base);
  GStatBuf info;

  artifact->path = g_strdup (output->path);
  artifact->media_type = g_strdup (output->media_type);
  artifact->bytes = g_stat (output->path, &info) == 0 ? (gint64) info.st_size : -1;
  artifact->checksum = checksum_file (output->path);
  return artifact;
}

static void
measure_in_thread (GTask *task,
                   gpointer source_object,
                   gpointer task_data,
                   GCancellable *cancellable)
{
  StokerJobReport *report = task_data;
  GPtrArray *artifacts = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_artifact_free);

  for (guint i = 0; i < report->outputs->len; i++)
    {
      const StokerRemoteOutput *output = report->outputs->pdata[i];

      if (output->path != NULL)
        g_ptr_array_add (artifacts, make_artifact (output));
    }
  g_task_return_pointer (task, artifacts, (GDestroyNotify) g_ptr_array_unref);
}

static void
did_measure (GObject *source, GAsyncResult *result, gpointer user_data)
{
  StokerJobFollower *self = STOKER_JOB_FOLLOWER (source);
  g_autoptr (GPtrArray) artifacts = g_task_propagate_pointer (G_TASK (result), NULL);

  if (artifacts == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  g_ptr_array_set_free_func (artifacts, NULL);
  for (guint i = 0; i < artifacts->len; i++)
    stoker_job_add_artifact (self->job, artifacts->pdata[i]);
  stoker_job_set_progress (self->job, 1.0);
  stoker_job_follower_end (self, STOKER_JOB_SUCCEEDED, NULL, -1);
  stoker_job_follower_done (self);
}

static void
measure_outputs (StokerJobFollower *self, StokerJobReport *report)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, did_measure, NULL);

  g_task_set_task_data (task, stoker_job_report_ref (report),
                        (GDestroyNotify) stoker_job_report_unref);
  g_task_run_in_thread (task, measure_in_thread);
}

static void
handle_fetch_error (StokerJobFollower *self, const GError *error)
{
  g_autofree char *message = NULL;

  if (stoker_job_follower_is_passing_trouble (error) && self->failures < MAX_FETCH_FAILURES)
    {
      stoker_job_follower_back_off (self, error);
      return;
    }
  message = g_strdup_printf (_ ("the job finished, but its outputs could not be fetched: %s"),
                             error->message);
  stoker_job_follower_end (self, STOKER_JOB_FAILED, message, error->code);
}

static void
did_fetch (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerJobFollower) self = user_data;
  g_autoptr (StokerJobReport) report = NULL;
  g_autoptr (GError) local_error = NULL;

  report = stoker_job_runner_start_finish (STOKER_JOB_RUNNER (source), result, &local_error);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (report != NULL)
    {
      stoker_job_follower_take_log (self, report);
      measure_outputs (self, report);
      return;
    }
  handle_fetch_error (self, local_error);
  stoker_job_follower_done (self);
}

static void
fetch_outputs (StokerJobFollower *self, GObject *connector)
{
  StokerJobRequest request;
  g_autoptr (GError) local_error = NULL;

  if (g_mkdir_with_parents (self->output_dir, 0700) != 0)
    g_set_error (&local_error, STOKER_ERROR, STOKER_ERROR_STORAGE, _ ("%s cannot be made"),
                 self->output_dir);
  if (local_error == NULL && stoker_job_follower_make_request (self, &request, &local_error))
    {
      stoker_job_runner_start_async (STOKER_JOB_RUNNER (connector), STOKER_JOB_FETCH,
                                     self->connection, &request, self->cancellable, did_fetch,
                                     g_object_ref (self));
      return;
    }
  handle_fetch_error (self, local_error);
  stoker_job_follower_done (self);
}

void
stoker_job_follower_fetch (StokerJobFollower *self)
{
  stoker_job_follower_with_connector (self, fetch_outputs);
}
