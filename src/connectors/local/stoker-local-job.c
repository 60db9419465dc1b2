/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-local-job-private.h"

#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-paths.h"

#include <glib/gstdio.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#define MARKER_MAX_BYTES (64 * 1024)
#define STOP_STEP_US 20000

/*
 * What runs the command. It survives the signal that ends the command, so that it can write down
 * how that ended; it ends itself and whatever the command has left behind; and it holds the
 * deadline, which so holds without Stoker.
 */
static const char script[] = "trap : TERM INT HUP\n"
                             "if [ \"$STOKER_DEADLINE_S\" -gt 0 ]; then\n"
                             "  (trap : TERM INT HUP\n"
                             "  sleep \"$STOKER_DEADLINE_S\" || exit\n"
                             "  : >" STOKER_LOCAL_DEADLINE "\n"
                             "  kill -TERM 0\n"
                             "  sleep 5\n"
                             "  kill -KILL 0) &\n"
                             "fi\n"
                             "\"$@\"\n"
                             "echo $? >" STOKER_LOCAL_EXIT ".part\n"
                             "mv " STOKER_LOCAL_EXIT ".part " STOKER_LOCAL_EXIT "\n"
                             "kill -KILL 0\n";

/* stoker_local_job_free: Lets go of it; the command goes on. */
void
stoker_local_job_free (StokerLocalJob *self)
{
  g_free (self->dir);
  g_free (self->token);
  g_free (self->job_id);
  g_free (self);
}

/* stoker_local_job_get_dir: Returns: (transfer full): the folder of the attempt with that token */
char *
stoker_local_job_get_dir (const char *output_dir, const char *token)
{
  g_autofree char *name = stoker_paths_safe_name (token, "job");

  return g_build_filename (output_dir, name, NULL);
}

static gboolean
set_storage_error (GError **error, const char *path)
{
  int saved_errno = errno;

  g_set_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE, "%s: %s", path, g_strerror (saved_errno));
  return FALSE;
}

static gboolean
write_marker (const StokerLocalJob *self, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *path = g_build_filename (self->dir, STOKER_LOCAL_MARKER, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) local_error = NULL;

  json_object_set_string_member (object, "token", self->token);
  json_object_set_string_member (object, "job_id", self->job_id);
  json_object_set_int_member (object, "started_us", self->started_us);
  json_object_set_int_member (object, "pid", self->id.pid);
  json_object_set_int_member (object, "pid_start_ticks", (gint64) self->id.start_ticks);
  json_node_set_object (node, object);
  text = stoker_json_to_string (node, TRUE);
  if (g_file_set_contents_full (path, text, -1,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                &local_error))
    return TRUE;
  g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_STORAGE, local_error->message);
  return FALSE;
}

static gboolean
read_numbers (const StokerJsonPlace *root, StokerLocalJob *self, GError **error)
{
  gint64 pid = 0;
  gint64 ticks = 0;

  if (!stoker_json_get_int (root, "started_us", STOKER_JSON_REQUIRED, 0, G_MAXINT64,
                            &self->started_us, error) ||
      !stoker_json_get_int (root, "pid", STOKER_JSON_REQUIRED, 0, G_MAXINT, &pid, error) ||
      !stoker_json_get_int (root, "pid_start_ticks", STOKER_JSON_REQUIRED, 0, G_MAXINT64, &ticks,
                            error))
    return FALSE;
  self->id.pid = (int) pid;
  self->id.start_ticks = (guint64) ticks;
  return TRUE;
}

static StokerLocalJob *
read_marker (const char *dir, GError **error)
{
  g_autofree char *path = g_build_filename (dir, STOKER_LOCAL_MARKER, NULL);
  g_autoptr (JsonNode) node = stoker_json_load_file (path, MARKER_MAX_BYTES, error);
  g_autoptr (StokerLocalJob) self = NULL;
  StokerJsonPlace root;

  if (node == NULL)
    return NULL;
  root = stoker_json_root (node, path);
  self = g_new0 (StokerLocalJob, 1);
  self->dir = g_strdup (dir);
  if (!stoker_json_get_string (&root, "token", STOKER_JSON_REQUIRED, &self->token, error) ||
      !stoker_json_get_string (&root, "job_id", STOKER_JSON_REQUIRED, &self->job_id, error) ||
      !read_numbers (&root, self, error))
    return NULL;
  return g_steal_pointer (&self);
}

static gboolean
has_file (const StokerLocalJob *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->dir, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Stoker may have been killed between starting the command and writing its number down. */
static void
adopt (StokerLocalJob *self)
{
  g_autofree char *variable = g_strconcat ("STOKER_TOKEN=", self->token, NULL);

  if (stoker_process_id_find (variable, &self->id))
    write_marker (self, NULL);
}

/*
 * stoker_local_job_open:
 * @token: (nullable): the name it must have
 *
 * Finds a job again, whoever started it.
 *
 * Returns: (transfer full): the job, or %NULL with %STOKER_ERROR_NOT_FOUND when nothing was started
 * in @dir under that name
 */
StokerLocalJob *
stoker_local_job_open (const char *dir, const char *token, GError **error)
{
  g_autofree char *path = g_build_filename (dir, STOKER_LOCAL_MARKER, NULL);
  g_autoptr (StokerLocalJob) self = NULL;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    {
      self = read_marker (dir, error);
      if (self == NULL)
        return NULL;
      if (self->id.pid == 0)
        adopt (self);
    }
  if (self == NULL || (token != NULL && !g_str_equal (self->token, token)) ||
      (self->id.pid == 0 && !has_file (self, STOKER_LOCAL_EXIT)))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_NOT_FOUND, "no job was started in %s", dir);
      return NULL;
    }
  return g_steal_pointer (&self);
}

