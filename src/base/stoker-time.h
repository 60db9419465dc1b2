/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Instants are microseconds since 1970 UTC, as g_get_real_time() gives them; 0 is "not yet". */
gint64 stoker_time_parse (const char *iso8601);
char *stoker_time_format_iso (gint64 time_us);
gboolean stoker_date_parse (const char *date, gint64 *time_us);
char *stoker_duration_format (gint64 seconds);
char *stoker_age_format (gint64 then_us, gint64 now_us);

G_END_DECLS
