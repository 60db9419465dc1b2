/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-local-job-private.h"

#include "stoker-error.h"
#include "stoker-log-progress-private.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LOG_MAX_BYTES (1024 * 1024)
#define PROGRESS_BYTES (64 * 1024)
#define MAX_DEPTH 8
#define MAX_OUTPUTS 10000
/* What the shell says of a command that it cannot run. */
#define EXIT_NOT_RUNNABLE 126
#define EXIT_NO_COMMAND 127

static char *
get_path (const StokerLocalJob *self, const char *name)
{
  return g_build_filename (self->dir, name, NULL);
}

static gboolean
has_file (const StokerLocalJob *self, const char *name)
{
  g_autofree char *path = get_path (self, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static char *
read_tail (int fd, gsize size)
{
  gsize length = MIN (size, LOG_MAX_BYTES);
  g_autofree char *buffer = g_malloc (length + 1);
  gssize n = pread (fd, buffer, length, (off_t) (size - length));

  return n > 0 ? g_utf8_make_valid (buffer, n) : g_strdup ("");
}

/* Of a very long log only the end; all of it stays in the file. */
static void
read_log (const StokerLocalJob *self, StokerJobReport *report)
{
  g_autofree char *path = get_path (self, STOKER_LOCAL_LOG);
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW, 0);
  struct stat status;

  if (fd < 0)
    return;
  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode))
    {
      report->log = read_tail (fd, (gsize) status.st_size);
      report->log_dropped = MAX (0, status.st_size - LOG_MAX_BYTES);
    }
  g_close (fd, NULL);
}

/* -1: it has not told. */
static int
read_exit (const StokerLocalJob *self)
{
  g_autofree char *path = get_path (self, STOKER_LOCAL_EXIT);
  g_autofree char *text = NULL;
  guint64 status = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL) ||
      !g_ascii_string_to_unsigned (g_strstrip (text), 10, 0, 255, &status, NULL))
    return -1;
  return (int) status;
}

static gint64
get_change_us (const StokerLocalJob *self, const char *name)
{
  g_autofree char *path = get_path (self, name);
  struct stat status;

  if (stat (path, &status) != 0)
    return 0;
  return (gint64) status.st_mtim.tv_sec * G_USEC_PER_SEC + status.st_mtim.tv_nsec / 1000;
}

static void
set_failure (StokerJobReport *report, const char *message)
{
  report->state = STOKER_JOB_FAILED;
  report->error_code = STOKER_ERROR_FAILED;
  report->message = g_strdup (message);
}

static void
describe_exit (const StokerLocalJob *self, int status, StokerJobReport *report)
{
  g_autofree char *message = NULL;

  if (has_file (self, STOKER_LOCAL_CANCELLED))
    report->state = STOKER_JOB_CANCELLED;
  else if (has_file (self, STOKER_LOCAL_DEADLINE))
    set_failure (report, _ ("stopped at its deadline"));
  else if (status == 0)
    report->state = STOKER_JOB_SUCCEEDED;
  else if (status < 0)
    set_failure (report, _ ("it was ended from outside, or the computer was restarted"));
  else if (status == EXIT_NO_COMMAND)
    set_failure (report, _ ("there is no such command on this computer"));
  else if (status == EXIT_NOT_RUNNABLE)
    set_failure (report, _ ("the command cannot be run; is it a program?"));
  else
    {
      message = g_strdup_printf (_ ("the command ended with status %d"), status);
      set_failure (report, message);
    }
}

/* The status is looked for again after the process was seen to be gone: it may have ended in
 * between. */
static gboolean
is_running (const StokerLocalJob *self, int *status)
{
  *status = read_exit (self);
  if (*status >= 0)
    return FALSE;
  if (stoker_process_id_is_alive (&self->id))
    return TRUE;
  *status = read_exit (self);
  return FALSE;
}

static gint64
get_end_us (const StokerLocalJob *self)
{
  gint64 end_us = get_change_us (self, STOKER_LOCAL_EXIT);

  if (end_us == 0)
    end_us = get_change_us (self, STOKER_LOCAL_LOG);
  return end_us != 0 ? end_us : self->started_us;
}

static double
find_progress (const char *log)
{
  gsize length = log != NULL ? strlen (log) : 0;

  if (length == 0)
    return -1;
  return stoker_log_find_progress (length > PROGRESS_BYTES ? log + length - PROGRESS_BYTES : log);
}

static JsonNode *
make_handle (const StokerLocalJob *self, const char *pid)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *log_path = get_path (self, STOKER_LOCAL_LOG);
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "dir", self->dir);
  json_object_set_string_member (object, "pid", pid);
  json_object_set_string_member (object, "log_path", log_path);
  json_node_set_object (node, object);
  return node;
}

/*
 * stoker_local_job_report:
 *
 * Looks how a job is doing.
 *
 * Returns: (transfer full): a report without outputs
 */
StokerJobReport *
stoker_local_job_report (const StokerLocalJob *self)
{
  StokerJobReport *report = stoker_job_report_new (STOKER_JOB_RUNNING);
  int status = -1;

  report->remote_id = g_strdup_printf ("%d", self->id.pid);
  report->handle = make_handle (self, report->remote_id);
  report->started_us = self->started_us;
  report->billed = stoker_money_usd (0);
  if (!is_running (self, &status))
    {
      describe_exit (self, status, report);
      report->ended_us = get_end_us (self);
    }
  read_log (self, report);
  report->progress = report->state == STOKER_JOB_SUCCEEDED ? 1 : find_progress (report->log);
  return report;
}

static gboolean
is_ours (const char *name, guint depth)
{
  static const char *const ours[] = { STOKER_LOCAL_MARKER,
                                      STOKER_LOCAL_LOG,
                                      STOKER_LOCAL_EXIT,
                                      STOKER_LOCAL_EXIT ".part",
                                      STOKER_LOCAL_CANCELLED,
                                      STOKER_LOCAL_DEADLINE,
                                      NULL };

  return depth == 0 && g_strv_contains (ours, name);
}

static void
add_output (StokerJobReport *report, const char *path, const char *name)
{
  g_autofree char *content_type = g_content_type_guess (name, NULL, 0, NULL);
  StokerRemoteOutput *output = stoker_job_report_add_output (report, name);

  output->path = g_strdup (path);
  output->media_type = g_content_type_get_mime_type (content_type);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static GPtrArray *
list_names (const char *folder)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

/* Links are passed over: they could lead anywhere, and round in circles. */
static void
add_folder (StokerJobReport *report, const char *folder, const char *prefix, guint depth)
{
  g_autoptr (GPtrArray) names = list_names (folder);

  for (guint i = 0; i < names->len && report->outputs->len < MAX_OUTPUTS; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *told = g_strconcat (prefix, name, NULL);
      struct stat status;

      if (is_ours (name, depth) || g_lstat (path, &status) != 0)
        continue;
      if (S_ISREG (status.st_mode))
        {
          add_output (report, path, told);
        }
      else if (S_ISDIR (status.st_mode) && depth < MAX_DEPTH)
        {
          g_autofree char *deeper = g_strconcat (told, "/", NULL);

          add_folder (report, path, deeper, depth + 1);
        }
    }
}

/*
 * stoker_local_job_add_outputs:
 *
 * Adds the files that the command has left in its folder and below, by the order of their names. A
 * name is relative to the folder.
 */
void
stoker_local_job_add_outputs (const StokerLocalJob *self, StokerJobReport *report)
{
  add_folder (report, self->dir, "", 0);
}
