/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-cli-context.h"

G_BEGIN_DECLS

void stoker_cli_call_run_async (StokerCliContext *context,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
int stoker_cli_call_run_finish (StokerCliContext *context, GAsyncResult *result, GError **error);
int stoker_cli_call_run_here (StokerCliContext *context);

G_END_DECLS
