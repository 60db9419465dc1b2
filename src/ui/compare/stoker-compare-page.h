/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-page.h"

G_BEGIN_DECLS

#define STOKER_TYPE_COMPARE_PAGE (stoker_compare_page_get_type ())

/* The candidates of the advice on the desk side by side: as bars, and as a table of the same. */
G_DECLARE_FINAL_TYPE (StokerComparePage, stoker_compare_page, STOKER, COMPARE_PAGE, StokerPage)

G_END_DECLS
