/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workload.h"

G_BEGIN_DECLS

StokerWorkload *stoker_workload_new (void);
void stoker_asset_free (StokerAsset *self);
void stoker_workflow_ref_free (StokerWorkflowRef *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerAsset, stoker_asset_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerWorkflowRef, stoker_workflow_ref_free)

G_END_DECLS
