/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-run.h"

G_BEGIN_DECLS

/* A thing that a record rule found in an answer. */
typedef struct
{
  JsonNode *rule;     /* borrowed */
  JsonNode *item;     /* owned, nullable: the body of the answer itself */
  StokerScope *scope; /* owned: its fields, above what the operation knows */
} StokerRecord;

GPtrArray *stoker_records_read (JsonNode *rules, const StokerRun *run, GError **error);

G_END_DECLS
