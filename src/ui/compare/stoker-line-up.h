/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-advice.h"
#include "stoker-chart-model.h"

G_BEGIN_DECLS

/* As many as have a colour of their own. */
#define STOKER_LINE_UP_COLORS 8

#define STOKER_TYPE_LINE_UP (stoker_line_up_get_type ())

/**
 * StokerLineUp:
 *
 * The candidates of an advice that are compared, and the volume they are compared at. Knows no
 * widget and no display. Immutable, atomically counted.
 */
typedef struct _StokerLineUp StokerLineUp;
struct _StokerLineUp
{
  StokerAdvice *advice;     /* owned: keeps the candidates alive */
  GPtrArray *candidates;    /* of const StokerCandidate, best first */
  GPtrArray *palette;       /* of const StokerCandidate, by colour */
  gint64 outputs_per_month; /* or jobs */
  gboolean counts_jobs;     /* the workload does not say how many outputs it makes */
  char currency[4];         /* of the charts; empty: no cost is known */

  gatomicrefcount ref_count; /*< private >*/
};

GType stoker_line_up_get_type (void) G_GNUC_CONST;
StokerLineUp *stoker_line_up_new (StokerAdvice *advice, guint limit, gint64 outputs_per_month);
StokerLineUp *stoker_line_up_ref (StokerLineUp *self);
void stoker_line_up_unref (StokerLineUp *self);

gboolean stoker_line_up_counts_jobs (const StokerAdvice *advice);
gint64 stoker_line_up_suggest_volume (const StokerAdvice *advice);
guint stoker_line_up_get_color (const StokerLineUp *self, const StokerCandidate *candidate);
int stoker_line_up_find_chosen (const StokerLineUp *self);
double stoker_line_up_get_amount (const StokerLineUp *self, StokerMoney money);
char *stoker_line_up_explain (const StokerLineUp *self,
                              const StokerCandidate *candidate,
                              StokerMoney cost);
StokerChartSeries *stoker_line_up_add_series (const StokerLineUp *self,
                                              StokerChartModel *model,
                                              const StokerCandidate *candidate);
void stoker_line_up_add_categories (const StokerLineUp *self, StokerChartModel *model);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerLineUp, stoker_line_up_unref)

G_END_DECLS
