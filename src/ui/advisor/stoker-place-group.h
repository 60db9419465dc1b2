/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-workload-draft.h"
#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_PLACE_GROUP (stoker_place_group_get_type ())

/* Where the work may go: countries, regions, providers. Signal: `changed`. */
G_DECLARE_FINAL_TYPE (
  StokerPlaceGroup, stoker_place_group, STOKER, PLACE_GROUP, AdwPreferencesGroup)

void stoker_place_group_set_workspace (StokerPlaceGroup *self, StokerWorkspace *workspace);
void stoker_place_group_fill (StokerPlaceGroup *self, const StokerWorkloadDraft *draft);
void stoker_place_group_collect (StokerPlaceGroup *self, StokerWorkloadDraft *draft);

G_END_DECLS
