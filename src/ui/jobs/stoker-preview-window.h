/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-output-item.h"

G_BEGIN_DECLS

#define STOKER_TYPE_PREVIEW_WINDOW (stoker_preview_window_get_type ())

/* One output in full, and the way to the next and the previous one. Escape and the space bar close
 * it. */
G_DECLARE_FINAL_TYPE (StokerPreviewWindow, stoker_preview_window, STOKER, PREVIEW_WINDOW, AdwWindow)

void stoker_preview_window_open (GtkWindow *parent, GListModel *items, guint position);

G_END_DECLS
