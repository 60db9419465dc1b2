/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-log-model.h"

G_BEGIN_DECLS

#define STOKER_TYPE_LOG_FEED (stoker_log_feed_get_type ())

/**
 * StokerLogFeed:
 *
 * Fills a log from a file, a piece at a time, and goes on where it stopped when the file grew.
 * Properties: is-reading, error (a sentence for people, %NULL while all is well).
 */
G_DECLARE_FINAL_TYPE (StokerLogFeed, stoker_log_feed, STOKER, LOG_FEED, GObject)

StokerLogFeed *stoker_log_feed_new (StokerLogModel *model, const char *path);
void stoker_log_feed_pull (StokerLogFeed *self);
void stoker_log_feed_stop (StokerLogFeed *self);
const char *stoker_log_feed_get_path (StokerLogFeed *self);
gboolean stoker_log_feed_is_reading (StokerLogFeed *self);
const char *stoker_log_feed_get_error (StokerLogFeed *self);

G_END_DECLS
