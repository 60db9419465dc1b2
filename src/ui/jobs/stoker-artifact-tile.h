/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "stoker-job.h"

G_BEGIN_DECLS

#define STOKER_TYPE_ARTIFACT_TILE (stoker_artifact_tile_get_type ())

/* An output as a tile; a picture shows itself. Activated, it opens the file. */
G_DECLARE_FINAL_TYPE (
  StokerArtifactTile, stoker_artifact_tile, STOKER, ARTIFACT_TILE, GtkFlowBoxChild)

GtkWidget *stoker_artifact_tile_new (const StokerArtifact *artifact);
void stoker_artifact_tile_open (StokerArtifactTile *self);

G_END_DECLS
