/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-cli-context.h"

G_BEGIN_DECLS

/* `--refresh`, an option of the verbs that use prices, and what it needs beside the registry. */
#define STOKER_CLI_REFRESH_PARTS (STOKER_WORKSPACE_REGISTRY | STOKER_WORKSPACE_SECRETS)

void stoker_cli_refresh_async (StokerCliContext *context,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean stoker_cli_refresh_finish (StokerCliContext *context,
                                    GAsyncResult *result,
                                    gboolean *is_complete,
                                    GError **error);
void stoker_cli_refresh_print_ages (StokerCliContext *context);

G_END_DECLS
