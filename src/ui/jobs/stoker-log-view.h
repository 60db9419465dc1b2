/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STOKER_TYPE_LOG_VIEW (stoker_log_view_get_type ())

/* A growing log. It follows the end as long as the reader is there. */
G_DECLARE_FINAL_TYPE (StokerLogView, stoker_log_view, STOKER, LOG_VIEW, AdwBin)

void stoker_log_view_set_text (StokerLogView *self, const char *text);

G_END_DECLS
