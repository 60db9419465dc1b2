/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job-pricer.h"
#include "stoker-request-parameters.h"

G_BEGIN_DECLS

StokerJobPricer *stoker_find_job_pricer (StokerWorkspace *workspace,
                                         const char *provider_id,
                                         StokerConnection **connection);
StokerJobRequest stoker_describe_unsent_request (StokerWorkload *workload,
                                                 const StokerOffer *offer);

G_END_DECLS
