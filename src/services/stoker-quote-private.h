/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-advice.h"
#include "stoker-workspace.h"

G_BEGIN_DECLS

/* What a submission is expected to cost and on what it runs, as it is kept with the job. */
typedef struct
{
  JsonNode *json; /* owned, nullable: the estimate with the members "rate" and "target" */
  StokerMoney total;
  char *plan_id;  /* owned, nullable */
  char *gpu;      /* owned, nullable */
  char *region;   /* owned, nullable */
  char *offer_id; /* owned, nullable */
  int gpus;
  StokerEstimate *price; /* owned, nullable: of this one request, where the provider's manifest
                            tells it; then it is the total */
} StokerQuote;

/* What its user insists on, where no candidate of an advice was chosen. */
typedef struct
{
  const char *plan_id; /* nullable: whichever is cheapest */
  const char *gpu;     /* nullable: whichever is cheapest; as people write its name */
} StokerQuoteWish;

gboolean stoker_quote_init (StokerQuote *self,
                            StokerWorkspace *workspace,
                            StokerProvider *provider,
                            StokerWorkload *workload,
                            const StokerCandidate *candidate,
                            const StokerQuoteWish *wish,
                            GError **error);
gboolean stoker_quote_take_price (StokerQuote *self,
                                  StokerWorkspace *workspace,
                                  StokerProvider *provider,
                                  StokerWorkload *workload,
                                  GError **error);
void stoker_quote_clear (StokerQuote *self);
gboolean stoker_quote_is_by_request (JsonNode *estimate);

G_END_DECLS
