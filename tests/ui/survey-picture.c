/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "survey-picture.h"

/* The folder for pictures; none are taken without. */
#define FOLDER_VARIABLE "STOKER_PICTURES"
/* What is added to the name of each, such as "-dark". */
#define SUFFIX_VARIABLE "STOKER_PICTURES_SUFFIX"

static GdkTexture *
draw (GtkWindow *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (GTK_WIDGET (window));
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GskRenderNode) node = NULL;
  int width = gdk_paintable_get_intrinsic_width (paintable);
  int height = gdk_paintable_get_intrinsic_height (paintable);

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
  if (node == NULL)
    return NULL;
  return gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                      &GRAPHENE_RECT_INIT (0, 0, width, height));
}

/**
 * survey_picture_save:
 * @window: what to draw
 * @name: name of the scene
 * @width: its width in pixels
 *
 * Saves a picture of the window in the folder that the environment names, or does nothing.
 *
 * Returns: whether there is a picture now, or none was wanted
 */
gboolean
survey_picture_save (GtkWindow *window, const char *name, int width)
{
  const char *folder = g_getenv (FOLDER_VARIABLE);
  const char *suffix = g_getenv (SUFFIX_VARIABLE);
  g_autofree char *file = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GdkTexture) texture = NULL;

  if (folder == NULL)
    return TRUE;
  file = g_strdup_printf ("%s-%d%s.png", name, width, suffix != NULL ? suffix : "");
  path = g_build_filename (folder, g_strdelimit (file, " ", '-'), NULL);
  texture = draw (window);
  return texture != NULL && gdk_texture_save_to_png (texture, path);
}
