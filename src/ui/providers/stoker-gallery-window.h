/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_GALLERY_WINDOW (stoker_gallery_window_get_type ())

/* Every provider of the catalog, to choose one to add. Signal: `chosen` (with the profile). */
G_DECLARE_FINAL_TYPE (StokerGalleryWindow, stoker_gallery_window, STOKER, GALLERY_WINDOW, AdwWindow)

StokerGalleryWindow *stoker_gallery_window_new (GtkWindow *parent, StokerWorkspace *workspace);

G_END_DECLS
