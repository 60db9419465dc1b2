/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

/* What is known of the text a window may show: the catalog's, and names that the user gave. */
typedef struct _SurveyData SurveyData;

SurveyData *survey_data_new (StokerWorkspace *workspace, gboolean wants_marks);
void survey_data_free (SurveyData *self);

/* Adds a line to @findings if @window is wider than @width, with the widget that makes it so. */
void survey_check_width (GtkWidget *window, int width, GPtrArray *findings);

/* Adds a line to @findings for each thing that is wrong with a widget below @root. */
void survey_check_tree (GtkWidget *root, SurveyData *data, GPtrArray *findings);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SurveyData, survey_data_free)

G_END_DECLS
