/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STOKER_TYPE_MEMORY_ROW (stoker_memory_row_get_type ())

/* A slider over the sizes that graphics cards come in. Property: `value`, in GB; 0 is any. */
G_DECLARE_FINAL_TYPE (StokerMemoryRow, stoker_memory_row, STOKER, MEMORY_ROW, AdwPreferencesRow)

G_END_DECLS
