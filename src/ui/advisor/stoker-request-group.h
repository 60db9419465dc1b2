/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-desk.h"

G_BEGIN_DECLS

#define STOKER_TYPE_REQUEST_GROUP (stoker_request_group_get_type ())

/* What the provider that would be run wants to be told: a row for each parameter it describes. What
 * is told goes to the workload on the desk. Hidden where a provider describes none. Signal: `told`.
 */
G_DECLARE_FINAL_TYPE (
  StokerRequestGroup, stoker_request_group, STOKER, REQUEST_GROUP, AdwPreferencesGroup)

void stoker_request_group_show (StokerRequestGroup *self,
                                StokerDesk *desk,
                                const StokerCandidate *candidate);

G_END_DECLS
