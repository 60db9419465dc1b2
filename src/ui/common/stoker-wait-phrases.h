/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *stoker_phrase_clock_ahead (gint64 at_us, gint64 now_us);
char *stoker_phrase_error (const GError *error, gint64 now_us);

G_END_DECLS
