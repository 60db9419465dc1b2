/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-capabilities.h"
#include "stoker-gate-private.h"

G_BEGIN_DECLS

/* What goes into the answer to a submission that stays here. Everything is borrowed. */
typedef struct
{
  StokerConnection *connection;
  const StokerGate *gate;
  const char *id;        /* deterministic: mock-<provider>-<number> */
  GPtrArray *requests;   /* nullable, of StokerRenderedRequest */
  const GError *problem; /* nullable: why nothing could be rendered */
  JsonNode *estimate;    /* nullable */
  char **acknowledged;   /* nullable: warnings its user has confirmed */
} StokerEnvelope;

JsonNode *stoker_envelope_to_json (const StokerEnvelope *self);

G_END_DECLS
