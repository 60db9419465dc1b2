/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-catalog.h"
#include "stoker-json.h"

G_BEGIN_DECLS

/* The provider of tests/data/catalog/example.json, for tests of what is made of profiles. */
char *example_profile_load_text (void);
StokerCatalog *example_profile_load_catalog (void);

G_END_DECLS
