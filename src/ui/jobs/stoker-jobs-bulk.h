/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What can be done with the selected jobs of a list, as actions of its class: jobs.bulk-cancel,
 * -retry, -export, -delete, and jobs.move (places) for one that waits. */
void stoker_jobs_bulk_install (GtkWidgetClass *list_class);

G_END_DECLS
