/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-outlook.h"
#include "stoker-page.h"

G_BEGIN_DECLS

#define STOKER_TYPE_OVERVIEW_PAGE (stoker_overview_page_get_type ())

/* At a glance: what runs, what it costs, what waits for a person, and what came of it. */
G_DECLARE_FINAL_TYPE (StokerOverviewPage, stoker_overview_page, STOKER, OVERVIEW_PAGE, StokerPage)

void stoker_overview_page_set_outlook (StokerOverviewPage *self, StokerOutlook *outlook);

G_END_DECLS
