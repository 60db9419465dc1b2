/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-output-tile.h"

#include "stoker-output-file.h"
#include "stoker-output-look.h"
#include "stoker-phrases.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

#define THUMBNAIL_SIZE 160

struct _StokerOutputTile
{
  AdwBin parent_instance;

  StokerOutputItem *item;    /* owned, nullable */
  GCancellable *cancellable; /* owned, nullable: while its look is made */
  GdkTexture *texture;       /* owned, nullable */

  GtkStack *stack;
  GtkPicture *picture;
  GtkImage *icon;
  GtkLabel *text_label;
  GtkLabel *name_label;
  GtkLabel *size_label;
};

G_DEFINE_FINAL_TYPE (StokerOutputTile, stoker_output_tile, ADW_TYPE_BIN)

/* The grid wraps each tile in a cell, which is what assistive technologies see. */
static void
name_cell (StokerOutputTile *self, const char *note)
{
  GtkWidget *cell = gtk_widget_get_parent (GTK_WIDGET (self));

  if (cell != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (cell), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    stoker_output_item_get_name (self->item),
                                    GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, note, -1);
}

static void
show_note (StokerOutputTile *self, const char *note)
{
  gtk_label_set_label (self->size_label, note);
  name_cell (self, note);
}

static void
show_trouble (StokerOutputTile *self, const GError *error)
{
  g_autofree char *sentence = stoker_phrase_sentence (error->message);

  gtk_image_set_from_icon_name (self->icon, "image-missing-symbolic");
  gtk_stack_set_visible_child_name (self->stack, "icon");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), sentence);
  show_note (self, sentence);
}

static void
show_look (StokerOutputTile *self, const StokerOutputLook *look)
{
  if (look->texture != NULL)
    {
      g_set_object (&self->texture, look->texture);
      gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (look->texture));
      gtk_stack_set_visible_child_name (self->stack, "picture");
    }
  else if (look->text != NULL)
    {
      gtk_label_set_label (self->text_label, look->text);
      gtk_stack_set_visible_child_name (self->stack, "text");
    }
}

static void
got_look (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerOutputTile) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerOutputLook) look = stoker_output_look_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      STOKER_OUTPUT_ITEM (source) != self->item)
    return;
  g_clear_object (&self->cancellable);
  if (look != NULL)
    show_look (self, look);
  else
    show_trouble (self, error);
}

static void
drop_look (StokerOutputTile *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->texture);
  g_clear_object (&self->item);
}

static GdkContentProvider *
prepare_drag_cb (StokerOutputTile *self, double x, double y, GtkDragSource *source)
{
  if (self->item == NULL || stoker_output_item_get_path (self->item) == NULL)
    return NULL;
  if (self->texture != NULL)
    gtk_drag_source_set_icon (source, GDK_PAINTABLE (self->texture), 0, 0);
  return stoker_output_make_content (self->item, self->texture);
}

static void
stoker_output_tile_dispose (GObject *object)
{
  drop_look (STOKER_OUTPUT_TILE (object));
  G_OBJECT_CLASS (stoker_output_tile_parent_class)->dispose (object);
}

static void
stoker_output_tile_class_init (StokerOutputTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_output_tile_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/jobs/stoker-output-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerOutputTile, stack);
  gtk_widget_class_bind_template_child (widget_class, StokerOutputTile, picture);
  gtk_widget_class_bind_template_child (widget_class, StokerOutputTile, icon);
  gtk_widget_class_bind_template_child (widget_class, StokerOutputTile, text_label);
  gtk_widget_class_bind_template_child (widget_class, StokerOutputTile, name_label);
  gtk_widget_class_bind_template_child (widget_class, StokerOutputTile, size_label);
  gtk_widget_class_bind_template_callback (widget_class, prepare_drag_cb);
}

static void
stoker_output_tile_init (StokerOutputTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
show_item (StokerOutputTile *self)
{
  gboolean is_here = stoker_output_item_get_path (self->item) != NULL;
  g_autoptr (GIcon) icon = stoker_output_item_make_icon (self->item);
  g_autofree char *size = is_here ? stoker_phrase_bytes (stoker_output_item_get_bytes (self->item))
                                  : g_strdup (_ ("not loaded yet"));

  gtk_image_set_from_gicon (self->icon, icon);
  gtk_stack_set_visible_child_name (self->stack, "icon");
  gtk_label_set_label (self->name_label, stoker_output_item_get_name (self->item));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), stoker_output_item_get_name (self->item));
  show_note (self, size);
}

/**
 * stoker_output_tile_set_item:
 * @item: (nullable): an output; %NULL drops the picture
 *
 * Shows an output, as large as a tile.
 */
void
stoker_output_tile_set_item (StokerOutputTile *self, StokerOutputItem *item)
{
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));

  g_return_if_fail (STOKER_IS_OUTPUT_TILE (self));

  drop_look (self);
  gtk_picture_set_paintable (self->picture, NULL);
  if (item == NULL)
    return;
  self->item = g_object_ref (item);
  show_item (self);
  if (stoker_output_item_get_path (item) == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  stoker_output_look_async (item, THUMBNAIL_SIZE * scale, self->cancellable, got_look,
                            g_object_ref (self));
}

/**
 * stoker_output_tile_get_item:
 *
 * Returns: (transfer none) (nullable): the output it shows
 */
StokerOutputItem *
stoker_output_tile_get_item (StokerOutputTile *self)
{
  g_return_val_if_fail (STOKER_IS_OUTPUT_TILE (self), NULL);

  return self->item;
}
