/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_PROVIDER_RECORD (stoker_provider_record_get_type ())

/* What has become of a provider so far: its last check, what was spent there, its latest jobs. */
G_DECLARE_FINAL_TYPE (StokerProviderRecord, stoker_provider_record, STOKER, PROVIDER_RECORD, AdwBin)

void stoker_provider_record_set_provider (StokerProviderRecord *self,
                                          StokerWorkspace *workspace,
                                          StokerProvider *provider);

G_END_DECLS
