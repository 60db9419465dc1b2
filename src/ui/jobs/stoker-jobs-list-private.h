/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job-index.h"
#include "stoker-jobs-list.h"
#include "stoker-jobs-table.h"

G_BEGIN_DECLS

struct _StokerJobsList
{
  AdwBin parent_instance;

  StokerWorkspace *workspace;   /* owned, nullable */
  StokerJobIndex *index;        /* owned, nullable */
  GtkSelectionModel *selection; /* owned, nullable */
  StokerJob *chosen;            /* owned, nullable */
  GSimpleActionGroup *actions;  /* owned */
  guint tick_id;
  guint arrange_id;
  int width;
  gboolean is_table;
  gboolean is_selecting;
  gboolean is_searching;
  GtkWidget *drop_row; /* weak, nullable: the row with the mark */
  int drop_scroll;     /* in pixels a frame, while something is dragged to an edge */
  guint drop_tick_id;

  GtkWidget *paused_bar;
  GtkSearchBar *search_bar;
  GtkEditable *search_entry;
  GtkToggleButton *chip_all;
  GtkToggleButton *chip_running;
  GtkToggleButton *chip_attention;
  GtkToggleButton *chip_done;
  GtkToggleButton *chip_failed;
  GtkStack *stack;
  StokerJobsTable *table;
  GtkListView *rows;
  GtkActionBar *bulk_bar;
  GtkLabel *bulk_label;
};

/* What the settings, the chips and the search ask of the list. */
void stoker_jobs_list_show_counts (StokerJobsList *self);
void stoker_jobs_list_watch_settings (StokerJobsList *self);
void stoker_jobs_list_unwatch_settings (StokerJobsList *self);
void stoker_jobs_list_bind_settings (GtkWidgetClass *widget_class);
void stoker_jobs_list_end_search (StokerJobsList *self);
void stoker_jobs_list_plan_arrange (StokerJobsList *self);

/* Its rows of two lines. */
void stoker_jobs_list_set_factory (StokerJobsList *self);
void stoker_jobs_list_toggle (GtkWidget *widget, const char *action, GVariant *parameter);

/* Where the keyboard is in it. */
StokerJob *stoker_jobs_list_job_of_row (GtkWidget *row);
void stoker_jobs_list_restore_anchor (StokerJobsList *self);
void stoker_jobs_list_bind_focus (GtkWidgetClass *widget_class);

/* Its rows can be dragged. */
void stoker_jobs_list_add_drag (StokerJobsList *self);
void stoker_jobs_list_end_drag (StokerJobsList *self);

G_END_DECLS
