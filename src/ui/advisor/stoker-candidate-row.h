/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-advice.h"

G_BEGIN_DECLS

#define STOKER_TYPE_CANDIDATE_ROW (stoker_candidate_row_get_type ())

/* An offer that could do it; opened, it shows what the cost is made of. */
G_DECLARE_FINAL_TYPE (
  StokerCandidateRow, stoker_candidate_row, STOKER, CANDIDATE_ROW, AdwExpanderRow)

GtkWidget *stoker_candidate_row_new (StokerAdvice *advice, guint index, gint64 now_us);
void stoker_candidate_row_set_chosen (StokerCandidateRow *self, gboolean is_chosen);

G_END_DECLS
