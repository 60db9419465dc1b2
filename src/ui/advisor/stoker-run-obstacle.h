/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-advice.h"
#include "stoker-workspace.h"

G_BEGIN_DECLS

/* Why a candidate cannot be run live now, and which action leads out of it. */
typedef struct
{
  char *text;         /* owned, nullable: nothing is in the way */
  const char *label;  /* static, nullable: of the button that leads on */
  const char *action; /* static, nullable: its action, with a text as target when there is one */
  char *target;       /* owned, nullable */
} StokerRunObstacle;

void stoker_run_obstacle_find (StokerRunObstacle *self,
                               StokerWorkspace *workspace,
                               StokerWorkload *workload,
                               const StokerCandidate *candidate);
gboolean stoker_run_obstacle_can_send (StokerWorkspace *workspace,
                                       StokerWorkload *workload,
                                       const StokerCandidate *candidate);
void stoker_run_obstacle_clear (StokerRunObstacle *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StokerRunObstacle, stoker_run_obstacle_clear)

G_END_DECLS
