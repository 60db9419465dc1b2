/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-desk.h"

G_BEGIN_DECLS

#define STOKER_TYPE_BACKGROUND (stoker_background_get_type ())

/**
 * StokerBackground:
 *
 * Keeps the application running without a window while there are jobs to follow, when the user
 * wants that. Signal: `finished` (the last of them has ended, and there is no window).
 */
G_DECLARE_FINAL_TYPE (StokerBackground, stoker_background, STOKER, BACKGROUND, GObject)

StokerBackground *stoker_background_new (GtkApplication *application, StokerDesk *desk);
gboolean stoker_background_ask (StokerBackground *self, GtkWindow *window);
void stoker_background_leave (StokerBackground *self);
gboolean stoker_background_is_entered (StokerBackground *self);

G_END_DECLS
