/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * survey [--pseudo | --rtl | --large-text | --focus] [SCENE]
 * Opens the window on the home it is given, goes through every page and window at several widths
 * and looks at each widget there: controls without a place or a name, labels that are cut, things
 * that stick out of or lie over others. With --pseudo, also text that was never handed to the
 * translators (pseudo-po.py marks what was); with --rtl, from right to left; with --large-text,
 * text of twice the size; with --focus, it goes through each with the Tab key instead. A finding
 * is a failed test. With STOKER_PICTURES in the environment, a picture of each goes into that
 * folder (survey-picture.c).
 */

#include "config.h"

#include "stoker-application.h"
#include "stoker-data-resource.h"
#include "stoker-locale.h"
#include "survey-checks.h"
#include "survey-focus.h"
#include "survey-picture.h"
#include "survey-scenes.h"

#include <adwaita.h>

#include <stdio.h>
#include <stdlib.h>

#define LIMIT_S 20
#define HEIGHT 900
/* For pictures of what is below that. */
#define HEIGHT_VARIABLE "STOKER_HEIGHT"
#define LARGE 2
/* What turning and large letters may break, breaks where room is scarce. */
#define SCARCE 800

static const int widths[] = { 360, 800, 1600 };

typedef struct
{
  SurveyStage stage;
  SurveyData *data;
  int widest;
  gboolean walks;
  int n_tests;
  int n_failed;
} Survey;

static gboolean
wait_for_workspace (StokerApplication *application)
{
  gint64 end = g_get_monotonic_time () + LIMIT_S * G_USEC_PER_SEC;

  while (stoker_application_get_workspace (application) == NULL && g_get_monotonic_time () < end)
    survey_settle ();
  survey_settle ();
  return stoker_application_get_workspace (application) != NULL;
}

static void
report (Survey *self, const char *name, int width, GPtrArray *findings)
{
  printf ("%s %d - %s at %d\n", findings->len == 0 ? "ok" : "not ok", ++self->n_tests, name, width);
  for (guint i = 0; i < findings->len; i++)
    printf ("# %s\n", g_strdelimit (findings->pdata[i], "\n", ' '));
  fflush (stdout);
  if (findings->len > 0)
    self->n_failed++;
}

static int
get_height (void)
{
  const char *height = g_getenv (HEIGHT_VARIABLE);

  return height != NULL ? CLAMP (atoi (height), HEIGHT / 2, HEIGHT * 10) : HEIGHT;
}

/* A dialog is as high as what it says. */
static void
resize (GtkWindow *window, int width)
{
  gtk_window_set_default_size (window, width, ADW_IS_MESSAGE_DIALOG (window) ? -1 : get_height ());
  survey_settle ();
}

static void
look (Survey *self, GtkWindow *window, int width, GPtrArray *findings)
{
  if (self->walks)
    {
      survey_check_focus (window, findings);
      return;
    }
  survey_check_width (GTK_WIDGET (window), width, findings);
  survey_check_tree (GTK_WIDGET (window), self->data, findings);
}

static void
survey_window (Survey *self, const SurveyScene *scene, GtkWindow *window, int width)
{
  g_autoptr (GPtrArray) findings = g_ptr_array_new_with_free_func (g_free);

  if (window == NULL)
    g_ptr_array_add (findings, g_strdup ("does not appear"));
  else
    {
      resize (window, width);
      look (self, window, width, findings);
      if (!survey_picture_save (window, scene->name, width))
        g_ptr_array_add (findings, g_strdup ("cannot be pictured"));
    }
  report (self, scene->name, width, findings);
}

/* A scene is opened anew at each width, as it is by somebody whose window is that wide. */
static void
survey_scene_at (Survey *self, const SurveyScene *scene, int width)
{
  GtkWindow *main_window = GTK_WINDOW (self->stage.window);
  GtkWindow *window = NULL;

  if (width < scene->narrowest || width > self->widest)
    return;
  resize (main_window, width);
  window = scene->open (&self->stage, scene->argument);
  survey_window (self, scene, window, width);
  if (window != NULL && window != main_window)
    gtk_window_close (window);
  survey_settle ();
}

static void
survey_scene (Survey *self, const SurveyScene *scene)
{
  if (scene->only > 0)
    survey_scene_at (self, scene, scene->only);
  else
    for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
      survey_scene_at (self, scene, widths[i]);
}

static void
enlarge_text (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int resolution = 0;

  g_object_get (settings, "gtk-xft-dpi", &resolution, NULL);
  g_object_set (settings, "gtk-xft-dpi", LARGE * resolution, NULL);
}

static StokerApplication *
start (const char *mode)
{
  g_autoptr (StokerApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  stoker_locale_init ();
  g_resources_register (stoker_data_get_resource ());
  application = stoker_application_new (G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
  if (g_strcmp0 (mode, "--rtl") == 0)
    gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  else if (g_strcmp0 (mode, "--large-text") == 0)
    enlarge_text ();
  g_application_activate (G_APPLICATION (application));
  g_assert_true (wait_for_workspace (application));
  return g_steal_pointer (&application);
}

int
main (int argc, char *argv[])
{
  const char *mode = argc > 1 ? argv[1] : NULL;
  const char *only = argc > 2 ? argv[2] : NULL;
  g_autoptr (StokerApplication) application = start (mode);
  StokerWorkspace *workspace = stoker_application_get_workspace (application);
  g_autoptr (SurveyData) data = survey_data_new (workspace, g_strcmp0 (mode, "--pseudo") == 0);
  guint n_scenes = 0;
  const SurveyScene *scenes = survey_scenes_get (&n_scenes);
  Survey self = { .data = data };

  self.stage.window = STOKER_WINDOW (
    gtk_application_get_active_window (GTK_APPLICATION (application)));
  self.stage.workspace = workspace;
  self.widest = g_strcmp0 (mode, "--large-text") == 0 || g_strcmp0 (mode, "--rtl") == 0 ? SCARCE
                                                                                        : G_MAXINT;
  self.walks = g_strcmp0 (mode, "--focus") == 0;
  for (guint i = 0; i < n_scenes; i++)
    if (only == NULL || g_str_equal (only, scenes[i].name))
      survey_scene (&self, &scenes[i]);
  printf ("1..%d\n", self.n_tests);
  gtk_window_close (GTK_WINDOW (self.stage.window));
  survey_settle ();
  return self.n_failed > 0 ? 1 : 0;
}
