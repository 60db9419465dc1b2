/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_PROVIDER_LIST (stoker_provider_list_get_type ())

/**
 * StokerProviderList:
 *
 * The registered providers by priority. A row stays the same widget for as long as its provider is
 * there, so that focus and open menus survive every change. Signal `activated` (StokerProvider): a
 * row was chosen.
 */
G_DECLARE_FINAL_TYPE (StokerProviderList, stoker_provider_list, STOKER, PROVIDER_LIST, AdwBin)

void stoker_provider_list_set_workspace (StokerProviderList *self, StokerWorkspace *workspace);
void stoker_provider_list_set_search (StokerProviderList *self, const char *text);
void stoker_provider_list_set_hidden (StokerProviderList *self, const char *id, gboolean is_hidden);
guint stoker_provider_list_count_visible (StokerProviderList *self);
void stoker_provider_list_move (StokerProviderList *self, const char *id, int step);
void stoker_provider_list_place (StokerProviderList *self,
                                 const char *id,
                                 const char *other_id,
                                 gboolean is_after);

G_END_DECLS
