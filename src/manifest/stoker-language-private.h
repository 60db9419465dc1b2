/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-json.h"
#include "stoker-manifest.h"

G_BEGIN_DECLS

gboolean
stoker_language_check (const StokerJsonPlace *place, StokerManifest *manifest, GError **error);

G_END_DECLS
