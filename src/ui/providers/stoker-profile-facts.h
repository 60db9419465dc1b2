/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-profile.h"

G_BEGIN_DECLS

#define STOKER_TYPE_PROFILE_FACTS (stoker_profile_facts_get_type ())

/* What the catalog knows of a provider: prices with source and age, strong and weak points, places,
 * links. */
G_DECLARE_FINAL_TYPE (StokerProfileFacts, stoker_profile_facts, STOKER, PROFILE_FACTS, AdwBin)

void stoker_profile_facts_set_profile (StokerProfileFacts *self, StokerProfile *profile);

G_END_DECLS
