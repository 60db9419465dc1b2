/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-estimate.h"
#include "stoker-job.h"

G_BEGIN_DECLS

/* How a running job adds to its cost, as it was agreed when it was sent: kept with the job's
 * estimate. */
typedef struct
{
  StokerMoney price; /* for unit_s seconds */
  gint64 unit_s;
  gint64 increment_s;
  gint64 minimum_s;
} StokerRate;

JsonNode *stoker_rate_to_json (const StokerOffer *offer);
gboolean stoker_rate_read (StokerRate *self, StokerJob *job);
StokerMoney stoker_rate_cost (const StokerRate *self, gint64 seconds);

G_END_DECLS
