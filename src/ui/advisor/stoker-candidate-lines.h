/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "stoker-advice.h"

G_BEGIN_DECLS

typedef enum {
  STOKER_LINE_FIGURE, /* a text and a figure */
  STOKER_LINE_WARNING,
  STOKER_LINE_CHOICE, /* the button that takes the candidate */
} StokerLineKind;

/* What one line below a candidate says. */
typedef struct
{
  StokerLineKind kind;
  char *title;
  char *subtitle; /* nullable */
  char *value;    /* nullable */
} StokerCandidateLine;

GPtrArray *stoker_candidate_lines_new (const StokerCandidate *candidate, gint64 now_us);
void stoker_candidate_line_unref (gpointer line);
gboolean stoker_candidate_line_equal (const StokerCandidateLine *a, const StokerCandidateLine *b);
void stoker_candidate_line_insert (const StokerCandidateLine *self,
                                   GtkListBox *list,
                                   int place,
                                   const char *key);

G_END_DECLS
