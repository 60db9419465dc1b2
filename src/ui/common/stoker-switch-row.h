/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STOKER_TYPE_SWITCH_ROW (stoker_switch_row_get_type ())

/* A row with a switch; libadwaita has one from 1.4 on. Property: `active`. */
G_DECLARE_FINAL_TYPE (StokerSwitchRow, stoker_switch_row, STOKER, SWITCH_ROW, AdwActionRow)

GtkWidget *stoker_switch_row_new (const char *title, const char *subtitle);

G_END_DECLS
