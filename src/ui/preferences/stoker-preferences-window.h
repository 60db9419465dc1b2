/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-desk.h"

G_BEGIN_DECLS

#define STOKER_TYPE_PREFERENCES_WINDOW (stoker_preferences_window_get_type ())

/* What the user prefers; every change counts at once. Property: `desk` (construct-only). */
G_DECLARE_FINAL_TYPE (StokerPreferencesWindow,
                      stoker_preferences_window,
                      STOKER,
                      PREFERENCES_WINDOW,
                      AdwPreferencesWindow)

GtkWindow *stoker_preferences_window_new (GtkWindow *parent, StokerDesk *desk);

G_END_DECLS
