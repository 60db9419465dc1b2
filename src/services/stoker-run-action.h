/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-json.h"
#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_ACTION_LAUNCH "machines.launch"
#define STOKER_ACTION_STOP "machines.stop"
#define STOKER_ACTION_TERMINATE "machines.terminate"

/* Use case: what a provider can do beside jobs, as its manifest tells: scale an endpoint, pause it;
 * rent, stop and end a machine. Most of it costs, or ends what others may use, so without the wish
 * to do it live it only shows what would be sent. */
JsonNode *stoker_list_actions (StokerWorkspace *workspace, StokerProvider *provider);
gboolean
stoker_provider_can (StokerWorkspace *workspace, StokerProvider *provider, const char *action);
JsonNode *stoker_action_read_input (JsonNode *action, GHashTable *texts, GError **error);

/* An action for people. */
char *stoker_action_describe (JsonNode *action);
char *stoker_action_read_words (const StokerJsonPlace *place, const char *member);
char *stoker_action_read_default (const StokerJsonPlace *parameter);

void stoker_run_action_async (StokerWorkspace *workspace,
                              StokerProvider *provider,
                              const char *action,
                              JsonNode *input,
                              gboolean is_live,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
JsonNode *stoker_run_action_finish (GAsyncResult *result, GError **error);

G_END_DECLS
