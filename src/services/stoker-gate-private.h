/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-connection.h"
#include "stoker-settings.h"

G_BEGIN_DECLS

/* A request leaves the machine only when all three are there. */
typedef struct
{
  const char *flag; /* borrowed, nullable: the provider needs none */
  gboolean is_flag_on;
  gboolean has_credentials;
  gboolean wants_live;
} StokerGate;

void stoker_gate_init (StokerGate *self,
                       StokerSettings *settings,
                       StokerConnection *connection,
                       gboolean wants_live);
gboolean stoker_gate_is_open (const StokerGate *self);
GPtrArray *stoker_gate_list_obstacles (const StokerGate *self, const StokerProfile *profile);
gboolean
stoker_gate_require_open (const StokerGate *self, const StokerProfile *profile, GError **error);
gboolean
stoker_gate_require_flag (StokerSettings *settings, const StokerProfile *profile, GError **error);

G_END_DECLS
