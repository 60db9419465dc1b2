/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-ledger-entry.h"

#include "stoker-json-write.h"

const char *const stoker_ledger_kind_names[] = {
  [STOKER_LEDGER_ESTIMATED] = "estimated",
  [STOKER_LEDGER_ACCRUED] = "accrued",
  [STOKER_LEDGER_BILLED] = "billed",
  NULL,
};

/**
 * stoker_ledger_entry_new:
 * @kind: how sure it is
 * @job_id: (nullable): the job it is for
 * @provider_id: the provider it is owed to
 * @amount: how much
 *
 * Returns: (transfer full): an entry without id and time
 */
StokerLedgerEntry *
stoker_ledger_entry_new (StokerLedgerKind kind,
                         const char *job_id,
                         const char *provider_id,
                         StokerMoney amount)
{
  StokerLedgerEntry *self = g_new0 (StokerLedgerEntry, 1);

  self->kind = kind;
  self->job_id = g_strdup (job_id);
  self->provider_id = g_strdup (provider_id);
  self->amount = amount;

  return self;
}

/**
 * stoker_ledger_entry_free:
 * @self: (transfer full): an entry
 */
void
stoker_ledger_entry_free (StokerLedgerEntry *self)
{
  g_free (self->job_id);
  g_free (self->provider_id);
  g_free (self->project);
  g_free (self->note);
  g_free (self);
}

/**
 * stoker_ledger_entry_to_json:
 *
 * Returns: (transfer full): the entry as `stoker spend --json` prints it
 */
JsonNode *
stoker_ledger_entry_to_json (const StokerLedgerEntry *self)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_int_member (object, "id", self->id);
  stoker_json_set_time (object, "at", self->at_us);
  json_object_set_string_member (object, "kind", stoker_ledger_kind_names[self->kind]);
  stoker_json_set_text (object, "job", self->job_id);
  stoker_json_set_text (object, "provider", self->provider_id);
  stoker_json_set_text (object, "project", self->project);
  stoker_json_set_money (object, "amount", self->amount);
  stoker_json_set_text (object, "note", self->note);

  return json_node_init_object (json_node_alloc (), object);
}
