/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-run.h"

G_BEGIN_DECLS

/* Tokens that are asked for with the steps of the manifest's `auth`, for @run and those after it.
 */
gboolean stoker_authorise_from_memory (StokerRun *run, gboolean must_be_new);
StokerRun *stoker_authorise_make_run (const StokerRun *run);
gboolean stoker_authorise_take (StokerRun *run, const StokerRun *asked, GError **error);

G_END_DECLS
