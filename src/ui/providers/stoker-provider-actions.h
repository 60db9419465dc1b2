/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_PROVIDER_ACTIONS (stoker_provider_actions_get_type ())

/* What a provider can do beside jobs. Hides itself where that is nothing. */
G_DECLARE_FINAL_TYPE (
  StokerProviderActions, stoker_provider_actions, STOKER, PROVIDER_ACTIONS, AdwBin)

void stoker_provider_actions_set_provider (StokerProviderActions *self,
                                           StokerWorkspace *workspace,
                                           StokerProvider *provider);

G_END_DECLS
