/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-found-key.h"
#include "stoker-provider.h"

G_BEGIN_DECLS

#define STOKER_TYPE_AUTH_FORM (stoker_auth_form_get_type ())

/**
 * StokerAuthForm:
 *
 * The form that a profile's auth fields ask for. Properties: `is-valid` (every required field is
 * filled and every value has the right shape), `missing` (nullable text: what is still to be filled
 * in). What is typed into a secret field stays in the
 * entry's own memory until it is asked for.
 */
G_DECLARE_FINAL_TYPE (StokerAuthForm, stoker_auth_form, STOKER, AUTH_FORM, AdwBin)

void stoker_auth_form_set_profile (StokerAuthForm *self,
                                   StokerProfile *profile,
                                   StokerProvider *provider);
gboolean stoker_auth_form_get_is_valid (StokerAuthForm *self);
GHashTable *stoker_auth_form_list_config (StokerAuthForm *self);
GHashTable *stoker_auth_form_list_secrets (StokerAuthForm *self);
void stoker_auth_form_take_keys (StokerAuthForm *self, GPtrArray *keys);
void stoker_auth_form_focus (StokerAuthForm *self);
void stoker_auth_form_forget_secrets (StokerAuthForm *self);

G_END_DECLS
