/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-artifact-tile.h"

#include "stoker-phrases.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

#define THUMBNAIL_SIZE 160
/* Larger pictures come from outside and are not decoded only to be made small. */
#define MAX_PICTURE_BYTES (64 * 1024 * 1024)

struct _StokerArtifactTile
{
  GtkFlowBoxChild parent_instance;

  char *path;                /* owned, nullable: not here yet */
  GCancellable *cancellable; /* owned */

  GtkStack *stack;
  GtkPicture *picture;
  GtkImage *icon;
  GtkLabel *name_label;
  GtkLabel *size_label;
};

G_DEFINE_FINAL_TYPE (StokerArtifactTile, stoker_artifact_tile, GTK_TYPE_FLOW_BOX_CHILD)

static void
decoded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerArtifactTile) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_stream_finish (result, &error);
  g_autoptr (GdkTexture) texture = NULL;

  if (pixbuf == NULL || g_cancellable_is_cancelled (self->cancellable))
    return;
  texture = gdk_texture_new_for_pixbuf (pixbuf);
  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->picture));
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerArtifactTile) self = user_data;
  g_autoptr (GFileInputStream) stream = g_file_read_finish (G_FILE (source), result, NULL);

  if (stream != NULL)
    gdk_pixbuf_new_from_stream_at_scale_async (G_INPUT_STREAM (stream), THUMBNAIL_SIZE,
                                               THUMBNAIL_SIZE, TRUE, self->cancellable, decoded_cb,
                                               g_object_ref (self));
}

static gboolean
is_picture (const StokerArtifact *artifact)
{
  return artifact->path != NULL && artifact->bytes <= MAX_PICTURE_BYTES &&
         artifact->media_type != NULL && g_str_has_prefix (artifact->media_type, "image/");
}

static void
load_picture (StokerArtifactTile *self)
{
  g_autoptr (GFile) file = g_file_new_for_path (self->path);

  g_file_read_async (file, G_PRIORITY_LOW, self->cancellable, opened_cb, g_object_ref (self));
}

static void
show_icon (StokerArtifactTile *self, const char *media_type)
{
  g_autofree char *content_type = media_type != NULL ? g_content_type_from_mime_type (media_type)
                                                     : NULL;
  g_autoptr (GIcon) icon = NULL;

  if (content_type == NULL)
    return;
  icon = g_content_type_get_symbolic_icon (content_type);
  gtk_image_set_from_gicon (self->icon, icon);
}

static void
stoker_artifact_tile_dispose (GObject *object)
{
  g_cancellable_cancel (STOKER_ARTIFACT_TILE (object)->cancellable);
  G_OBJECT_CLASS (stoker_artifact_tile_parent_class)->dispose (object);
}

static void
stoker_artifact_tile_finalize (GObject *object)
{
  StokerArtifactTile *self = STOKER_ARTIFACT_TILE (object);

  g_clear_object (&self->cancellable);
  g_free (self->path);
  G_OBJECT_CLASS (stoker_artifact_tile_parent_class)->finalize (object);
}

static void
stoker_artifact_tile_class_init (StokerArtifactTileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stoker_artifact_tile_dispose;
  object_class->finalize = stoker_artifact_tile_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/jobs/stoker-artifact-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerArtifactTile, stack);
  gtk_widget_class_bind_template_child (widget_class, StokerArtifactTile, picture);
  gtk_widget_class_bind_template_child (widget_class, StokerArtifactTile, icon);
  gtk_widget_class_bind_template_child (widget_class, StokerArtifactTile, name_label);
  gtk_widget_class_bind_template_child (widget_class, StokerArtifactTile, size_label);
}

static void
stoker_artifact_tile_init (StokerArtifactTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
}

/**
 * stoker_artifact_tile_new:
 * @artifact: an output
 *
 * Returns: (transfer floating): its tile
 */
GtkWidget *
stoker_artifact_tile_new (const StokerArtifact *artifact)
{
  StokerArtifactTile *self = g_object_new (STOKER_TYPE_ARTIFACT_TILE, NULL);
  g_autofree char *size = artifact->path != NULL ? stoker_phrase_bytes (artifact->bytes)
                                                 : g_strdup (_ ("not loaded yet"));

  self->path = g_strdup (artifact->path);
  gtk_label_set_label (self->name_label, artifact->name);
  gtk_label_set_label (self->size_label, size);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self),
                               artifact->path != NULL ? artifact->path : artifact->name);
  stoker_ui_set_label (GTK_WIDGET (self), artifact->name);
  gtk_widget_set_sensitive (GTK_WIDGET (self), artifact->path != NULL);
  show_icon (self, artifact->media_type);
  if (is_picture (artifact))
    load_picture (self);
  return GTK_WIDGET (self);
}

/**
 * stoker_artifact_tile_open:
 *
 * Opens the file with the user's application for it.
 */
void
stoker_artifact_tile_open (StokerArtifactTile *self)
{
  g_autofree char *uri = NULL;

  g_return_if_fail (STOKER_IS_ARTIFACT_TILE (self));

  uri = self->path != NULL ? g_filename_to_uri (self->path, NULL, NULL) : NULL;
  if (uri != NULL)
    stoker_ui_show_uri (GTK_WIDGET (self), uri);
}
