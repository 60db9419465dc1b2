/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-process-private.h"

#include "stoker-error.h"
#include "stoker-line-splitter.h"

#include <gio/gunixinputstream.h>

#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#define GRACE_MS 5000
#define DRAIN_MS 1000
#define CHUNK_BYTES (16 * 1024)
#define N_PIPES 2

/* One of the two ways out of the child. */
typedef struct
{
  StokerProcess *process; /* borrowed: each pending read holds a reference */
  GInputStream *stream;   /* owned */
  StokerLineSplitter splitter;
  gboolean is_error;
  gboolean is_open;
} Pipe;

struct _StokerProcess
{
  GObject parent_instance;

  GCancellable *reads; /* owned */
  Pipe pipes[N_PIPES];
  GPtrArray *waiting; /* owned: of GTask */
  int pid;
  int exit_status;
  guint grace_ms;
  guint kill_id;
  guint drain_id;
  gboolean has_exited;
  gboolean is_over; /* exited, and everything it wrote was read */
};

G_DEFINE_FINAL_TYPE (StokerProcess, stoker_process, G_TYPE_OBJECT)

enum {
  SIGNAL_LINE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
emit_line (const char *line, gpointer user_data)
{
  Pipe *pipe = user_data;

  g_signal_emit (pipe->process, signals[SIGNAL_LINE], 0, line, pipe->is_error);
}

static void
finish_waiting (StokerProcess *self)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->is_over = TRUE;
  g_clear_handle_id (&self->drain_id, g_source_remove);
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < waiting->len; i++)
    g_task_return_boolean (g_ptr_array_index (waiting, i), TRUE);
}

static void
check_over (StokerProcess *self)
{
  if (self->has_exited && !self->is_over && !self->pipes[0].is_open && !self->pipes[1].is_open)
    finish_waiting (self);
}

static void
close_pipe (Pipe *pipe)
{
  if (!pipe->is_open)
    return;
  pipe->is_open = FALSE;
  stoker_line_splitter_end (&pipe->splitter, emit_line, pipe);
  check_over (pipe->process);
}

static void read_pipe (StokerProcess *self, Pipe *pipe);
static void limit_draining (StokerProcess *self);

static void
got_output (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Pipe *pipe = user_data;
  g_autoptr (StokerProcess) self = pipe->process;
  g_autoptr (GBytes) bytes = NULL;
  gsize length = 0;
  const char *data = NULL;

  bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, NULL);
  if (bytes != NULL)
    data = g_bytes_get_data (bytes, &length);
  if (length == 0)
    {
      close_pipe (pipe);
      return;
    }
  stoker_line_splitter_feed (&pipe->splitter, data, length, emit_line, pipe);
  if (self->has_exited)
    limit_draining (self);
  read_pipe (self, pipe);
}

static void
read_pipe (StokerProcess *self, Pipe *pipe)
{
  g_object_ref (self);
  g_input_stream_read_bytes_async (pipe->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT, self->reads,
                                   got_output, pipe);
}

static gboolean
drained_cb (gpointer user_data)
{
  StokerProcess *self = STOKER_PROCESS (user_data);

  self->drain_id = 0;
  g_cancellable_cancel (self->reads);
  return G_SOURCE_REMOVE;
}

/* A grandchild that went on its own way may hold the pipes open for ever, so their end is not
 * waited for for long once they are silent. */
static void
limit_draining (StokerProcess *self)
{
  g_clear_handle_id (&self->drain_id, g_source_remove);
  self->drain_id = g_timeout_add_full (G_PRIORITY_DEFAULT, DRAIN_MS, drained_cb,
                                       g_object_ref (self), g_object_unref);
}

static int
read_exit_status (int wait_status)
{
  if (WIFEXITED (wait_status))
    return WEXITSTATUS (wait_status);
  return 128 + (WIFSIGNALED (wait_status) ? WTERMSIG (wait_status) : 0);
}

static gboolean
send_signal (StokerProcess *self, int number)
{
  return kill (-self->pid, number) == 0;
}

