/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is longer is cut: the rest of such a line is dropped. */
#define STOKER_LINE_MAX_BYTES (64 * 1024)

typedef void (*StokerLineFunc) (const char *line, gpointer user_data);

/* Makes lines of the pieces in which text arrives. A carriage return ends a line as well, as
 * progress bars use it. */
typedef struct
{
  GString *pending;      /* owned */
  gboolean after_return; /* the next line feed belongs to the return before it */
} StokerLineSplitter;

void stoker_line_splitter_init (StokerLineSplitter *self);
void stoker_line_splitter_clear (StokerLineSplitter *self);
void stoker_line_splitter_feed (StokerLineSplitter *self,
                                const char *data,
                                gsize length,
                                StokerLineFunc func,
                                gpointer user_data);
void stoker_line_splitter_end (StokerLineSplitter *self, StokerLineFunc func, gpointer user_data);

G_END_DECLS
