/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "stoker-advice.h"

G_BEGIN_DECLS

#define STOKER_TYPE_SCORE_BAR (stoker_score_bar_get_type ())

/* What stands against a candidate, as one stacked bar of the terms of its score: the shorter, the
 * better. Terms that are the same for every candidate do not decide, and are left out. */
G_DECLARE_FINAL_TYPE (StokerScoreBar, stoker_score_bar, STOKER, SCORE_BAR, GtkWidget)

/* What the bars of an advice have in common. Borrows from nothing: names of terms are static. */
typedef struct
{
  const char *names[12]; /* of the terms that decide */
  guint n_names;
  double full_scale; /* the worst score */
} StokerScoreScale;

void stoker_score_scale_init (StokerScoreScale *self, const StokerAdvice *advice);
void stoker_score_bar_show (StokerScoreBar *self,
                            const StokerCandidate *candidate,
                            const StokerScoreScale *scale);

G_END_DECLS
