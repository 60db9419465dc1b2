/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-provider-holder.h"

G_BEGIN_DECLS

/* What is asked before something is done with a provider, and the doing after a yes. */
void stoker_provider_dialogs_ask_name (StokerProviderHolder *holder);
void stoker_provider_dialogs_ask_opt_in (StokerProviderHolder *holder);
void stoker_provider_dialogs_ask_duplicate (StokerProviderHolder *holder);
void stoker_provider_dialogs_ask_remove (StokerProviderHolder *holder);

G_END_DECLS
