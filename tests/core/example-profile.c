/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "example-profile.h"

static char *
build_path (const char *name)
{
  g_assert_nonnull (g_getenv ("STOKER_TEST_SOURCE_ROOT"));

  return g_build_filename (g_getenv ("STOKER_TEST_SOURCE_ROOT"), "tests", "data", "catalog", name,
                           NULL);
}

char *
example_profile_load_text (void)
{
  g_autofree char *path = build_path ("example.json");
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  return text;
}

StokerCatalog *
example_profile_load_catalog (void)
{
  g_autofree char *path = build_path ("");
  g_autoptr (GError) error = NULL;
  StokerCatalog *catalog = stoker_catalog_load_dir (path, &error);

  g_assert_no_error (error);
  g_assert_nonnull (stoker_catalog_lookup (catalog, "example"));

  return catalog;
}
