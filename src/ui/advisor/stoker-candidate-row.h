/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "stoker-score-bar.h"

G_BEGIN_DECLS

#define STOKER_TYPE_CANDIDATE_ROW (stoker_candidate_row_get_type ())

/* An offer that could do it; opened, it shows what the cost is made of and why it stands here. It
 * looks like AdwExpanderRow, and is made of half as many widgets. */
G_DECLARE_FINAL_TYPE (
  StokerCandidateRow, stoker_candidate_row, STOKER, CANDIDATE_ROW, GtkListBoxRow)

GtkWidget *stoker_candidate_row_new (void);
void stoker_candidate_row_show (StokerCandidateRow *self,
                                const char *key,
                                StokerAdvice *advice,
                                guint index,
                                const StokerScoreScale *scale,
                                gint64 now_us);
const char *stoker_candidate_row_get_key (StokerCandidateRow *self);
StokerAdvice *stoker_candidate_row_get_advice (StokerCandidateRow *self);
guint stoker_candidate_row_get_index (StokerCandidateRow *self);
void stoker_candidate_row_set_chosen (StokerCandidateRow *self, gboolean is_chosen);
gboolean stoker_candidate_row_is_open (StokerCandidateRow *self);
void stoker_candidate_row_toggle (StokerCandidateRow *self);
gboolean stoker_candidate_row_write_line (StokerCandidateRow *self);

G_END_DECLS
