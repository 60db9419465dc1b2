/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-catalog.h"
#include "stoker-data-resource.h"
#include "stoker-error.h"

#define CATALOG_DIR "/io/github/stokerapp/Stoker/catalog"

static StokerCatalog *
load (void)
{
  g_autoptr (GError) error = NULL;
  StokerCatalog *catalog = stoker_catalog_load (CATALOG_DIR, NULL, &error);

  g_assert_no_error (error);
  return catalog;
}

static void
test_shipped_files_read (void)
{
  g_autoptr (StokerCatalog) catalog = load ();

  g_assert_cmpuint (stoker_catalog_get_profiles (catalog)->len, ==, 25);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_resources_register (stoker_data_get_resource ());

  g_test_add_func ("/catalog/shipped-files-read", test_shipped_files_read);

  return g_test_run ();
}
