/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Some hundred kilobytes of whole lines. Counted; one that is full never changes again, so that
 * threads may read it. */
typedef struct _StokerLogBlock StokerLogBlock;

StokerLogBlock *stoker_log_block_new (guint64 first_line);
StokerLogBlock *stoker_log_block_copy (StokerLogBlock *self);
StokerLogBlock *stoker_log_block_ref (StokerLogBlock *self);
void stoker_log_block_unref (StokerLogBlock *self);
void stoker_log_block_push (StokerLogBlock *self, const char *line, gsize length);
void stoker_log_block_pop (StokerLogBlock *self);
gboolean stoker_log_block_is_full (StokerLogBlock *self);
guint64 stoker_log_block_get_first_line (StokerLogBlock *self);
guint stoker_log_block_get_length (StokerLogBlock *self);
gsize stoker_log_block_get_bytes (StokerLogBlock *self);
const char *stoker_log_block_get_line (StokerLogBlock *self, guint index);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerLogBlock, stoker_log_block_unref)

G_END_DECLS
