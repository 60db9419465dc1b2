/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workspace.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The answer of the dialog that means: delete them. */
#define STOKER_JOB_DELETION_CONFIRMED "delete"

GtkWidget *stoker_job_deletion_ask (GtkWidget *widget,
                                    StokerWorkspace *workspace,
                                    GPtrArray *jobs,
                                    guint n_live);

G_END_DECLS
