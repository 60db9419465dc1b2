/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-advice.h"

G_BEGIN_DECLS

#define STOKER_TYPE_REJECTED_ROW (stoker_rejected_row_get_type ())

/* What was not chosen for one reason; closed at first. */
G_DECLARE_FINAL_TYPE (StokerRejectedRow, stoker_rejected_row, STOKER, REJECTED_ROW, AdwExpanderRow)

GtkWidget *stoker_rejected_row_new (const char *group);
void stoker_rejected_row_show (StokerRejectedRow *self, StokerAdvice *advice);

G_END_DECLS
