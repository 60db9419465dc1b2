/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-compare-page.h"

struct _StokerComparePage
{
  StokerPage parent_instance;
};
G_DEFINE_FINAL_TYPE (StokerComparePage, stoker_compare_page, STOKER_TYPE_PAGE)
static void stoker_compare_page_class_init (StokerComparePageClass *klass) {}
static void stoker_compare_page_init (StokerComparePage *self) {}

