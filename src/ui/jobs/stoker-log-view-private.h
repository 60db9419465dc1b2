/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-log-feed.h"
#include "stoker-log-row.h"
#include "stoker-log-search.h"
#include "stoker-log-selection.h"
#include "stoker-log-view.h"

G_BEGIN_DECLS

struct _StokerLogView
{
  AdwBin parent_instance;

  StokerLogModel *model;         /* owned */
  StokerLogFeed *feed;           /* owned, nullable: the log is told as a text */
  StokerLogSelection *selection; /* owned */
  StokerLogSearch *search;       /* owned */
  GCancellable *cancellable;     /* owned */
  GPtrArray *bound;              /* owned, of borrowed GtkListItem: those with a row */
  GtkFileChooserNative *chooser; /* owned, nullable */
  gint64 n_dropped;              /* bytes before the text that nobody here has */
  char *name;                    /* owned, nullable: of the log, for its file */
  gboolean follows;
  gboolean wraps;
  gboolean shows_numbers;
  gboolean is_found; /* the first line with the text was gone to */
  double last_value;
  double last_upper;
  guint scroll_source;

  GtkStack *stack;
  GtkLabel *empty_label;
  GtkScrolledWindow *scroller;
  GtkListView *list;
  GtkLabel *lines_label;
  GtkLabel *note_label;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  GtkLabel *count_label;
};

void stoker_log_view_install_actions (GtkWidgetClass *widget_class);
void stoker_log_view_show_lines (StokerLogView *self);
void stoker_log_view_drop_feed (StokerLogView *self);
void stoker_log_view_go_to (StokerLogView *self, int direction);

G_END_DECLS
