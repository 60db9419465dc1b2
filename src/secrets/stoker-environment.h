/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-profile.h"

G_BEGIN_DECLS

/* Keys and settings from the environment variables a profile names. */
const char *stoker_environment_lookup (const StokerAuthField *field, const char **variable);
char *stoker_environment_list_variables (const StokerProfile *profile);

G_END_DECLS
