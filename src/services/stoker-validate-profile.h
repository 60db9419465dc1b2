/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-profile.h"

G_BEGIN_DECLS

StokerProfile *stoker_validate_profile (JsonNode *document, const char *file, GError **error);

G_END_DECLS
