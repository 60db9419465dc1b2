/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job-costs.h"
#include "stoker-job-detail.h"
#include "stoker-job-outputs.h"
#include "stoker-job-progress.h"
#include "stoker-job-request-view.h"
#include "stoker-log-view.h"

G_BEGIN_DECLS

struct _StokerJobDetail
{
  AdwBin parent_instance;

  StokerWorkspace *workspace; /* owned, nullable */
  StokerJob *job;             /* owned, nullable */
  GCancellable *cancellable;  /* owned, nullable: while documents are read */
  gulong job_handler;
  guint refresh_source;
  guint tick_source; /* while the job goes on */

  GtkImage *state_image;
  GtkLabel *state_label;
  GtkLabel *name_label;
  GtkLabel *story_label;
  GtkLabel *message_label;
  GtkLabel *estimate_label;
  GtkLabel *accrued_label;
  GtkLabel *time_label;
  GtkWidget *cancel_button;
  GtkWidget *ended_button;
  GtkWidget *retry_button;
  GtkWidget *elsewhere_button;
  GtkWidget *duplicate_button;
  GtkWidget *folder_button;
  GtkWidget *delete_button;
  AdwViewStack *sections;
  AdwViewStackPage *outputs_page;
  StokerJobProgress *progress;
  StokerLogView *log_view;
  StokerJobOutputs *outputs;
  StokerJobCosts *costs;
  StokerJobRequestView *request;
};

void stoker_job_detail_install_actions (GtkWidgetClass *widget_class);
void stoker_job_detail_show_actions (StokerJobDetail *self);
char *stoker_job_detail_get_provider_name (StokerJobDetail *self);

G_END_DECLS
