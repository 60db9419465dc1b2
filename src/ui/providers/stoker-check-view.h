/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-health.h"
#include "stoker-profile.h"

G_BEGIN_DECLS

#define STOKER_TYPE_CHECK_VIEW (stoker_check_view_get_type ())

/* How a check goes, line by line, and what came of it. */
G_DECLARE_FINAL_TYPE (StokerCheckView, stoker_check_view, STOKER, CHECK_VIEW, AdwBin)

void stoker_check_view_start (StokerCheckView *self, const char *name);
void stoker_check_view_skip (StokerCheckView *self, const StokerProfile *profile);
void stoker_check_view_hold (StokerCheckView *self, const StokerProfile *profile);
void stoker_check_view_finish (StokerCheckView *self,
                               const StokerProfile *profile,
                               const StokerHealth *health);

G_END_DECLS
