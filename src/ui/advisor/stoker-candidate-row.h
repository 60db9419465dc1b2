/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-score-bar.h"

G_BEGIN_DECLS

#define STOKER_TYPE_CANDIDATE_ROW (stoker_candidate_row_get_type ())

/* An offer that could do it; opened, it shows what the cost is made of and why it stands here. */
G_DECLARE_FINAL_TYPE (
  StokerCandidateRow, stoker_candidate_row, STOKER, CANDIDATE_ROW, AdwExpanderRow)

GtkWidget *stoker_candidate_row_new (void);
void stoker_candidate_row_show (StokerCandidateRow *self,
                                StokerAdvice *advice,
                                guint index,
                                const StokerScoreScale *scale,
                                gint64 now_us);
guint stoker_candidate_row_get_index (StokerCandidateRow *self);
void stoker_candidate_row_set_chosen (StokerCandidateRow *self, gboolean is_chosen);

G_END_DECLS
