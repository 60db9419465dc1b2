/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-auth-form.h"
#include "stoker-workspace.h"

G_BEGIN_DECLS

/* What a filled form makes of the registry. */

guint stoker_setup_find_free_number (StokerWorkspace *workspace, const StokerProfile *profile);
JsonNode *stoker_setup_build_entry (StokerWorkspace *workspace,
                                    const StokerProfile *profile,
                                    const char *name,
                                    StokerAuthForm *form);
void stoker_setup_change_entry (StokerProvider *provider, const char *name, StokerAuthForm *form);

G_END_DECLS
