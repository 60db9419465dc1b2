/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-advice.h"

G_BEGIN_DECLS

#define STOKER_TYPE_REJECTED_LIST (stoker_rejected_list_get_type ())

/* What was not chosen, a row for each reason with how many it struck. */
G_DECLARE_FINAL_TYPE (StokerRejectedList, stoker_rejected_list, STOKER, REJECTED_LIST, AdwBin)

void stoker_rejected_list_show (StokerRejectedList *self, StokerAdvice *advice);

G_END_DECLS
