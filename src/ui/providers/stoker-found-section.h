/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_FOUND_SECTION (stoker_found_section_get_type ())

/**
 * StokerFoundSection:
 *
 * The providers whose keys lie on this computer and that are not registered yet, above the gallery.
 * Hidden while there are none. Signal: `chosen` (with the profile).
 */
G_DECLARE_FINAL_TYPE (StokerFoundSection, stoker_found_section, STOKER, FOUND_SECTION, AdwBin)

void stoker_found_section_search (StokerFoundSection *self, StokerWorkspace *workspace);

G_END_DECLS
