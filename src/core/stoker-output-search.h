/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job-report.h"

G_BEGIN_DECLS

/* Outputs of a job in what its backend answered. A report has 1,000 of them at most. */
gboolean stoker_job_report_add_text (
  StokerJobReport *report, const char *text, const char *name, gboolean is_base64, GError **error);
gboolean stoker_job_report_search (StokerJobReport *report, JsonNode *node, GError **error);
void stoker_job_report_add_document (StokerJobReport *report, JsonNode *node, const char *name);

G_END_DECLS
