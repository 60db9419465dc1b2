/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STOKER_TYPE_TIME_ROW (stoker_time_row_get_type ())

/* A row for a time of day. Property: `minutes` after midnight. */
G_DECLARE_FINAL_TYPE (StokerTimeRow, stoker_time_row, STOKER, TIME_ROW, AdwActionRow)

G_END_DECLS
