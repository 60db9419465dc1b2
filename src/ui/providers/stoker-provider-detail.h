/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_PROVIDER_DETAIL (stoker_provider_detail_get_type ())

/* All about one registered provider, and what can be changed. Signal: `removed`. */
G_DECLARE_FINAL_TYPE (StokerProviderDetail, stoker_provider_detail, STOKER, PROVIDER_DETAIL, AdwBin)

void stoker_provider_detail_write_anew (StokerProviderDetail *self);
void stoker_provider_detail_set_provider (StokerProviderDetail *self,
                                          StokerWorkspace *workspace,
                                          StokerProvider *provider);

G_END_DECLS
