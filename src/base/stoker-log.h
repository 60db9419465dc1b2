/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  STOKER_LOG_ERROR,
  STOKER_LOG_WARNING,
  STOKER_LOG_INFO,
  STOKER_LOG_DEBUG,
} StokerLogLevel;

void stoker_log_install (void);
void stoker_log_set_level (StokerLogLevel level);
gboolean stoker_log_shows (StokerLogLevel level, GLogLevelFlags flags, const char *domain);

G_END_DECLS
