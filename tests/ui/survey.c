/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * survey [--pseudo]
 * Opens the window on the home it is given, goes through every page and window at several widths
 * and looks at each widget there: controls without a place or a name, labels that are cut, things
 * that stick out of or lie over others; with --pseudo, text that was never handed to the
 * translators (pseudo-po.py marks what was). A finding is a failed test.
 */

#include "config.h"

#include "stoker-application.h"
#include "stoker-data-resource.h"
#include "stoker-locale.h"
#include "stoker-window.h"
#include "survey-checks.h"

#include <stdio.h>

#define LIMIT_S 20
#define SETTLE_MS 400

static const int widths[] = { 360, 800, 1600 };
static const char *const pages[] = { "overview", "providers", "advisor", "compare", "jobs" };

/* Windows of their own: the action that opens each, and how narrow it can be; the one for shortcuts
 * is the toolkit's. */
static const struct
{
  const char *name;
  const char *action;
  int narrowest;
} windows[] = {
  { "gallery", "win.add-provider", 360 },
  { "preferences", "app.preferences", 360 },
  { "shortcuts", "win.show-help-overlay", 800 },
};

static int n_tests;
static int n_failed;

static void
iterate_for (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static gboolean
wait_for_workspace (StokerApplication *application)
{
  gint64 end = g_get_monotonic_time () + LIMIT_S * G_USEC_PER_SEC;

  while (stoker_application_get_workspace (application) == NULL && g_get_monotonic_time () < end)
    iterate_for (10);
  iterate_for (SETTLE_MS);
  return stoker_application_get_workspace (application) != NULL;
}

static void
report (const char *name, int width, GPtrArray *findings)
{
  n_tests++;
  printf ("%s %d - %s at %d\n", findings->len == 0 ? "ok" : "not ok", n_tests, name, width);
  for (guint i = 0; i < findings->len; i++)
    printf ("# %s\n", (const char *) findings->pdata[i]);
  if (findings->len > 0)
    n_failed++;
}

static void
survey_window (const char *name, GtkWidget *window, int width, SurveyData *data)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);

  if (gtk_widget_get_width (window) > width)
    g_ptr_array_add (findings,
                     g_strdup_printf ("the window is %d wide", gtk_widget_get_width (window)));
  survey_check_tree (window, data, findings);
  report (name, width, findings);
}

static void
resize (GtkWindow *window, int width)
{
  gtk_window_set_default_size (window, width, 900);
  iterate_for (SETTLE_MS);
}

static GtkWindow *
find_other_window (GtkWindow *window)
{
  GListModel *toplevels = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) other = g_list_model_get_item (toplevels, i);

      if (other != window && gtk_widget_get_mapped (GTK_WIDGET (other)))
        return other;
    }
  return NULL;
}

static void
survey_pages (StokerWindow *window, SurveyData *data)
{
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    for (guint j = 0; j < G_N_ELEMENTS (widths); j++)
      {
        resize (GTK_WINDOW (window), widths[j]);
        stoker_window_show_page (window, pages[i]);
        iterate_for (SETTLE_MS);
        survey_window (pages[i], GTK_WIDGET (window), widths[j], data);
      }
}

static void
survey_other (StokerWindow *window, guint index, SurveyData *data)
{
  GtkWindow *other = NULL;

  gtk_widget_activate_action (GTK_WIDGET (window), windows[index].action, NULL);
  iterate_for (SETTLE_MS);
  other = find_other_window (GTK_WINDOW (window));
  if (other == NULL)
    {
      printf ("not ok %d - %s opens\n", ++n_tests, windows[index].name);
      n_failed++;
      return;
    }
  for (guint j = 0; j < G_N_ELEMENTS (widths); j++)
    if (widths[j] >= windows[index].narrowest)
      {
        resize (other, widths[j]);
        survey_window (windows[index].name, GTK_WIDGET (other), widths[j], data);
      }
  gtk_window_destroy (other);
  iterate_for (SETTLE_MS);
}

int
main (int argc, char *argv[])
{
  gboolean is_pseudo = argc > 1 && g_str_equal (argv[1], "--pseudo");
  g_autoptr (StokerApplication) application = NULL;
  g_autoptr (SurveyData) data = NULL;
  g_autoptr (GError) error = NULL;
  StokerWindow *window = NULL;

  stoker_locale_init ();
  g_resources_register (stoker_data_get_resource ());
  application = stoker_application_new (G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  g_application_activate (G_APPLICATION (application));
  g_assert_true (wait_for_workspace (application));
  window = STOKER_WINDOW (gtk_application_get_active_window (GTK_APPLICATION (application)));
  data = survey_data_new (stoker_application_get_workspace (application), is_pseudo);

  survey_pages (window, data);
  for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
    survey_other (window, i, data);
  printf ("1..%d\n", n_tests);
  gtk_window_close (GTK_WINDOW (window));
  iterate_for (SETTLE_MS);
  return n_failed > 0 ? 1 : 0;
}
