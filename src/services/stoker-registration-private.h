/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-json.h"
#include "stoker-provider.h"

G_BEGIN_DECLS

/* Reads what somebody wants registered: the template form or a whole entry. Secrets found in it go
 * to @secrets. */
StokerProvider *stoker_registration_decode (const StokerJsonPlace *place,
                                            StokerCatalog *catalog,
                                            GHashTable *secrets,
                                            GError **error);
gboolean stoker_registration_check_secrets (const StokerProfile *profile,
                                            const StokerJsonPlace *place,
                                            GHashTable *secrets,
                                            GError **error);
gboolean stoker_registration_check_provider (const StokerProfile *profile,
                                             StokerProvider *provider,
                                             GHashTable *secrets,
                                             GError **error);
gboolean stoker_registration_is_template_form (const StokerJsonPlace *place);

G_END_DECLS
