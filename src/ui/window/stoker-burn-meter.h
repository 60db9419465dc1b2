/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "stoker-outlook.h"

G_BEGIN_DECLS

#define STOKER_TYPE_BURN_METER (stoker_burn_meter_get_type ())

/* At the foot of the sidebar: what runs costs an hour, and what was spent today. */
G_DECLARE_FINAL_TYPE (StokerBurnMeter, stoker_burn_meter, STOKER, BURN_METER, GtkButton)

void stoker_burn_meter_set_outlook (StokerBurnMeter *self, StokerOutlook *outlook);

G_END_DECLS
