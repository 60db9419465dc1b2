/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-page.h"

G_BEGIN_DECLS

#define STOKER_TYPE_PROVIDERS_PAGE (stoker_providers_page_get_type ())

/* The registered providers; each opens into its detail. */
G_DECLARE_FINAL_TYPE (
  StokerProvidersPage, stoker_providers_page, STOKER, PROVIDERS_PAGE, StokerPage)

void stoker_providers_page_open_gallery (StokerProvidersPage *self);
void stoker_providers_page_show_provider (StokerProvidersPage *self, const char *id);

G_END_DECLS
