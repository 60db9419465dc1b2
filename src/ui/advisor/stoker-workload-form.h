/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-read-workload.h"
#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_WORKLOAD_FORM (stoker_workload_form_get_type ())

/* A workload as a form. Signal: `changed`. */
G_DECLARE_FINAL_TYPE (StokerWorkloadForm, stoker_workload_form, STOKER, WORKLOAD_FORM, AdwBin)

void stoker_workload_form_set_workspace (StokerWorkloadForm *self, StokerWorkspace *workspace);
void stoker_workload_form_take_file (StokerWorkloadForm *self,
                                     const StokerWorkloadFile *file,
                                     const char *name);
void stoker_workload_form_amend (StokerWorkloadForm *self, StokerWorkload *workload);
StokerWorkload *stoker_workload_form_build (StokerWorkloadForm *self, GError **error);

G_END_DECLS
