/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-run.h"

G_BEGIN_DECLS

/* Loads the outputs of @report into a folder, one after the other; they get path and media_type. */
void stoker_output_fetch_async (StokerRun *run,
                                StokerJobReport *report,
                                const char *output_dir,
                                StokerHttpClient *client,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
StokerJobReport *stoker_output_fetch_finish (GAsyncResult *result, GError **error);

G_END_DECLS
