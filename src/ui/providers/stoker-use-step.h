/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_USE_STEP (stoker_use_step_get_type ())

/**
 * StokerUseStep:
 *
 * The last step of a set-up: whether requests may be live, consent to the risk of a market, and the
 * provider's place among the others. Nothing is changed before it is applied.
 */
G_DECLARE_FINAL_TYPE (StokerUseStep, stoker_use_step, STOKER, USE_STEP, AdwBin)

void stoker_use_step_show (StokerUseStep *self,
                           StokerWorkspace *workspace,
                           StokerProfile *profile,
                           StokerProvider *provider);
void stoker_use_step_apply (StokerUseStep *self);

G_END_DECLS
