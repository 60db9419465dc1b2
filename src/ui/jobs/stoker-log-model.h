/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define STOKER_TYPE_LOG_MODEL (stoker_log_model_get_type ())

/**
 * StokerLogModel:
 *
 * A log as a list of #StokerLogLine, for a million lines and more. The text is kept in blocks, a
 * line becomes an object when somebody asks for it, and adding costs what is added. Over 256 MiB
 * the oldest lines go.
 */
G_DECLARE_FINAL_TYPE (StokerLogModel, stoker_log_model, STOKER, LOG_MODEL, GObject)

StokerLogModel *stoker_log_model_new (void);
void stoker_log_model_append (StokerLogModel *self, const char *text, gsize length);
void stoker_log_model_update (StokerLogModel *self, const char *text);
void stoker_log_model_clear (StokerLogModel *self);
guint64 stoker_log_model_get_first_line (StokerLogModel *self);
const char *stoker_log_model_peek_line (StokerLogModel *self, guint position);
GPtrArray *stoker_log_model_list_blocks (StokerLogModel *self, guint64 from_line, gsize max_bytes);

G_END_DECLS
