/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_EXPORT_DIALOG (stoker_export_dialog_get_type ())

/* Asks whether the keys go into an export, then where to, and writes it. */
G_DECLARE_FINAL_TYPE (
  StokerExportDialog, stoker_export_dialog, STOKER, EXPORT_DIALOG, AdwMessageDialog)

StokerExportDialog *stoker_export_dialog_new (GtkWidget *widget, StokerWorkspace *workspace);

G_END_DECLS
