/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STOKER_TYPE_SIDEBAR_ROW (stoker_sidebar_row_get_type ())

/* A page in the sidebar. Properties: `page` (its name), `title`, `icon-name`, `count` (0: none
 * shown). */
G_DECLARE_FINAL_TYPE (StokerSidebarRow, stoker_sidebar_row, STOKER, SIDEBAR_ROW, GtkListBoxRow)

const char *stoker_sidebar_row_get_page (StokerSidebarRow *self);
const char *stoker_sidebar_row_get_title (StokerSidebarRow *self);
void stoker_sidebar_row_set_count (StokerSidebarRow *self, guint count);

G_END_DECLS
