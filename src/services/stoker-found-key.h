/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

#include "stoker-profile.h"

G_BEGIN_DECLS

typedef enum {
  STOKER_FOUND_IN_ENVIRONMENT,
  STOKER_FOUND_IN_FILE,
} StokerFoundPlace;

#define STOKER_TYPE_FOUND_KEY (stoker_found_key_get_type ())

/**
 * StokerFoundKey:
 *
 * A value of one auth field that lies on this computer already: in an environment variable, or in a
 * settings file of the vendor's own tool. It is shown masked, and taken over only when its user
 * says so. Immutable; the value is overwritten when it goes.
 */
G_DECLARE_FINAL_TYPE (StokerFoundKey, stoker_found_key, STOKER, FOUND_KEY, GObject)

StokerFoundKey *stoker_found_key_new (const char *profile_id,
                                      const StokerAuthField *field,
                                      StokerFoundPlace place,
                                      const char *source,
                                      const char *value);
const char *stoker_found_key_get_profile_id (StokerFoundKey *self);
const char *stoker_found_key_get_field_id (StokerFoundKey *self);
StokerFoundPlace stoker_found_key_get_place (StokerFoundKey *self);
const char *stoker_found_key_get_source (StokerFoundKey *self);
gboolean stoker_found_key_is_secret (StokerFoundKey *self);
gboolean stoker_found_key_is_credential (StokerFoundKey *self);
char *stoker_found_key_mask (StokerFoundKey *self);
const char *stoker_found_key_reveal (StokerFoundKey *self);
JsonNode *stoker_found_key_to_json (StokerFoundKey *self);

G_END_DECLS
