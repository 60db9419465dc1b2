/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-offline-note.h"

#include "fake-network-monitor.h"

#include "stoker-ui.h"
#include "stoker-window.h"

static void
run_main_context (void)
{
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
}

static void
count_cb (guint *n_changes)
{
  (*n_changes)++;
}

static void
test_comes_and_goes (void)
{
  g_autoptr (GNetworkMonitor) monitor = fake_network_monitor_new (TRUE);
  StokerOfflineNote *note = g_object_ref_sink (g_object_new (STOKER_TYPE_OFFLINE_NOTE, NULL));
  guint n_changes = 0;

  stoker_offline_note_set_monitor (note, monitor);
  g_assert_false (stoker_offline_note_is_offline (note));
  g_signal_connect_swapped (note, "notify::is-offline", G_CALLBACK (count_cb), &n_changes);
  fake_network_monitor_set_available (monitor, FALSE);
  g_assert_true (stoker_offline_note_is_offline (note));
  /* Said once, however often the network says so. */
  fake_network_monitor_set_available (monitor, FALSE);
  g_assert_cmpuint (n_changes, ==, 1);
  fake_network_monitor_set_available (monitor, TRUE);
  g_assert_false (stoker_offline_note_is_offline (note));
  g_assert_cmpuint (n_changes, ==, 2);
  g_assert_finalize_object (note);
}

/* There is a network, and it leads nowhere. */
static void
test_cut_off (void)
{
  g_autoptr (GNetworkMonitor) monitor = fake_network_monitor_new (TRUE);
  StokerOfflineNote *note = g_object_ref_sink (g_object_new (STOKER_TYPE_OFFLINE_NOTE, NULL));

  stoker_offline_note_set_monitor (note, monitor);
  stoker_offline_note_set_cut_off (note, TRUE);
  g_assert_true (stoker_offline_note_is_offline (note));
  fake_network_monitor_set_available (monitor, FALSE);
  g_assert_true (stoker_offline_note_is_offline (note));
  fake_network_monitor_set_available (monitor, TRUE);
  g_assert_true (stoker_offline_note_is_offline (note));
  stoker_offline_note_set_cut_off (note, FALSE);
  g_assert_false (stoker_offline_note_is_offline (note));
  g_assert_finalize_object (note);
}

static void
test_follows_one_monitor (void)
{
  g_autoptr (GNetworkMonitor) gone = fake_network_monitor_new (TRUE);
  g_autoptr (GNetworkMonitor) monitor = fake_network_monitor_new (FALSE);
  StokerOfflineNote *note = g_object_ref_sink (g_object_new (STOKER_TYPE_OFFLINE_NOTE, NULL));

  stoker_offline_note_set_monitor (note, gone);
  stoker_offline_note_set_monitor (note, monitor);
  g_assert_true (stoker_offline_note_is_offline (note));
  fake_network_monitor_set_available (gone, TRUE);
  g_assert_true (stoker_offline_note_is_offline (note));
  g_assert_finalize_object (note);
  /* Nobody is left to be told. */
  fake_network_monitor_set_available (monitor, TRUE);
}

static GtkWidget *
find_note (GtkWidget *root)
{
  if (STOKER_IS_OFFLINE_NOTE (root))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_note (child);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* It takes room in the window while it is there only. */
static void
test_in_the_window (void)
{
  g_autoptr (StokerDesk) desk = stoker_desk_new ();
  g_autoptr (GNetworkMonitor) monitor = fake_network_monitor_new (TRUE);
  StokerWindow *window = stoker_window_new (NULL, desk, NULL);
  GtkWidget *note = find_note (GTK_WIDGET (window));
  int height = -1;

  g_assert_nonnull (note);
  stoker_offline_note_set_monitor (STOKER_OFFLINE_NOTE (note), monitor);
  gtk_window_present (GTK_WINDOW (window));
  run_main_context ();
  gtk_widget_measure (note, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  g_assert_cmpint (height, ==, 0);
  fake_network_monitor_set_available (monitor, FALSE);
  run_main_context ();
  gtk_widget_measure (note, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  g_assert_cmpint (height, >, 0);
  fake_network_monitor_set_available (monitor, TRUE);
  run_main_context ();
  gtk_widget_measure (note, GTK_ORIENTATION_VERTICAL, -1, &height, NULL, NULL, NULL);
  g_assert_cmpint (height, ==, 0);
  gtk_window_destroy (GTK_WINDOW (window));
  run_main_context ();
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    return 77;
  stoker_ui_init ();

  g_test_add_func ("/ui/offline-note/comes-and-goes", test_comes_and_goes);
  g_test_add_func ("/ui/offline-note/cut-off", test_cut_off);
  g_test_add_func ("/ui/offline-note/follows-one-monitor", test_follows_one_monitor);
  g_test_add_func ("/ui/offline-note/in-the-window", test_in_the_window);

  return g_test_run ();
}
