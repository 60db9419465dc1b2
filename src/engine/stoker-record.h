/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-run.h"

G_BEGIN_DECLS

/* A list from outside is read no further than this. */
#define STOKER_MAX_RECORDS 10000

/* Called for each thing that a rule finds; @item is its JSON and @record has its fields. FALSE
 * stops. */
typedef gboolean (*StokerRecordFunc) (
  JsonNode *rule, JsonNode *item, const StokerScope *record, gpointer user_data, GError **error);

gboolean stoker_records_read (
  JsonNode *rule, const StokerRun *run, StokerRecordFunc func, gpointer user_data, GError **error);

G_END_DECLS
