/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-jobs-page.h"

struct _StokerJobsPage
{
  StokerPage parent_instance;
};
G_DEFINE_FINAL_TYPE (StokerJobsPage, stoker_jobs_page, STOKER_TYPE_PAGE)
static void stoker_jobs_page_class_init (StokerJobsPageClass *klass) {}
static void stoker_jobs_page_init (StokerJobsPage *self) {}
void stoker_jobs_page_show_job (StokerJobsPage *self, const char *id) {}
