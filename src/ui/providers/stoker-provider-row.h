/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_PROVIDER_ROW (stoker_provider_row_get_type ())

/* A registered provider in the list, with its switch. */
G_DECLARE_FINAL_TYPE (StokerProviderRow, stoker_provider_row, STOKER, PROVIDER_ROW, GtkListBoxRow)

GtkWidget *stoker_provider_row_new (StokerWorkspace *workspace, StokerProvider *provider);
StokerProvider *stoker_provider_row_get_provider (StokerProviderRow *self);
void stoker_provider_row_show_time (StokerProviderRow *self);
void stoker_provider_row_show_place (StokerProviderRow *self, guint place, guint count);

G_END_DECLS
