/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-log-line.h"

G_BEGIN_DECLS

#define STOKER_TYPE_LOG_ROW (stoker_log_row_get_type ())

/* How the rows of a log are shown. */
typedef struct
{
  gboolean wraps;
  gboolean shows_numbers;
  const char *needle; /* folded: what is marked */
} StokerLogLook;

/* A line of a log: its number, when asked for, and its text. */
G_DECLARE_FINAL_TYPE (StokerLogRow, stoker_log_row, STOKER, LOG_ROW, AdwBin)

void stoker_log_row_show (StokerLogRow *self, StokerLogLine *line, const StokerLogLook *look);

G_END_DECLS
