/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-run-job.h"

G_BEGIN_DECLS

/* Where a job goes when it cannot run where it was sent: the candidates of its own advice that come
 * after the chosen one, kept with its estimate as `alternatives`, the next one first. */
void stoker_fallback_record (StokerWorkspace *workspace,
                             const StokerSubmission *submission,
                             JsonNode *estimate);
gboolean stoker_fallback_has_next (StokerWorkspace *workspace, StokerJob *job);
gboolean stoker_fallback_take_next (StokerWorkspace *workspace, StokerJob *job);

G_END_DECLS
