/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where Stoker keeps things: $XDG_DATA_HOME/stoker, $XDG_STATE_HOME/stoker, $XDG_CACHE_HOME/stoker
 * (made when missing, mode 0700). */
char *stoker_paths_get_data_dir (void);
char *stoker_paths_get_state_dir (void);
char *stoker_paths_get_cache_dir (void);
char *stoker_paths_get_output_dir (void);
char *stoker_paths_safe_name (const char *name, const char *fallback);

G_END_DECLS
