/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-desk.h"

G_BEGIN_DECLS

#define STOKER_TYPE_PAGE (stoker_page_get_type ())

/**
 * StokerPage:
 *
 * A page of the window. It brings its own header bar. Properties: `desk` (construct-only).
 */
G_DECLARE_DERIVABLE_TYPE (StokerPage, stoker_page, STOKER, PAGE, AdwBin)

struct _StokerPageClass
{
  AdwBinClass parent_class;

  /* The workspace was opened, or went. */
  void (*workspace_changed) (StokerPage *self, StokerWorkspace *workspace);

  /* Amounts are written in another way from now on. */
  void (*money_changed) (StokerPage *self);
};

StokerDesk *stoker_page_get_desk (StokerPage *self);
StokerWorkspace *stoker_page_get_workspace (StokerPage *self);

G_END_DECLS
