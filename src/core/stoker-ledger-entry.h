/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job.h"

G_BEGIN_DECLS

/* One line of the money book. Estimated before, accrued while, billed after the provider told. */
typedef enum {
  STOKER_LEDGER_ESTIMATED,
  STOKER_LEDGER_ACCRUED,
  STOKER_LEDGER_BILLED,
} StokerLedgerKind;

typedef struct
{
  gint64 id;
  gint64 at_us;
  StokerLedgerKind kind;
  char *job_id; /* nullable */
  char *provider_id;
  char *project; /* nullable */
  StokerMoney amount;
  char *note; /* nullable */
} StokerLedgerEntry;

extern const char *const stoker_ledger_kind_names[];

StokerLedgerEntry *stoker_ledger_entry_new (StokerLedgerKind kind,
                                            const char *job_id,
                                            const char *provider_id,
                                            StokerMoney amount);
void stoker_ledger_entry_free (StokerLedgerEntry *self);
JsonNode *stoker_ledger_entry_to_json (const StokerLedgerEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerLedgerEntry, stoker_ledger_entry_free)

G_END_DECLS
