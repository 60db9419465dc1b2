/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_PROVIDER_HOLDER (stoker_provider_holder_get_type ())

/* A widget that shows one registered provider and can be told what to do with it. */
G_DECLARE_INTERFACE (
  StokerProviderHolder, stoker_provider_holder, STOKER, PROVIDER_HOLDER, GtkWidget)

struct _StokerProviderHolderInterface
{
  GTypeInterface parent_interface;

  StokerWorkspace *(*get_workspace) (StokerProviderHolder *self); /* transfer none, nullable */
  StokerProvider *(*get_provider) (StokerProviderHolder *self);   /* transfer none, nullable */
  void (*show_checking) (StokerProviderHolder *self, gboolean is_checking);
};

StokerWorkspace *stoker_provider_holder_get_workspace (StokerProviderHolder *self);
StokerProvider *stoker_provider_holder_get_provider (StokerProviderHolder *self);
StokerProfile *stoker_provider_holder_get_profile (StokerProviderHolder *self);
void stoker_provider_holder_show_checking (StokerProviderHolder *self, gboolean is_checking);

G_END_DECLS
