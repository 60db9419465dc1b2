/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workspace.h"

G_BEGIN_DECLS

const char *stoker_phrase_provider_name (StokerProvider *provider);
const char *stoker_phrase_template_name (const StokerProfile *profile);
const char *stoker_phrase_provider_of (StokerWorkspace *workspace, const char *id);
const char *stoker_phrase_provider_written (StokerProvider *provider, const char *written);

G_END_DECLS
