/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* All that is kept of the log of a job. */
void stoker_cli_log_read_async (StokerJob *job,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
char *stoker_cli_log_read_finish (GAsyncResult *result, GError **error);

G_END_DECLS
