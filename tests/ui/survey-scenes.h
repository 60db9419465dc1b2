/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-window.h"
#include "stoker-workspace.h"

G_BEGIN_DECLS

/* Where the scenes play. */
typedef struct
{
  StokerWindow *window;
  StokerWorkspace *workspace;
} SurveyStage;

/* Something to look at: a page, a part of one, or a window. */
typedef struct
{
  const char *name;
  /* Shows it; returns the window it is in, or NULL if it did not appear. */
  GtkWindow *(*open) (SurveyStage *stage, const char *argument);
  const char *argument;
  int narrowest; /* the least width it is made for, in pixels */
  int only;      /* 0; else the one width it is looked at */
} SurveyScene;

const SurveyScene *survey_scenes_get (guint *n_scenes);
void survey_settle (void);

G_END_DECLS
