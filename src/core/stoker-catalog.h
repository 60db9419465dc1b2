/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-profile.h"

G_BEGIN_DECLS

#define STOKER_TYPE_CATALOG (stoker_catalog_get_type ())
G_DECLARE_FINAL_TYPE (StokerCatalog, stoker_catalog, STOKER, CATALOG, GObject)

/* All profiles, sorted by name: the shipped ones (a GResource folder) and the user's own. A
 * #GListModel of #StokerProfile boxes is not needed by anybody; the array is. Read once at start.
 */
StokerCatalog *stoker_catalog_load (const char *resource_dir, const char *user_dir, GError **error);
StokerCatalog *stoker_catalog_load_dir (const char *dir, GError **error);
GPtrArray *stoker_catalog_get_profiles (StokerCatalog *self);
StokerProfile *stoker_catalog_lookup (StokerCatalog *self, const char *id);
GStrv stoker_catalog_get_problems (StokerCatalog *self);

/* Documents are written in English. Translators are given what actions and their parameters are
 * called (po/collect-catalog.py). */
const char *stoker_catalog_translate (const char *text);

G_END_DECLS
