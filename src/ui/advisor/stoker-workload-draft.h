/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workload.h"

G_BEGIN_DECLS

/* What the form holds of a workload; 0 and NULL are "not told". Pure: no widget. */
typedef struct
{
  const char *type; /* static or interned, nullable */
  double vram_gb;
  double minutes;
  double upload_mb;
  double outputs;
  double seconds_per_output;
  StokerMode mode;
  double budget_usd;
  GStrv residency; /* owned, nullable */
  gboolean allows_spot;

  char *name; /* owned, nullable */
  double gpus;
  double download_mb;
  double outputs_per_month;
  double hours_per_month;
  double deadline_minutes;
  StokerWish wish;
  gboolean keeps_files;
  GStrv regions;            /* owned, nullable */
  GStrv opt_in;             /* owned, nullable: provider ids */
  char *preferred_provider; /* owned, nullable: provider id */
  char *prompt;             /* owned, nullable: of the payload */
} StokerWorkloadDraft;

void stoker_workload_draft_clear (StokerWorkloadDraft *self);
void stoker_workload_draft_read (StokerWorkloadDraft *self, const StokerWorkload *workload);
void stoker_workload_draft_copy_numbers (StokerWorkloadDraft *self,
                                         const StokerWorkloadDraft *other);
void stoker_workload_draft_keep_numbers (StokerWorkloadDraft *self,
                                         const StokerWorkloadDraft *shown,
                                         const StokerWorkloadDraft *loaded);
JsonNode *stoker_workload_draft_write (const StokerWorkloadDraft *self, JsonNode *source);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StokerWorkloadDraft, stoker_workload_draft_clear)

G_END_DECLS
