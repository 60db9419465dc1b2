/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_PROVIDER_MACHINES (stoker_provider_machines_get_type ())

/* What is rented at a provider, asked for when its user wants to know, and how to end it. Hides
 * itself where Stoker cannot list machines. */
G_DECLARE_FINAL_TYPE (
  StokerProviderMachines, stoker_provider_machines, STOKER, PROVIDER_MACHINES, AdwBin)

void stoker_provider_machines_set_provider (StokerProviderMachines *self,
                                            StokerWorkspace *workspace,
                                            StokerProvider *provider);

G_END_DECLS
