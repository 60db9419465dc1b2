/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-spool.h"

#include "stoker-error.h"
#include "stoker-json-write.h"
#include "stoker-json.h"
#include "stoker-rule.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#define MAX_LIST_BYTES (4 * 1024 * 1024)

static char *
get_path (const char *output_dir, const char *token)
{
  g_autofree char *name = g_strdup_printf (".%s.outputs", token);

  return g_build_filename (output_dir, name, NULL);
}

static char *
list_outputs (const StokerJobReport *report)
{
  g_autoptr (JsonArray) list = json_array_new ();
  g_autoptr (JsonNode) node = NULL;

  for (guint i = 0; i < report->outputs->len; i++)
    {
      const StokerRemoteOutput *output = g_ptr_array_index (report->outputs, i);
      JsonObject *object = json_object_new ();

      stoker_json_set_text (object, "name", output->name);
      stoker_json_set_text (object, "path", output->path);
      stoker_json_set_text (object, "media_type", output->media_type);
      json_array_add_object_element (list, object);
    }
  node = json_node_init_array (json_node_alloc (), list);

  return stoker_json_to_string (node, FALSE);
}

static gboolean
sync_file (const char *path)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC);
  gboolean is_synced = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);

  return is_synced;
}

typedef struct
{
  StokerJobReport *report; /* owned */
  char *path;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *self = data;

  stoker_job_report_unref (self->report);
  g_free (self->path);
  g_free (self);
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Writing *self = data;
  g_autofree char *list = list_outputs (self->report);
  g_autoptr (GError) local_error = NULL;
  gboolean is_synced = TRUE;

  for (guint i = 0; i < self->report->outputs->len; i++)
    is_synced = is_synced &&
                sync_file (
                  ((StokerRemoteOutput *) g_ptr_array_index (self->report->outputs, i))->path);
  if (is_synced &&
      g_file_set_contents_full (self->path, list, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &local_error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, STOKER_ERROR, STOKER_ERROR_STORAGE,
                             "the outputs cannot be kept: %s",
                             local_error != NULL ? local_error->message : g_strerror (errno));
}

/**
 * stoker_spool_write_async:
 * @report: its outputs have paths
 * @output_dir: where they are
 * @token: the unique name of the attempt
 */
void
stoker_spool_write_async (StokerJobReport *report,
                          const char *output_dir,
                          const char *token,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Writing *self = g_new0 (Writing, 1);

  g_task_set_source_tag (task, stoker_spool_write_async);
  self->report = stoker_job_report_ref (report);
  self->path = get_path (output_dir, token);
  g_task_set_task_data (task, self, writing_free);
  g_task_run_in_thread (task, write_in_thread);
}

/**
 * stoker_spool_write_finish:
 *
 * Returns: whether files and list are safely on the disk; else %FALSE with %STOKER_ERROR_STORAGE
 */
gboolean
stoker_spool_write_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * stoker_spool_read:
 * @output_dir: (nullable): where outputs go
 * @token: (nullable): the unique name of the attempt
 *
 * Returns: (transfer full) (nullable): a succeeded job with its outputs, when they came with the
 * answer to its submit
 */
StokerJobReport *
stoker_spool_read (const char *output_dir, const char *token)
{
  g_autofree char *path = NULL;
  g_autoptr (JsonNode) list = NULL;
  StokerJobReport *report = NULL;

  if (output_dir == NULL || token == NULL)
    return NULL;
  path = get_path (output_dir, token);
  list = stoker_json_load_file (path, MAX_LIST_BYTES, NULL);
  if (list == NULL)
    return NULL;

  report = stoker_job_report_new (STOKER_JOB_SUCCEEDED);
  report->remote_id = g_strdup (token);
  for (guint i = 0; i < stoker_rule_count (list); i++)
    {
      JsonNode *item = stoker_rule_nth (list, i);
      StokerRemoteOutput *output =
        stoker_job_report_add_output (report, stoker_rule_get_text (item, "name"));

      output->path = g_strdup (stoker_rule_get_text (item, "path"));
      output->media_type = g_strdup (stoker_rule_get_text (item, "media_type"));
    }

  return report;
}
