/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-secret-store.h"

G_BEGIN_DECLS

typedef enum {
  STOKER_KEYRING_LOOKUP,
  STOKER_KEYRING_SAVE,
  STOKER_KEYRING_CLEAR,
  STOKER_KEYRING_UNLOCK,
} StokerKeyringVerb;

/* One request to the Secret Service. */
typedef struct
{
  StokerKeyringVerb verb;
  char *provider_id;   /* owned, nullable for unlock */
  char *label;         /* owned, nullable: of what is saved */
  GHashTable *secrets; /* owned: what is saved, or what was found */
  guint timeout_ms;
} StokerKeyringRequest;

/* How it went. */
typedef struct
{
  StokerKeyringState state;
  char *detail;        /* owned, nullable: what the service said, when it refused */
  GHashTable *secrets; /* owned, nullable: what was found */
} StokerKeyringAnswer;

StokerKeyringRequest *
stoker_keyring_request_new (StokerKeyringVerb verb, const char *provider_id, guint timeout_ms);
void stoker_keyring_request_free (StokerKeyringRequest *self);
void stoker_keyring_answer_free (StokerKeyringAnswer *self);

void stoker_keyring_run_async (StokerKeyringRequest *request,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
StokerKeyringAnswer *stoker_keyring_run_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerKeyringRequest, stoker_keyring_request_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerKeyringAnswer, stoker_keyring_answer_free)

G_END_DECLS
