/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-cli-context.h"

G_BEGIN_DECLS

/* What the verbs on providers share. */
StokerProvider *stoker_cli_provider_find (StokerCliContext *context, GError **error);
StokerProvider *
stoker_cli_provider_find_named (StokerCliContext *context, const char *advice, GError **error);
void stoker_cli_provider_print (StokerCliContext *context, StokerProvider *provider);
GHashTable *stoker_cli_provider_read_settings (StokerCliContext *context,
                                               const StokerProfile *profile,
                                               GError **error);
gboolean
stoker_cli_provider_read_priority (StokerCliContext *context, int *priority, GError **error);
void stoker_cli_provider_read_secrets_async (StokerCliContext *context,
                                             StokerProfile *profile,
                                             GAsyncReadyCallback callback,
                                             gpointer user_data);
gboolean stoker_cli_provider_read_secrets_finish (StokerCliContext *context,
                                                  GAsyncResult *result,
                                                  GHashTable **secrets,
                                                  GError **error);
void stoker_cli_provider_note_keyring (StokerCliContext *context);

G_END_DECLS
