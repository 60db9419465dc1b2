/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-catalog.h"
#include "stoker-health.h"
#include "stoker-json.h"
#include "stoker-profile.h"

G_BEGIN_DECLS

#define STOKER_TYPE_PROVIDER (stoker_provider_get_type ())

/**
 * StokerProvider:
 *
 * A user's registered instance of a profile, in the entry form of the seeds. Holds no secret: those
 * are in the keyring under the provider's id. A change is made through its setters by the registry
 * service alone, on the main thread.
 */
G_DECLARE_FINAL_TYPE (StokerProvider, stoker_provider, STOKER, PROVIDER, GObject)

#define STOKER_PROVIDER_LOCAL_ID "local"

StokerProvider *stoker_provider_new_from_profile (StokerProfile *profile, const char *id);
StokerProvider *stoker_provider_decode (const StokerJsonPlace *place,
                                        StokerCatalog *catalog,
                                        GHashTable *secrets,
                                        GError **error);
StokerProvider *stoker_provider_copy (StokerProvider *self);
JsonNode *stoker_provider_to_json (StokerProvider *self);

const char *stoker_provider_get_id (StokerProvider *self);
const char *stoker_provider_get_name (StokerProvider *self);
const char *stoker_provider_get_kind (StokerProvider *self);
const char *stoker_provider_get_service (StokerProvider *self);
const char *stoker_provider_get_template_id (StokerProvider *self);
const char *stoker_provider_get_base_url (StokerProvider *self);
gboolean stoker_provider_get_active (StokerProvider *self);
int stoker_provider_get_priority (StokerProvider *self);
const char *stoker_provider_get_config (StokerProvider *self, const char *key);
GHashTable *stoker_provider_list_config (StokerProvider *self);
JsonObject *stoker_provider_get_meta (StokerProvider *self);
gboolean stoker_provider_get_opted_in (StokerProvider *self);
StokerHealth *stoker_provider_get_health (StokerProvider *self);

void stoker_provider_set_name (StokerProvider *self, const char *name);
void stoker_provider_set_base_url (StokerProvider *self, const char *base_url);
void stoker_provider_set_active (StokerProvider *self, gboolean active);
void stoker_provider_set_priority (StokerProvider *self, int priority);
void stoker_provider_set_config (StokerProvider *self, const char *key, const char *value);
void stoker_provider_set_opted_in (StokerProvider *self, gboolean opted_in);
void stoker_provider_set_health (StokerProvider *self, StokerHealth *health);

G_END_DECLS
