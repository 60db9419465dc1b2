/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-provider-holder.h"

G_DEFINE_INTERFACE (StokerProviderHolder, stoker_provider_holder, GTK_TYPE_WIDGET)

static void
stoker_provider_holder_default_init (StokerProviderHolderInterface *iface)
{
}

/**
 * stoker_provider_holder_get_workspace:
 *
 * Returns: (transfer none) (nullable): the workspace its provider belongs to
 */
StokerWorkspace *
stoker_provider_holder_get_workspace (StokerProviderHolder *self)
{
  g_return_val_if_fail (STOKER_IS_PROVIDER_HOLDER (self), NULL);

  return STOKER_PROVIDER_HOLDER_GET_IFACE (self)->get_workspace (self);
}

/**
 * stoker_provider_holder_get_provider:
 *
 * Returns: (transfer none) (nullable): the provider shown
 */
StokerProvider *
stoker_provider_holder_get_provider (StokerProviderHolder *self)
{
  g_return_val_if_fail (STOKER_IS_PROVIDER_HOLDER (self), NULL);

  return STOKER_PROVIDER_HOLDER_GET_IFACE (self)->get_provider (self);
}

/**
 * stoker_provider_holder_get_profile:
 *
 * Returns: (transfer none) (nullable): what is known of the provider shown
 */
StokerProfile *
stoker_provider_holder_get_profile (StokerProviderHolder *self)
{
  StokerWorkspace *workspace = stoker_provider_holder_get_workspace (self);
  StokerProvider *provider = stoker_provider_holder_get_provider (self);

  return workspace != NULL && provider != NULL ? stoker_workspace_get_profile (workspace, provider)
                                               : NULL;
}

/**
 * stoker_provider_holder_show_checking:
 * @is_checking: whether its provider is being asked now
 *
 * Lets the widget show that it is busy.
 */
void
stoker_provider_holder_show_checking (StokerProviderHolder *self, gboolean is_checking)
{
  g_return_if_fail (STOKER_IS_PROVIDER_HOLDER (self));

  STOKER_PROVIDER_HOLDER_GET_IFACE (self)->show_checking (self, is_checking);
}
