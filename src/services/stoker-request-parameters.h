/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-advice.h"
#include "stoker-workspace.h"

G_BEGIN_DECLS

/* Use case: what a request to a provider can be told, such as prompt, size and duration, and
 * telling it. Asks neither network nor keyring. */
JsonNode *stoker_list_request_parameters (StokerWorkspace *workspace,
                                          const char *provider_id,
                                          StokerWorkload *workload,
                                          const StokerOffer *offer);
StokerWorkload *stoker_set_request_parameters (StokerWorkspace *workspace,
                                               const char *provider_id,
                                               StokerWorkload *workload,
                                               const StokerOffer *offer,
                                               GHashTable *texts,
                                               GError **error);
JsonNode *stoker_parameters_read (JsonNode *parameters, GHashTable *texts, GError **error);

G_END_DECLS
