/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-log-model.h"

G_BEGIN_DECLS

#define STOKER_TYPE_LOG_SEARCH (stoker_log_search_get_type ())

/**
 * StokerLogSearch:
 *
 * Looks for a text in a log, on a thread and piece by piece, and goes on when the log grows.
 * Properties: `count` (lines that have it so far), `index` (which of them is the present one, from
 * 1; 0 none), `is-searching`.
 */
G_DECLARE_FINAL_TYPE (StokerLogSearch, stoker_log_search, STOKER, LOG_SEARCH, GObject)

StokerLogSearch *stoker_log_search_new (StokerLogModel *model);
void stoker_log_search_set_text (StokerLogSearch *self, const char *text);
const char *stoker_log_search_get_needle (StokerLogSearch *self);
guint stoker_log_search_get_count (StokerLogSearch *self);
guint stoker_log_search_get_index (StokerLogSearch *self);
gboolean stoker_log_search_is_searching (StokerLogSearch *self);
gboolean stoker_log_search_step (StokerLogSearch *self, int direction, guint *position);

G_END_DECLS
