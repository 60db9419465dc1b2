/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-cli-context.h"

G_BEGIN_DECLS

void stoker_cli_action_run (StokerCliContext *context,
                            GTask *task,
                            StokerProvider *provider,
                            const char *action,
                            JsonNode *input);
void stoker_cli_action_run_with_settings (StokerCliContext *context,
                                          GTask *task,
                                          StokerProvider *provider,
                                          const char *action);
GHashTable *stoker_cli_action_read_settings (StokerCliContext *context, GError **error);
JsonNode *stoker_cli_action_find (JsonNode *list, const char *id);

G_END_DECLS
