/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-profile.h"

G_BEGIN_DECLS

#define STOKER_TYPE_PLAN_ROW (stoker_plan_row_get_type ())

/* A plan of a provider; opened, it shows each price with its source and age. */
G_DECLARE_FINAL_TYPE (StokerPlanRow, stoker_plan_row, STOKER, PLAN_ROW, AdwExpanderRow)

GtkWidget *stoker_plan_row_new (StokerProfile *profile, const StokerPlan *plan, gint64 now_us);

G_END_DECLS
