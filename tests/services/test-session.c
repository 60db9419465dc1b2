/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "test-session.h"

#include "stoker-register-provider.h"

#include <glib/gstdio.h>

#define LIMIT_S 60

static char *root;

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_tree (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

static void
point_at (const char *variable, const char *name)
{
  g_autofree char *path = g_build_filename (root, name, NULL);

  g_setenv (variable, path, TRUE);
}

/* Before anything asks GLib for a folder: it remembers the answers, so that all tests of a program
 * share the path. */
void
test_session_init (void)
{
  if (root != NULL)
    return;
  root = g_dir_make_tmp ("stoker-test-XXXXXX", NULL);
  g_assert_nonnull (root);
  point_at ("HOME", "home");
  point_at ("XDG_DATA_HOME", "data");
  point_at ("XDG_STATE_HOME", "state");
  point_at ("XDG_CACHE_HOME", "cache");
  point_at ("XDG_CONFIG_HOME", "config");
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
}

void
test_session_clear (void)
{
  remove_tree (root);
}

void
test_session_take_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

static gboolean
timed_out_cb (gpointer user_data)
{
  g_assert_not_reached ();
  return G_SOURCE_REMOVE;
}

GAsyncResult *
test_session_wait (GAsyncResult **result)
{
  guint limit = g_timeout_add_seconds (LIMIT_S, timed_out_cb, NULL);

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);
  return *result;
}

gboolean
test_session_wait_until (gboolean (*condition) (gpointer user_data), gpointer user_data)
{
  gint64 end = g_get_monotonic_time () + LIMIT_S * G_USEC_PER_SEC;

  while (!condition (user_data))
    {
      if (g_get_monotonic_time () > end)
        return FALSE;
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
  return TRUE;
}

StokerWorkspace *
test_session_open (StokerWorkspaceParts parts)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  StokerWorkspace *workspace;

  stoker_workspace_open_async (parts, NULL, test_session_take_result, &result);
  workspace = stoker_workspace_open_finish (test_session_wait (&result), &error);
  g_assert_no_error (error);
  return workspace;
}

static gboolean
is_only_ours (gpointer user_data)
{
  return !g_main_context_pending (NULL) && g_atomic_int_get (&G_OBJECT (user_data)->ref_count) == 1;
}

void
test_session_close (StokerWorkspace *workspace)
{
  g_autoptr (GAsyncResult) result = NULL;

  stoker_workspace_close_async (workspace, test_session_take_result, &result);
  stoker_workspace_close_finish (workspace, test_session_wait (&result));
  g_clear_object (&result);
  /* A thread of the pool may still be about to let go of it. */
  g_assert_true (test_session_wait_until (is_only_ours, workspace));
  g_assert_finalize_object (workspace);
}

StokerProvider *
test_session_register (StokerWorkspace *workspace, const char *json, GError **error)
{
  g_autoptr (JsonNode) payload = stoker_json_parse (json, -1, "payload.json", NULL);
  g_autoptr (GAsyncResult) result = NULL;

  g_assert_nonnull (payload);
  stoker_register_provider_async (workspace, payload, "payload.json", NULL, NULL,
                                  test_session_take_result, &result);
  return stoker_register_provider_finish (test_session_wait (&result), error);
}
