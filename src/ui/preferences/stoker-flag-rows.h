/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

/* Adds a switch for each feature flag to a group, with the providers it allows. */
void stoker_flag_rows_add (AdwPreferencesGroup *group, StokerWorkspace *workspace);

G_END_DECLS
