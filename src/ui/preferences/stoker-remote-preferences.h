/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_REMOTE_PREFERENCES (stoker_remote_preferences_get_type ())

/* The page of the preferences about providers and the jobs sent to them. */
G_DECLARE_FINAL_TYPE (StokerRemotePreferences,
                      stoker_remote_preferences,
                      STOKER,
                      REMOTE_PREFERENCES,
                      AdwPreferencesPage)

void stoker_remote_preferences_show (StokerRemotePreferences *self, StokerWorkspace *workspace);

G_END_DECLS
