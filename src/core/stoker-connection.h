/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job.h"
#include "stoker-provider.h"
#include "stoker-redactor.h"

G_BEGIN_DECLS

#define STOKER_TYPE_CONNECTION (stoker_connection_get_type ())

/**
 * StokerConnection:
 *
 * What a connector is given to work with: the profile, the provider's configuration and its
 * secrets, taken from the keyring for this use. Immutable once shared, atomically counted. Secrets
 * are kept in non-pageable memory and wiped with the last reference.
 */
typedef struct _StokerConnection StokerConnection;

GType stoker_connection_get_type (void) G_GNUC_CONST;
StokerConnection *
stoker_connection_new (StokerProfile *profile, StokerProvider *provider, GHashTable *secrets);
StokerConnection *
stoker_connection_new_with_files (StokerConnection *other, GHashTable *config, GHashTable *secrets);
StokerConnection *stoker_connection_ref (StokerConnection *self);
void stoker_connection_unref (StokerConnection *self);
void stoker_connection_describe (StokerConnection *self, JsonNode *description);
JsonNode *stoker_connection_get_description (StokerConnection *self);
StokerProfile *stoker_connection_get_profile (StokerConnection *self);
const char *stoker_connection_get_provider_id (StokerConnection *self);
const char *stoker_connection_get_base_url (StokerConnection *self);
const char *stoker_connection_get_config (StokerConnection *self, const char *key);
gboolean stoker_connection_has_config (StokerConnection *self, const char *key);
const char *stoker_connection_get_secret (StokerConnection *self, const char *field);
gboolean stoker_connection_has_credentials (StokerConnection *self);
StokerRedactor *stoker_connection_get_redactor (StokerConnection *self);

/* What is in files: secrets, and what a file fills in. */
gboolean stoker_connection_has_open_files (StokerConnection *self);
gboolean stoker_connection_is_in_file (StokerConnection *self, const char *field);
gboolean stoker_connection_has_unread_files (StokerConnection *self, const char *const *fields);
void stoker_connection_open_files_async (StokerConnection *self,
                                         const char *const *fields,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
StokerConnection *stoker_connection_open_files_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerConnection, stoker_connection_unref)

G_END_DECLS
