/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-process-private.h"

#include "stoker-error.h"
#include "stoker-line-splitter.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define PATIENCE_S 20

static gboolean
lost_patience_cb (gpointer user_data)
{
  gboolean *is_late = user_data;

  *is_late = TRUE;
  return G_SOURCE_CONTINUE;
}

static void
wait_until (gboolean (*is_true) (gpointer), gpointer data)
{
  gboolean is_late = FALSE;
  guint id = g_timeout_add_seconds (PATIENCE_S, lost_patience_cb, &is_late);

  while (!is_true (data) && !is_late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (id);
  g_assert_false (is_late);
}

/* What a child said and how it ended. */
typedef struct
{
  GString *output;
  GString *errors;
  int exit_status;
  gboolean is_done;
  GError *error;
  char *text;
} Watch;

static Watch *
watch_new (void)
{
  Watch *self = g_new0 (Watch, 1);

  self->output = g_string_new (NULL);
  self->errors = g_string_new (NULL);
  self->exit_status = -1;
  return self;
}

static void
watch_free (Watch *self)
{
  g_string_free (self->output, TRUE);
  g_string_free (self->errors, TRUE);
  g_clear_error (&self->error);
  g_free (self->text);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Watch, watch_free)

static gboolean
watch_is_done (gpointer data)
{
  return ((Watch *) data)->is_done;
}

static void
line_cb (StokerProcess *process, const char *text, gboolean is_error, Watch *watch)
{
  GString *target = is_error ? watch->errors : watch->output;

  g_string_append_printf (target, "[%s]", text);
}

static void
did_wait (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Watch *watch = user_data;

  stoker_process_wait_finish (STOKER_PROCESS (source), result, &watch->exit_status, &watch->error);
  watch->is_done = TRUE;
}

static StokerProcess *
spawn_sh (const char *script, Watch *watch)
{
  const char *const argv[] = { "sh", "-c", script, NULL };
  const char *const environment[] = { "STOKER_WORD=a=b", NULL };
  g_autoptr (GError) error = NULL;
  StokerProcess *process = stoker_process_spawn (argv, environment, "/", &error);

  g_assert_no_error (error);
  g_signal_connect (process, "line", G_CALLBACK (line_cb), watch);
  stoker_process_wait_async (process, NULL, did_wait, watch);
  return process;
}

static gboolean
is_null (gpointer data)
{
  return *(gpointer *) data == NULL;
}

/* Its own clocks may hold it a little longer than the child lives, but not for good. */
static void
finish (StokerProcess *process, Watch *watch)
{
  gpointer alive = process;

  wait_until (watch_is_done, watch);
  g_object_add_weak_pointer (G_OBJECT (process), &alive);
  g_object_unref (process);
  wait_until (is_null, &alive);
}

static void
test_lines (void)
{
  g_autoptr (Watch) watch = watch_new ();
  StokerProcess *process = spawn_sh (
    "pwd; echo \"$STOKER_WORD\"; echo bad >&2; read x || echo closed; printf 'no end'; exit 3",
    watch);

  finish (process, watch);
  g_assert_no_error (watch->error);
  g_assert_cmpstr (watch->output->str, ==, "[/][a=b][closed][no end]");
  g_assert_cmpstr (watch->errors->str, ==, "[bad]");
  g_assert_cmpint (watch->exit_status, ==, 3);
}

static void
test_much_output (void)
{
  g_autoptr (Watch) watch = watch_new ();
  StokerProcess *process = spawn_sh ("seq 1 20000; seq 1 20000 >&2", watch);

  finish (process, watch);
  g_assert_true (g_str_has_suffix (watch->output->str, "[20000]"));
  g_assert_true (g_str_has_suffix (watch->errors->str, "[20000]"));
}

static void
test_long_line (void)
{
  g_autoptr (Watch) watch = watch_new ();
  StokerProcess *process = spawn_sh ("head -c 100000 /dev/zero | tr '\\0' x; echo; echo next",
                                     watch);

  finish (process, watch);
  g_assert_cmpuint (watch->output->len, ==, STOKER_LINE_MAX_BYTES + strlen ("[][next]"));
}

static void
test_signal_is_told (void)
{
  g_autoptr (Watch) watch = watch_new ();
  StokerProcess *process = spawn_sh ("kill -KILL $$", watch);

  finish (process, watch);
  g_assert_cmpint (watch->exit_status, ==, 128 + SIGKILL);
}

static gboolean
has_output (gpointer data)
{
  return strchr (((Watch *) data)->output->str, ']') != NULL;
}

static gboolean
is_gone (gpointer data)
{
  return kill (GPOINTER_TO_INT (data), 0) != 0 && errno == ESRCH;
}

static gboolean
wake_up_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_until_gone (int pid)
{
  guint id = g_timeout_add (10, wake_up_cb, NULL);

  wait_until (is_gone, GINT_TO_POINTER (pid));
  g_source_remove (id);
}

/* The grandchild is of the same group, and goes with it. */
static void
test_stop_group (void)
{
  g_autoptr (Watch) watch = watch_new ();
  StokerProcess *process = spawn_sh ("sleep 1000 & echo $!; wait", watch);
  int grandchild = 0;

  stoker_process_set_grace_ms (process, 100);
  wait_until (has_output, watch);
  grandchild = (int) g_ascii_strtoll (watch->output->str + 1, NULL, 10);
  g_assert_cmpint (grandchild, >, 1);
  g_assert_cmpint (getpgid (grandchild), ==, stoker_process_get_pid (process));
  g_assert_cmpint (getsid (grandchild), ==, stoker_process_get_pid (process));
  stoker_process_stop (process);
  finish (process, watch);
  g_assert_cmpint (watch->exit_status, ==, 128 + SIGTERM);
  wait_until_gone (grandchild);
}

static void
test_stop_stubborn (void)
{
  g_autoptr (Watch) watch = watch_new ();
  StokerProcess *process = spawn_sh ("trap '' TERM; echo ready; while :; do sleep 1000; done",
                                     watch);

  stoker_process_set_grace_ms (process, 50);
  wait_until (has_output, watch);
  stoker_process_stop (process);
  stoker_process_stop (process);
  finish (process, watch);
  g_assert_cmpint (watch->exit_status, ==, 128 + SIGKILL);
}

/* It has left the group but holds our pipes: its end is not waited for. */
static void
test_runaway_holds_pipes (void)
{
  g_autoptr (Watch) watch = watch_new ();
  StokerProcess *process = spawn_sh ("setsid sleep 1000 & echo $!", watch);
  int runaway = 0;

  finish (process, watch);
  runaway = (int) g_ascii_strtoll (watch->output->str + 1, NULL, 10);
  g_assert_cmpint (watch->exit_status, ==, 0);
  g_assert_cmpint (kill (runaway, SIGKILL), ==, 0);
}

static void
test_cancel_waiting (void)
{
  g_autoptr (Watch) watch = watch_new ();
  g_autoptr (Watch) cancelled = watch_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  StokerProcess *process = spawn_sh ("sleep 1000", watch);

  stoker_process_wait_async (process, cancellable, did_wait, cancelled);
  g_cancellable_cancel (cancellable);
  wait_until (watch_is_done, cancelled);
  g_assert_error (cancelled->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (watch->is_done);
  stoker_process_stop (process);
  finish (process, watch);
}

static void
test_no_such_program (void)
{
  const char *const argv[] = { "stoker-no-such-program", NULL };
  g_autoptr (GError) error = NULL;

  g_assert_null (stoker_process_spawn (argv, NULL, NULL, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_NOT_FOUND);
  g_assert_true (g_str_has_prefix (error->message, "cannot start stoker-no-such-program: "));
}

static void
did_run (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Watch *watch = user_data;

  watch->text = stoker_process_run_finish (result, &watch->exit_status, &watch->error);
  watch->is_done = TRUE;
}

static Watch *
run_sh (const char *script, guint timeout_s, GCancellable *cancellable)
{
  const char *const argv[] = { "sh", "-c", script, NULL };
  Watch *watch = watch_new ();

  stoker_process_run_async (argv, timeout_s, cancellable, did_run, watch);
  wait_until (watch_is_done, watch);
  return watch;
}

static void
test_run (void)
{
  g_autoptr (Watch) good = run_sh ("echo out; echo err >&2", 10, NULL);
  g_autoptr (Watch) bad = run_sh ("echo err >&2; exit 9", 10, NULL);
  g_autoptr (Watch) both = run_sh ("echo out; echo err >&2; exit 1", 10, NULL);

  g_assert_cmpstr (good->text, ==, "out\n");
  g_assert_cmpint (good->exit_status, ==, 0);
  g_assert_cmpstr (bad->text, ==, "err\n");
  g_assert_cmpint (bad->exit_status, ==, 9);
  g_assert_cmpstr (both->text, ==, "out\n");
}

static void
test_run_hangs (void)
{
  g_autoptr (Watch) watch = run_sh ("sleep 1000", 0, NULL);

  g_assert_error (watch->error, STOKER_ERROR, STOKER_ERROR_UNAVAILABLE);
  g_assert_cmpstr (watch->error->message, ==, "sh did not end in time");
}

static void
test_run_floods (void)
{
  g_autoptr (Watch)
    watch = run_sh ("yes 01234567890123456789012345678901234567890123456789", 60, NULL);

  g_assert_error (watch->error, STOKER_ERROR, STOKER_ERROR_PROTOCOL);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_run_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (Watch) watch = NULL;

  g_timeout_add (20, cancel_cb, cancellable);
  watch = run_sh ("sleep 1000", 60, cancellable);
  g_assert_error (watch->error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_run_no_program (void)
{
  const char *const argv[] = { "stoker-no-such-program", NULL };
  g_autoptr (Watch) watch = watch_new ();

  stoker_process_run_async (argv, 10, NULL, did_run, watch);
  wait_until (watch_is_done, watch);
  g_assert_error (watch->error, STOKER_ERROR, STOKER_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/process/lines", test_lines);
  g_test_add_func ("/process/much-output", test_much_output);
  g_test_add_func ("/process/long-line", test_long_line);
  g_test_add_func ("/process/signal-is-told", test_signal_is_told);
  g_test_add_func ("/process/stop-group", test_stop_group);
  g_test_add_func ("/process/stop-stubborn", test_stop_stubborn);
  g_test_add_func ("/process/runaway-holds-pipes", test_runaway_holds_pipes);
  g_test_add_func ("/process/cancel-waiting", test_cancel_waiting);
  g_test_add_func ("/process/no-such-program", test_no_such_program);
  g_test_add_func ("/process/run", test_run);
  g_test_add_func ("/process/run-hangs", test_run_hangs);
  g_test_add_func ("/process/run-floods", test_run_floods);
  g_test_add_func ("/process/run-cancelled", test_run_cancelled);
  g_test_add_func ("/process/run-no-program", test_run_no_program);

  return g_test_run ();
}
