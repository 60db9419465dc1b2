/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-profile.h"

G_BEGIN_DECLS

GHashTable *stoker_cli_secrets_new (void);
GHashTable *
stoker_cli_secrets_parse (const char *text, const StokerProfile *profile, GError **error);
void stoker_cli_secrets_wipe (char *text);

G_END_DECLS
