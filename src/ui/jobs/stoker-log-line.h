/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define STOKER_TYPE_LOG_LINE (stoker_log_line_get_type ())

/* A line of a log as a row shows it: made when it comes into view, and gone after. */
G_DECLARE_FINAL_TYPE (StokerLogLine, stoker_log_line, STOKER, LOG_LINE, GObject)

StokerLogLine *stoker_log_line_new (guint64 number, const char *text);
guint64 stoker_log_line_get_number (StokerLogLine *self);
const char *stoker_log_line_get_text (StokerLogLine *self);

G_END_DECLS
