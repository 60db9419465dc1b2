/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_SETUP_WINDOW (stoker_setup_window_get_type ())

/* Sets a provider up in three short steps: key, check, done. */
G_DECLARE_FINAL_TYPE (StokerSetupWindow, stoker_setup_window, STOKER, SETUP_WINDOW, AdwWindow)

StokerSetupWindow *stoker_setup_window_new (GtkWindow *parent,
                                            StokerWorkspace *workspace,
                                            StokerProfile *profile,
                                            StokerProvider *provider);

G_END_DECLS
