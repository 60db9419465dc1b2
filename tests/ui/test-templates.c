/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Makes and drops every widget that has a template. A template that does not fit its class is a
 * warning, which is fatal here; a widget that outlives its last reference leaks.
 */

#include "config.h"

#include "stoker-preferences-window.h"
#include "stoker-ui.h"
#include "stoker-window.h"

#include <adwaita.h>

#define UI_SUFFIX ".ui"

/* "stoker-job-row.ui" → "StokerJobRow". */
static char *
type_name_from_file (const char *file)
{
  g_autoptr (GString) name = g_string_new (NULL);
  gboolean starts_word = TRUE;

  for (const char *c = file; *c != '\0' && *c != '.'; c++)
    {
      if (*c == '-')
        starts_word = TRUE;
      else
        {
          g_string_append_c (name, starts_word ? g_ascii_toupper (*c) : *c);
          starts_word = FALSE;
        }
    }
  return g_string_free (g_steal_pointer (&name), FALSE);
}

static void
run_main_context (void)
{
  while (g_main_context_pending (NULL))
    g_main_context_iteration (NULL, FALSE);
}

static void
drop_widget (GtkWidget *widget)
{
  if (GTK_IS_WINDOW (widget))
    gtk_window_destroy (GTK_WINDOW (widget));
  else
    {
      g_object_ref_sink (widget);
      g_object_unref (widget);
    }
  run_main_context ();
}

static void
test_template (gconstpointer data)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new ();
  GType type = gtk_builder_get_type_from_name (builder, data);
  GtkWidget *widget = NULL;

  g_assert_cmpuint (type, !=, G_TYPE_INVALID);
  widget = g_object_new (type, NULL);
  g_object_add_weak_pointer (G_OBJECT (widget), (gpointer *) &widget);
  drop_widget (widget);
  g_assert_null (widget);
}

static void
add_test (const char *file)
{
  g_autofree char *type_name = type_name_from_file (file);
  g_autofree char *path = g_strconcat ("/ui/templates/", type_name, NULL);

  g_test_add_data_func_full (path, g_strdup (type_name), test_template, g_free);
}

static guint
add_tests (const char *folder)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv)
    children = g_resources_enumerate_children (folder, G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
  guint count = 0;

  g_assert_no_error (error);
  for (gsize i = 0; children[i] != NULL; i++)
    if (g_str_has_suffix (children[i], UI_SUFFIX) && g_str_has_prefix (children[i], "stoker-"))
      {
        add_test (children[i]);
        count++;
      }
  return count;
}

static void
test_window_pages (void)
{
  g_autoptr (StokerDesk) desk = stoker_desk_new ();
  StokerWindow *window = stoker_window_new (NULL, desk, NULL);
  static const char *const pages[] = { "overview", "providers", "advisor", "compare", "jobs" };

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_present (GTK_WINDOW (window));
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      stoker_window_show_page (window, pages[i]);
      g_assert_cmpstr (stoker_window_get_page (window), ==, pages[i]);
      run_main_context ();
    }
  stoker_desk_set_problem (desk, "the disk is full");
  run_main_context ();
  stoker_window_add_toast (window, "a <message> & more");
  stoker_window_show_page (window, "no such page");
  g_assert_cmpstr (stoker_window_get_page (window), ==, "jobs");

  gtk_window_destroy (GTK_WINDOW (window));
  run_main_context ();
  g_assert_null (window);
  g_assert_finalize_object (g_steal_pointer (&desk));
}

/* A page that is hidden while it has the keyboard does not keep the Tab key to itself. */
static void
test_hidden_focus (void)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *button = gtk_button_new ();

  gtk_box_append (GTK_BOX (page), button);
  gtk_box_append (GTK_BOX (box), page);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_present (GTK_WINDOW (window));
  run_main_context ();
  gtk_widget_set_focus_child (window, box);
  gtk_widget_set_focus_child (box, page);
  gtk_widget_set_focus_child (page, button);
  stoker_ui_forget_hidden_focus (window);
  g_assert_true (gtk_widget_get_focus_child (page) == button);

  gtk_widget_hide (page);
  gtk_widget_set_focus_child (window, box);
  gtk_widget_set_focus_child (box, page);
  gtk_widget_set_focus_child (page, button);
  stoker_ui_forget_hidden_focus (window);
  g_assert_true (gtk_widget_get_focus_child (window) == box);
  g_assert_null (gtk_widget_get_focus_child (box));
  g_assert_null (gtk_widget_get_focus_child (page));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  static const char *const folders[] = { "advisor",  "common",      "compare",   "jobs",
                                         "overview", "preferences", "providers", "window" };
  guint count = 0;

  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    return 77;
  stoker_ui_init ();
  /* What the windows use is linked with them. */
  g_type_ensure (STOKER_TYPE_PREFERENCES_WINDOW);
  g_type_ensure (STOKER_TYPE_WINDOW);

  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = g_strconcat (STOKER_UI_RESOURCE_PATH "/", folders[i], NULL);

      count += add_tests (folder);
    }
  g_assert_cmpuint (count, >, 20);
  g_test_add_func ("/ui/window/pages", test_window_pages);

  g_test_add_func ("/ui/hidden-focus", test_hidden_focus);

  return g_test_run ();
}
