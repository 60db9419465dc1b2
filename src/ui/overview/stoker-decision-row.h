/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-decision.h"

G_BEGIN_DECLS

#define STOKER_TYPE_DECISION_ROW (stoker_decision_row_get_type ())

/* What waits for a person, with a button for the next step. */
G_DECLARE_FINAL_TYPE (StokerDecisionRow, stoker_decision_row, STOKER, DECISION_ROW, AdwActionRow)

GtkWidget *stoker_decision_row_new (StokerDecision *decision);

G_END_DECLS
