/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_KEYRING_BANNER (stoker_keyring_banner_get_type ())

/* Says what is wrong with the keyring, with the way out; shows nothing when it is well. */
G_DECLARE_FINAL_TYPE (StokerKeyringBanner, stoker_keyring_banner, STOKER, KEYRING_BANNER, AdwBin)

void stoker_keyring_banner_set_workspace (StokerKeyringBanner *self, StokerWorkspace *workspace);

G_END_DECLS
