/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-provider-list.h"

G_BEGIN_DECLS

#define STOKER_TYPE_PROVIDER_REMOVALS (stoker_provider_removals_get_type ())

/* The providers that have left the list but can still be taken back. Nothing of them is deleted
 * before the offer to undo is over; a crash until then leaves them as they were. */
G_DECLARE_FINAL_TYPE (
  StokerProviderRemovals, stoker_provider_removals, STOKER, PROVIDER_REMOVALS, GObject)

StokerProviderRemovals *stoker_provider_removals_new (StokerProviderList *list);
void stoker_provider_removals_add (StokerProviderRemovals *self,
                                   StokerWorkspace *workspace,
                                   StokerProvider *provider);
void stoker_provider_removals_finish_all (StokerProviderRemovals *self);

G_END_DECLS
