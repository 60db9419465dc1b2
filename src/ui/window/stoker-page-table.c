/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-page-table.h"

#include "stoker-advisor-page.h"
#include "stoker-compare-page.h"
#include "stoker-jobs-page.h"
#include "stoker-overview-page.h"
#include "stoker-providers-page.h"

#include <glib/gi18n-lib.h>

/* In the order of the sidebar, which is that of Ctrl+1, Ctrl+2, … too. */
static const StokerPageEntry entries[] = {
  { STOKER_FIRST_PAGE, N_ ("Overview"), "stoker-overview-symbolic", stoker_overview_page_get_type },
  { "providers", N_ ("Providers"), "network-server-symbolic", stoker_providers_page_get_type },
  { "advisor", N_ ("Advisor"), "stoker-advisor-symbolic", stoker_advisor_page_get_type },
  { "compare", N_ ("Compare"), "stoker-compare-symbolic", stoker_compare_page_get_type },
  { "jobs", N_ ("Jobs"), "stoker-jobs-symbolic", stoker_jobs_page_get_type },
};

/**
 * stoker_page_table_get_length:
 *
 * Returns: how many pages the window has
 */
guint
stoker_page_table_get_length (void)
{
  return G_N_ELEMENTS (entries);
}

/**
 * stoker_page_table_get:
 * @index: from 0
 *
 * Returns: (transfer none): the page at that place
 */
const StokerPageEntry *
stoker_page_table_get (guint index)
{
  g_return_val_if_fail (index < G_N_ELEMENTS (entries), NULL);

  return &entries[index];
}

/**
 * stoker_page_table_find:
 * @name: (nullable): name of a page
 *
 * Returns: (transfer none) (nullable): that page
 */
const StokerPageEntry *
stoker_page_table_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    if (g_strcmp0 (entries[i].name, name) == 0)
      return &entries[i];
  return NULL;
}
