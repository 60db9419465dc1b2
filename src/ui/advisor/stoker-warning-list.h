/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STOKER_TYPE_WARNING_LIST (stoker_warning_list_get_type ())

/* What has to be known, and confirmed, before something is really sent. Signal: `changed`, when it
 * is confirmed or no longer so. */
G_DECLARE_FINAL_TYPE (StokerWarningList, stoker_warning_list, STOKER, WARNING_LIST, AdwBin)

void stoker_warning_list_show (StokerWarningList *self, GPtrArray *warnings);
gboolean stoker_warning_list_is_confirmed (StokerWarningList *self);
const char *const *stoker_warning_list_get_warnings (StokerWarningList *self);

G_END_DECLS
