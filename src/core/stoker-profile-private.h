/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-json.h"
#include "stoker-profile.h"

G_BEGIN_DECLS

StokerProfile *stoker_profile_new (void);
void stoker_auth_field_free (StokerAuthField *self);
void stoker_region_free (StokerRegion *self);
void stoker_key_file_free (StokerKeyFile *self);
void stoker_correction_free (StokerCorrection *self);
gpointer stoker_auth_field_decode (const StokerJsonPlace *place, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerAuthField, stoker_auth_field_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerRegion, stoker_region_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerKeyFile, stoker_key_file_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerCorrection, stoker_correction_free)

G_END_DECLS
