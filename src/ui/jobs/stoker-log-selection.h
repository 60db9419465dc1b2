/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "stoker-log-model.h"

G_BEGIN_DECLS

#define STOKER_TYPE_LOG_SELECTION (stoker_log_selection_get_type ())

/* Which lines of a log are chosen: a set of positions, so that choosing a million of them costs
 * nothing. GtkMultiSelection would ask for each. */
G_DECLARE_FINAL_TYPE (StokerLogSelection, stoker_log_selection, STOKER, LOG_SELECTION, GObject)

StokerLogSelection *stoker_log_selection_new (StokerLogModel *model);

G_END_DECLS
