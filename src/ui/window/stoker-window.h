/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-desk.h"

G_BEGIN_DECLS

#define STOKER_TYPE_WINDOW (stoker_window_get_type ())

/**
 * StokerWindow:
 *
 * The frame: sidebar and pages. Properties: `desk` and `settings` (nullable; keeps size and page),
 * both construct-only. Actions: `win.show-page` (name), `win.show-job` (id), `win.show-provider`
 * (id), `win.toast` (text), `win.add-provider`, `win.open-workload`.
 */
G_DECLARE_FINAL_TYPE (StokerWindow, stoker_window, STOKER, WINDOW, AdwApplicationWindow)

StokerWindow *
stoker_window_new (GtkApplication *application, StokerDesk *desk, GSettings *settings);
void stoker_window_show_page (StokerWindow *self, const char *name);
const char *stoker_window_get_page (StokerWindow *self);
void stoker_window_add_toast (StokerWindow *self, const char *text);

G_END_DECLS
