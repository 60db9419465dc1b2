/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STOKER_TYPE_LOG_VIEW (stoker_log_view_get_type ())

/**
 * StokerLogView:
 *
 * Shows a log of any length as it grows, and looks for words in it.
 *
 * Properties: `follows` (stays at the end), `wraps`, `shows-numbers`. Actions: the same as
 * `log.…`, and `log.search`, `log.next`, `log.previous`, `log.copy`, `log.copy-all`, `log.save`.
 */
G_DECLARE_FINAL_TYPE (StokerLogView, stoker_log_view, STOKER, LOG_VIEW, AdwBin)

void stoker_log_view_begin (StokerLogView *self, const char *name, const char *empty_text);
void stoker_log_view_set_text (StokerLogView *self, const char *text);
void stoker_log_view_set_file (StokerLogView *self, const char *path);
void stoker_log_view_set_dropped (StokerLogView *self, gint64 n_dropped);
void stoker_log_view_search (StokerLogView *self);

G_END_DECLS
