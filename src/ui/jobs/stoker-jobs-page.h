/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-page.h"

G_BEGIN_DECLS

#define STOKER_TYPE_JOBS_PAGE (stoker_jobs_page_get_type ())

/* The jobs, newest first, and beside them the one that is chosen. */
G_DECLARE_FINAL_TYPE (StokerJobsPage, stoker_jobs_page, STOKER, JOBS_PAGE, StokerPage)

void stoker_jobs_page_show_job (StokerJobsPage *self, const char *id);

G_END_DECLS
