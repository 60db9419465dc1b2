/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-jobs-list.h"

G_BEGIN_DECLS

void stoker_jobs_bulk_export (GtkWidget *widget, const char *action, GVariant *parameter);
void stoker_jobs_bulk_move (GtkWidget *widget, const char *action, GVariant *parameter);

void stoker_jobs_bulk_move_beside (StokerJobsList *list,
                                   StokerJob *job,
                                   StokerJob *other,
                                   gboolean is_after);

G_END_DECLS
