/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-run.h"

G_BEGIN_DECLS

gboolean stoker_authorise_from_memory (StokerRun *run, gboolean must_be_new);

/* Asks for a token with the steps of the manifest's `auth`, for @run and those after it. */
void stoker_authorise_async (StokerRun *run,
                             StokerHttpClient *client,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean stoker_authorise_finish (GAsyncResult *result, GError **error);

G_END_DECLS
