/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-provider-holder.h"

G_BEGIN_DECLS

/* What can be done with a provider, as actions "provider.…" of every widget that holds one. */
void stoker_provider_commands_install (GtkWidgetClass *widget_class);
GMenuModel *stoker_provider_commands_load_menu (void);
void stoker_provider_commands_update (StokerProviderHolder *holder);
void stoker_provider_commands_save (StokerProviderHolder *holder);

G_END_DECLS