static void
child_exited_cb (GPid pid, int wait_status, gpointer user_data)
{
  StokerProcess *self = STOKER_PROCESS (user_data);

  self->has_exited = TRUE;
  self->exit_status = read_exit_status (wait_status);
  /* Nobody of the group is left, so its number may soon be somebody else's. */
  if (!send_signal (self, 0))
    g_clear_handle_id (&self->kill_id, g_source_remove);
  limit_draining (self);
  check_over (self);
}

static gboolean
kill_cb (gpointer user_data)
{
  StokerProcess *self = STOKER_PROCESS (user_data);

  self->kill_id = 0;
  send_signal (self, SIGKILL);
  return G_SOURCE_REMOVE;
}

static void
stoker_process_finalize (GObject *object)
{
  StokerProcess *self = STOKER_PROCESS (object);

  for (int i = 0; i < N_PIPES; i++)
    {
      g_clear_object (&self->pipes[i].stream);
      stoker_line_splitter_clear (&self->pipes[i].splitter);
    }
  g_clear_object (&self->reads);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);

  G_OBJECT_CLASS (stoker_process_parent_class)->finalize (object);
}

static void
stoker_process_class_init (StokerProcessClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stoker_process_finalize;

  /**
   * StokerProcess::line:
   * @text: valid UTF-8 without its end; at most 64 KiB, the rest of a longer line is dropped
   * @is_error: whether it came on standard error
   */
  signals[SIGNAL_LINE] = g_signal_new ("line", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_STRING,
                                       G_TYPE_BOOLEAN);
}

static void
stoker_process_init (StokerProcess *self)
{
  self->reads = g_cancellable_new ();
  self->waiting = g_ptr_array_new_with_free_func (g_object_unref);
  self->grace_ms = GRACE_MS;
  for (int i = 0; i < N_PIPES; i++)
    stoker_line_splitter_init (&self->pipes[i].splitter);
}

/* Runs in the child between fork and exec, where only async-signal-safe functions are allowed. */
static void
begin_session (gpointer user_data)
{
  setsid ();
}

static GStrv
merge_environment (const char *const *environment)
{
  GStrv merged = g_get_environ ();

  for (gsize i = 0; environment != NULL && environment[i] != NULL; i++)
    {
      g_auto (GStrv) pair = g_strsplit (environment[i], "=", 2);

      if (g_strv_length (pair) == 2)
        merged = g_environ_setenv (merged, pair[0], pair[1], TRUE);
    }
  return merged;
}

static gboolean
spawn_child (const char *const *argv,
             const char *const *environment,
             const char *directory,
             int *pid,
             int fds[N_PIPES],
             GError **error)
{
  g_auto (GStrv) merged = merge_environment (environment);
  g_autoptr (GError) local_error = NULL;

  if (g_spawn_async_with_pipes (directory, (char **) argv, merged,
                                G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD, begin_session,
                                NULL, pid, NULL, &fds[0], &fds[1], &local_error))
    return TRUE;
  g_set_error (error, STOKER_ERROR,
               g_error_matches (local_error, G_SPAWN_ERROR, G_SPAWN_ERROR_NOENT)
                 ? STOKER_ERROR_NOT_FOUND
                 : STOKER_ERROR_FAILED,
               "cannot start %s: %s", argv[0], local_error->message);
  return FALSE;
}

static void
open_pipe (StokerProcess *self, int index, int fd)
{
  Pipe *pipe = &self->pipes[index];

  pipe->process = self;
  pipe->stream = g_unix_input_stream_new (fd, TRUE);
  pipe->is_error = index == 1;
  pipe->is_open = TRUE;
  read_pipe (self, pipe);
}

static void
watch_child (StokerProcess *self)
{
  g_autoptr (GSource) source = g_child_watch_source_new (self->pid);

  g_source_set_callback (source, (GSourceFunc) child_exited_cb, g_object_ref (self),
                         g_object_unref);
  g_source_attach (source, g_main_context_get_thread_default ());
}

