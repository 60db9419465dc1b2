/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-offer-table.h"
#include "stoker-run.h"

G_BEGIN_DECLS

/* What a finished operation says, in the words of core. */
StokerHealth *stoker_run_read_health (const StokerRun *run);
StokerOfferTable *
stoker_run_read_offers (const StokerRun *run, StokerCatalog *catalog, GError **error);
StokerJobReport *stoker_run_read_job (const StokerRun *run, int fallback, GError **error);
StokerJobReport *
stoker_run_read_accepted_job (const StokerRun *run, GError *mistake, GError **error);
StokerJobReport *stoker_run_read_failed_job (const StokerRun *run);
JsonNode *stoker_run_read_handle (const StokerRun *run);
GPtrArray *stoker_run_read_found_jobs (const StokerRun *run, GError **error);
gboolean stoker_run_read_outputs (const StokerRun *run, StokerJobReport *report, GError **error);

G_END_DECLS
