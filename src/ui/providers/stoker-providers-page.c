/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-providers-page.h"

#include "stoker-back-button.h"
#include "stoker-closures.h"
#include "stoker-gallery-window.h"
#include "stoker-page-stack.h"
#include "stoker-provider-detail.h"
#include "stoker-provider-row.h"
#include "stoker-setup-window.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerProvidersPage
{
  StokerPage parent_instance;

  gboolean has_providers;

  AdwLeaflet *leaflet;
  AdwWindowTitle *detail_title;
  GtkListBox *list;
  AdwBin *detail_bin;
};

G_DEFINE_FINAL_TYPE (StokerProvidersPage, stoker_providers_page, STOKER_TYPE_PAGE)

typedef enum {
  PROP_HAS_PROVIDERS = 1,
  N_PROPS,
} StokerProvidersPageProperty;

static GParamSpec *properties[N_PROPS];

static void
show_list (StokerProvidersPage *self)
{
  adw_leaflet_set_visible_child_name (self->leaflet, "list");
}

static void
show_in_detail (StokerProvidersPage *self, StokerProvider *provider)
{
  GtkWidget *detail = adw_bin_get_child (self->detail_bin);

  if (detail != NULL)
    stoker_provider_detail_set_provider (STOKER_PROVIDER_DETAIL (detail),
                                         stoker_page_get_workspace (STOKER_PAGE (self)), provider);
}

static void removed_cb (StokerProvidersPage *self);

/* Made when it is first needed: it is the largest part of the page, and most starts never show it.
 */
static void
ensure_detail (StokerProvidersPage *self)
{
  GtkWidget *detail = NULL;

  if (adw_bin_get_child (self->detail_bin) != NULL)
    return;
  detail = g_object_new (STOKER_TYPE_PROVIDER_DETAIL, NULL);
  g_signal_connect_object (detail, "removed", G_CALLBACK (removed_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (self->detail_bin, detail);
}

static void
show_provider (StokerProvidersPage *self, StokerProvider *provider)
{
  ensure_detail (self);
  show_in_detail (self, provider);
  adw_window_title_set_title (self->detail_title, stoker_provider_get_name (provider));
  adw_leaflet_set_visible_child_name (self->leaflet, "detail");
}

static void
row_activated_cb (StokerProvidersPage *self, GtkListBoxRow *row)
{
  show_provider (self, stoker_provider_row_get_provider (STOKER_PROVIDER_ROW (row)));
}

static GtkWidget *
create_row (gpointer item, gpointer user_data)
{
  return stoker_provider_row_new (stoker_page_get_workspace (user_data), item);
}

static void
providers_changed_cb (StokerProvidersPage *self)
{
  StokerWorkspace *workspace = stoker_page_get_workspace (STOKER_PAGE (self));
  gboolean has_providers = workspace != NULL && g_list_model_get_n_items (
                                                  stoker_workspace_get_providers (workspace)) > 0;

  if (has_providers == self->has_providers)
    return;
  self->has_providers = has_providers;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_PROVIDERS]);
}

static void
stoker_providers_page_workspace_changed (StokerPage *page, StokerWorkspace *workspace)
{
  StokerProvidersPage *self = STOKER_PROVIDERS_PAGE (page);
  GListModel *providers = workspace != NULL ? stoker_workspace_get_providers (workspace) : NULL;

  show_list (self);
  show_in_detail (self, NULL);
  gtk_list_box_bind_model (self->list, providers, create_row, self, NULL);
  if (providers != NULL)
    g_signal_connect_object (providers, "items-changed", G_CALLBACK (providers_changed_cb), self,
                             G_CONNECT_SWAPPED);
  providers_changed_cb (self);
}

static void
profile_chosen_cb (StokerProvidersPage *self, StokerProfile *profile)
{
  GtkWindow *window = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  gtk_window_present (
    GTK_WINDOW (stoker_setup_window_new (window, stoker_page_get_workspace (STOKER_PAGE (self)),
                                         profile, NULL)));
}

static void
removed_cb (StokerProvidersPage *self)
{
  show_list (self);
  show_in_detail (self, NULL);
  stoker_ui_toast (GTK_WIDGET (self), _ ("Provider removed"));
}

static void
retry_cb (StokerProvidersPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "app.retry", NULL);
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerProvidersPage) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!stoker_workspace_unlock_keyring_finish (STOKER_WORKSPACE (source), result, &error))
    stoker_ui_toast (GTK_WIDGET (self), error->message);
}

static void
unlock_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerWorkspace *workspace = stoker_page_get_workspace (STOKER_PAGE (widget));

  if (workspace != NULL)
    stoker_workspace_unlock_keyring_async (workspace, NULL, unlocked_cb, g_object_ref (widget));
}

static void
stoker_providers_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_HAS_PROVIDERS)
    g_value_set_boolean (value, STOKER_PROVIDERS_PAGE (object)->has_providers);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_providers_page_class_init (StokerProvidersPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = stoker_providers_page_get_property;
  STOKER_PAGE_CLASS (klass)->workspace_changed = stoker_providers_page_workspace_changed;

  properties[PROP_HAS_PROVIDERS] = g_param_spec_boolean ("has-providers", NULL, NULL, FALSE,
                                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (STOKER_TYPE_BACK_BUTTON);
  g_type_ensure (STOKER_TYPE_PAGE_STACK);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-providers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerProvidersPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, StokerProvidersPage, detail_title);
  gtk_widget_class_bind_template_child (widget_class, StokerProvidersPage, list);
  gtk_widget_class_bind_template_child (widget_class, StokerProvidersPage, detail_bin);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, stoker_closure_page_state);
  gtk_widget_class_bind_template_callback (widget_class, stoker_closure_has_text);
  gtk_widget_class_install_action (widget_class, "providers.unlock", NULL, unlock_cb);
}

static void
stoker_providers_page_init (StokerProvidersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_providers_page_open_gallery:
 *
 * Shows what can be added, once the catalog is there.
 */
void
stoker_providers_page_open_gallery (StokerProvidersPage *self)
{
  StokerWorkspace *workspace = NULL;
  StokerGalleryWindow *gallery = NULL;

  g_return_if_fail (STOKER_IS_PROVIDERS_PAGE (self));

  workspace = stoker_page_get_workspace (STOKER_PAGE (self));
  if (workspace == NULL)
    return;
  gallery = stoker_gallery_window_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                       stoker_workspace_get_catalog (workspace));
  g_signal_connect_object (gallery, "chosen", G_CALLBACK (profile_chosen_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (gallery));
}

/**
 * stoker_providers_page_show_provider:
 * @id: id of a registered provider
 *
 * Opens its detail.
 */
void
stoker_providers_page_show_provider (StokerProvidersPage *self, const char *id)
{
  StokerWorkspace *workspace = NULL;
  StokerProvider *provider = NULL;

  g_return_if_fail (STOKER_IS_PROVIDERS_PAGE (self));

  workspace = stoker_page_get_workspace (STOKER_PAGE (self));
  provider = workspace != NULL ? stoker_workspace_lookup_provider (workspace, id) : NULL;
  if (provider != NULL)
    show_provider (self, provider);
}
