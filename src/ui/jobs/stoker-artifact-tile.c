/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-artifact-tile.h"

#include "stoker-output-file.h"
#include "stoker-output-tile.h"
#include "stoker-ui.h"

struct _StokerArtifactTile
{
  GtkFlowBoxChild parent_instance;

  StokerOutputItem *item; /* owned, nullable */
};

G_DEFINE_FINAL_TYPE (StokerArtifactTile, stoker_artifact_tile, GTK_TYPE_FLOW_BOX_CHILD)

static void
stoker_artifact_tile_dispose (GObject *object)
{
  g_clear_object (&STOKER_ARTIFACT_TILE (object)->item);
  G_OBJECT_CLASS (stoker_artifact_tile_parent_class)->dispose (object);
}

static void
stoker_artifact_tile_class_init (StokerArtifactTileClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = stoker_artifact_tile_dispose;
}

static void
stoker_artifact_tile_init (StokerArtifactTile *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "activatable");
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
  GtkWidget *tile = g_object_new (STOKER_TYPE_OUTPUT_TILE, "margin-top", 6, "margin-bottom", 6,
                                  "margin-start", 6, "margin-end", 6, NULL);

  self->item = stoker_output_item_new (artifact);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (self), tile);
  stoker_output_tile_set_item (STOKER_OUTPUT_TILE (tile), self->item);
  stoker_ui_set_label (GTK_WIDGET (self), stoker_output_item_get_name (self->item));
  gtk_widget_set_sensitive (GTK_WIDGET (self), artifact->path != NULL);
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
  g_return_if_fail (STOKER_IS_ARTIFACT_TILE (self));

  stoker_output_open (GTK_WIDGET (self), self->item);
}