static void
begin_session (gpointer user_data)
{
  setsid ();
}

static GStrv
make_environment (const StokerLocalJob *self, gint64 deadline_s)
{
  g_autofree char *deadline = g_strdup_printf ("%" G_GINT64_FORMAT, deadline_s);
  GStrv environment = g_get_environ ();

  environment = g_environ_setenv (environment, "STOKER_JOB_ID", self->job_id, TRUE);
  environment = g_environ_setenv (environment, "STOKER_TOKEN", self->token, TRUE);
  environment = g_environ_setenv (environment, "STOKER_OUTPUT_DIR", self->dir, TRUE);
  return g_environ_setenv (environment, "STOKER_DEADLINE_S", deadline, TRUE);
}

static GStrv
make_arguments (const char *const *command)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *const shell[] = { "/bin/sh", "-c", script, "stoker-job", NULL };

  g_strv_builder_addv (builder, (const char **) shell);
  g_strv_builder_addv (builder, (const char **) command);
  return g_strv_builder_end (builder);
}

/* Without being waited for it becomes a child of the session's keeper, and does not end with us. */
static gboolean
spawn (
  StokerLocalJob *self, const char *const *command, gint64 deadline_s, int log_fd, GError **error)
{
  g_auto (GStrv) arguments = make_arguments (command);
  g_auto (GStrv) environment = make_environment (self, deadline_s);
  g_autoptr (GError) local_error = NULL;
  int pid = 0;

  if (!g_spawn_async_with_fds (self->dir, arguments, environment, G_SPAWN_DEFAULT, begin_session,
                               NULL, &pid, -1, log_fd, log_fd, &local_error))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_FAILED, "cannot start the command: %s",
                   local_error->message);
      return FALSE;
    }
  /* A very short command may be over already; then its status is there. */
  if (!stoker_process_id_lookup (pid, &self->id))
    self->id.pid = pid;
  return TRUE;
}

static gboolean
start (StokerLocalJob *self, const char *const *command, gint64 deadline_s, GError **error)
{
  g_autofree char *log = g_build_filename (self->dir, STOKER_LOCAL_LOG, NULL);
  int log_fd = g_open (log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  gboolean is_started = FALSE;

  if (log_fd < 0)
    return set_storage_error (error, log);
  is_started = spawn (self, command, deadline_s, log_fd, error);
  g_close (log_fd, NULL);
  return is_started;
}

/*
 * stoker_local_job_start:
 * @dir: a folder of its own, made here
 * @token: its name, by which it is found again
 * @command: program and arguments, %NULL-terminated
 * @deadline_s: the longest it may run, in seconds; 0 for ever
 *
 * Starts a command in a session of its own. When one was started in @dir under that name before,
 * this one is not started.
 *
 * Returns: (transfer full): the job, or %NULL with %STOKER_ERROR_STORAGE or %STOKER_ERROR_FAILED
 * when nothing was started
 */
StokerLocalJob *
stoker_local_job_start (const char *dir,
                        const char *token,
                        const char *job_id,
                        const char *const *command,
                        gint64 deadline_s,
                        GError **error)
{
  g_autoptr (StokerLocalJob) self = stoker_local_job_open (dir, token, NULL);

  if (self != NULL)
    return g_steal_pointer (&self);
  self = g_new0 (StokerLocalJob, 1);
  self->dir = g_canonicalize_filename (dir, NULL);
  self->token = g_strdup (token);
  self->job_id = g_strdup (job_id);
  self->started_us = g_get_real_time ();
  if (g_mkdir_with_parents (self->dir, 0700) != 0)
    {
      set_storage_error (error, self->dir);
      return NULL;
    }
  /* The intention is on disk before anything runs. */
  if (!write_marker (self, error) || !start (self, command, deadline_s, error))
    return NULL;
  /* Not being able to note the number is no reason to say that nothing runs: it is found by its
   * name. */
  write_marker (self, NULL);
  return g_steal_pointer (&self);
}

/*
 * stoker_local_job_stop:
 * @grace_ms: how long the command may take to end by itself
 *
 * Ends the command and everything it started.
 *
 * Returns: %FALSE with %STOKER_ERROR_STORAGE when it could not be written down that it was asked
 * for; nothing was ended then
 */
gboolean
stoker_local_job_stop (StokerLocalJob *self, guint grace_ms, GError **error)
{
  g_autofree char *path = g_build_filename (self->dir, STOKER_LOCAL_CANCELLED, NULL);
  gint64 end_us = g_get_monotonic_time () + (gint64) grace_ms * 1000;

  if (has_file (self, STOKER_LOCAL_EXIT) || !stoker_process_id_is_alive (&self->id))
    return TRUE;
  if (!g_file_set_contents (path, "", 0, NULL))
    return set_storage_error (error, path);
  kill (-self->id.pid, SIGTERM);
  while (stoker_process_id_is_alive (&self->id) && g_get_monotonic_time () < end_us)
    g_usleep (STOP_STEP_US);
  if (stoker_process_id_is_alive (&self->id))
    kill (-self->id.pid, SIGKILL);
  return TRUE;
}
