/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-give-advice.h"
#include "stoker-job-watch.h"
#include "stoker-price-refresh.h"

G_BEGIN_DECLS

#define STOKER_TYPE_DESK (stoker_desk_get_type ())

/**
 * StokerDesk:
 *
 * What the pages of a window share: the workspace once it is open, the workload on the desk and the
 * latest advice on it. Properties: `workspace` (nullable), `problem` (nullable text: why there is
 * none), `is-outdated` (the data are of a newer program), `advice` (nullable), `advice-problem`
 * (nullable text), `is-advising`.
 */
G_DECLARE_FINAL_TYPE (StokerDesk, stoker_desk, STOKER, DESK, GObject)

StokerDesk *stoker_desk_new (void);
StokerWorkspace *stoker_desk_get_workspace (StokerDesk *self);
void stoker_desk_set_workspace (StokerDesk *self, StokerWorkspace *workspace);
StokerJobWatch *stoker_desk_get_job_watch (StokerDesk *self);
StokerPriceRefresh *stoker_desk_get_price_refresh (StokerDesk *self);
void stoker_desk_set_problem (StokerDesk *self, const char *problem);
void stoker_desk_set_failure (StokerDesk *self, const GError *error);
const char *stoker_desk_get_problem (StokerDesk *self);
StokerWorkload *stoker_desk_get_workload (StokerDesk *self);
void stoker_desk_set_workload (StokerDesk *self, StokerWorkload *workload);
void stoker_desk_amend_workload (StokerDesk *self, StokerWorkload *workload);
void stoker_desk_offer_workload (StokerDesk *self, StokerWorkload *workload, const char *name);
StokerAdvice *stoker_desk_get_advice (StokerDesk *self);
void stoker_desk_record_advice (StokerDesk *self);
const char *stoker_desk_get_advice_problem (StokerDesk *self);
gboolean stoker_desk_is_advising (StokerDesk *self);
void stoker_desk_ask_again (StokerDesk *self);

G_END_DECLS
