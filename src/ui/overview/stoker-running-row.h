/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "stoker-job.h"

G_BEGIN_DECLS

#define STOKER_TYPE_RUNNING_ROW (stoker_running_row_get_type ())

/* A job that has not ended: what it does, for how long, and what it costs. */
G_DECLARE_FINAL_TYPE (StokerRunningRow, stoker_running_row, STOKER, RUNNING_ROW, GtkListBoxRow)

GtkWidget *stoker_running_row_new (StokerJob *job, const char *provider_name);
const char *stoker_running_row_get_job_id (StokerRunningRow *self);
void stoker_running_row_refresh (StokerRunningRow *self);

G_END_DECLS
