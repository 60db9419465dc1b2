/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job-report.h"

G_BEGIN_DECLS

/* Outputs that came with the answer to a submit are paid for and exist nowhere else: which files
 * hold them is written beside them, under the unique name of the attempt, before anybody hears of
 * it. */
void stoker_spool_write_async (StokerJobReport *report,
                               const char *output_dir,
                               const char *token,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean stoker_spool_write_finish (GAsyncResult *result, GError **error);
StokerJobReport *stoker_spool_read (const char *output_dir, const char *token);

G_END_DECLS