/**
 * stoker_process_spawn:
 * @argv: the program, looked for in PATH, and its arguments; no shell is involved
 * @environment: (nullable): "NAME=value", added to ours
 * @directory: (nullable): where it starts
 *
 * Starts a child as leader of a session of its own, with nothing to read on its standard input. It
 * runs until it ends or is stopped, even when nobody holds a reference any more.
 *
 * Returns: (transfer full): the process, or %NULL with %STOKER_ERROR_NOT_FOUND (no such program) or
 * %STOKER_ERROR_FAILED
 */
StokerProcess *
stoker_process_spawn (const char *const *argv,
                      const char *const *environment,
                      const char *directory,
                      GError **error)
{
  StokerProcess *self = NULL;
  int fds[N_PIPES] = { -1, -1 };
  int pid = 0;

  g_return_val_if_fail (argv != NULL && argv[0] != NULL, NULL);

  if (!spawn_child (argv, environment, directory, &pid, fds, error))
    return NULL;
  self = g_object_new (STOKER_TYPE_PROCESS, NULL);
  self->pid = pid;
  for (int i = 0; i < N_PIPES; i++)
    open_pipe (self, i, fds[i]);
  watch_child (self);
  return self;
}

/* stoker_process_set_grace_ms: How long stoker_process_stop() waits before it is rude, for tests.
 */
void
stoker_process_set_grace_ms (StokerProcess *self, guint grace_ms)
{
  self->grace_ms = grace_ms;
}

/**
 * stoker_process_get_pid:
 *
 * Tells the id of the child, which is that of its group and session as well.
 *
 * Returns: a process id; it may belong to nobody any more
 */
int
stoker_process_get_pid (StokerProcess *self)
{
  g_return_val_if_fail (STOKER_IS_PROCESS (self), -1);
  return self->pid;
}

/**
 * stoker_process_stop:
 *
 * Asks the child and everything it started to end (SIGTERM), and ends them five seconds later if
 * they have not (SIGKILL). Does nothing when the child has ended already. Wait for the end with
 * stoker_process_wait_async().
 */
void
stoker_process_stop (StokerProcess *self)
{
  g_return_if_fail (STOKER_IS_PROCESS (self));

  if (self->has_exited || self->kill_id != 0)
    return;
  if (send_signal (self, SIGTERM))
    self->kill_id = g_timeout_add_full (G_PRIORITY_DEFAULT, self->grace_ms, kill_cb,
                                        g_object_ref (self), g_object_unref);
}

static gboolean
waiting_cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (G_TASK (user_data));
  StokerProcess *self = g_task_get_source_object (task);

  if (g_ptr_array_remove (self->waiting, task))
    g_task_return_error_if_cancelled (task);
  return G_SOURCE_REMOVE;
}

static void
end_source (GSource *source)
{
  g_source_destroy (source);
  g_source_unref (source);
}

/* The task owns its source, which therefore only borrows the task. */
static void
watch_cancellable (GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autoptr (GSource) source = NULL;

  if (cancellable == NULL)
    return;
  source = g_cancellable_source_new (cancellable);
  g_source_set_callback (source, (GSourceFunc) waiting_cancelled_cb, task, NULL);
  g_source_attach (source, g_task_get_context (task));
  g_object_set_data_full (G_OBJECT (task), "source", g_steal_pointer (&source),
                          (GDestroyNotify) end_source);
}

/**
 * stoker_process_wait_async:
 * @cancellable: (nullable): ends the waiting, not the child
 *
 * Waits until the child has ended and all its lines were emitted. Several may wait.
 */
void
stoker_process_wait_async (StokerProcess *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (STOKER_IS_PROCESS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, stoker_process_wait_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (self->is_over)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  watch_cancellable (task);
  g_ptr_array_add (self->waiting, g_steal_pointer (&task));
}

/**
 * stoker_process_wait_finish:
 * @exit_status: (out) (optional): what the child returned, or 128 and the number of the signal that
 * ended it
 *
 * Returns: %FALSE when the waiting was cancelled
 */
gboolean
stoker_process_wait_finish (StokerProcess *self,
                            GAsyncResult *result,
                            int *exit_status,
                            GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_process_wait_async), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;
  if (exit_status != NULL)
    *exit_status = self->exit_status;
  return TRUE;
}
