/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STOKER_TYPE_TICK_ROW (stoker_tick_row_get_type ())

/**
 * StokerTickRow:
 *
 * Several of a list may be chosen; closed, it says which. Properties: `none-text`, what it says
 * when none is. Signal: `changed`.
 */
G_DECLARE_FINAL_TYPE (StokerTickRow, stoker_tick_row, STOKER, TICK_ROW, AdwExpanderRow)

void
stoker_tick_row_add (StokerTickRow *self, const char *id, const char *title, const char *subtitle);
void stoker_tick_row_clear (StokerTickRow *self);
GStrv stoker_tick_row_list_ticked (StokerTickRow *self);
void stoker_tick_row_set_ticked (StokerTickRow *self, const char *const *ids);

G_END_DECLS
