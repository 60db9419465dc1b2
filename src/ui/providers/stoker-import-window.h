/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_IMPORT_WINDOW (stoker_import_window_get_type ())

/* Shows what a file of providers would change, and changes it after a yes. */
G_DECLARE_FINAL_TYPE (StokerImportWindow, stoker_import_window, STOKER, IMPORT_WINDOW, AdwWindow)

StokerImportWindow *
stoker_import_window_new (GtkWidget *widget, StokerWorkspace *workspace, GFile *file);

G_END_DECLS
