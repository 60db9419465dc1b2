/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-providers-page.h"

#include "stoker-back-button.h"
#include "stoker-closures.h"
#include "stoker-export-dialog.h"
#include "stoker-gallery-window.h"
#include "stoker-import-window.h"
#include "stoker-keyring-banner.h"
#include "stoker-live-prices.h"
#include "stoker-page-stack.h"
#include "stoker-provider-detail.h"
#include "stoker-provider-list.h"
#include "stoker-provider-phrases.h"
#include "stoker-provider-removals.h"
#include "stoker-setup-window.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerProvidersPage
{
  StokerPage parent_instance;

  gboolean has_providers;
  StokerProviderRemovals *removals; /* owned */
  GtkFileChooserNative *chooser;    /* owned, nullable: while it is open */

  AdwLeaflet *leaflet;
  AdwWindowTitle *detail_title;
  StokerKeyringBanner *keyring_banner;
  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  StokerProviderList *list;
  StokerLivePrices *prices;
  GtkWidget *alone_box;
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

/* Made when it is first needed: it is the largest part of the page, and most starts never show it.
 */
static void
ensure_detail (StokerProvidersPage *self)
{
  GtkWidget *detail = NULL;

  if (adw_bin_get_child (self->detail_bin) != NULL)
    return;
  detail = g_object_new (STOKER_TYPE_PROVIDER_DETAIL, NULL);
  adw_bin_set_child (self->detail_bin, detail);
}

static void
stoker_providers_page_money_changed (StokerPage *page)
{
  GtkWidget *detail = adw_bin_get_child (STOKER_PROVIDERS_PAGE (page)->detail_bin);

  if (detail != NULL)
    stoker_provider_detail_write_anew (STOKER_PROVIDER_DETAIL (detail));
}

static void
show_provider (StokerProvidersPage *self, StokerProvider *provider)
{
  ensure_detail (self);
  show_in_detail (self, provider);
  adw_window_title_set_title (self->detail_title, stoker_phrase_provider_name (provider));
  adw_leaflet_set_visible_child_name (self->leaflet, "detail");
}

static void
row_activated_cb (StokerProvidersPage *self, StokerProvider *provider)
{
  show_provider (self, provider);
}

static void
providers_changed_cb (StokerProvidersPage *self)
{
  guint n_visible = stoker_provider_list_count_visible (self->list);
  gboolean has_providers = n_visible > 0;

  /* This computer is there by itself. */
  gtk_widget_set_visible (self->alone_box, n_visible == 1);
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
  /* The workspace goes when the window closes: what can no longer be taken back is done. */
  if (workspace == NULL)
    stoker_provider_removals_finish_all (self->removals);
  stoker_provider_list_set_workspace (self->list, workspace);
  stoker_keyring_banner_set_workspace (self->keyring_banner, workspace);
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
search_changed_cb (StokerProvidersPage *self)
{
  stoker_provider_list_set_search (self->list,
                                   gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
}

static void
search_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerProvidersPage *self = STOKER_PROVIDERS_PAGE (widget);

  show_list (self);
  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
move_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *id = NULL;
  int step = 0;

  g_variant_get (parameter, "(&si)", &id, &step);
  stoker_provider_list_move (STOKER_PROVIDERS_PAGE (widget)->list, id, step);
}

static void
place_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *id = NULL;
  const char *other_id = NULL;
  gboolean is_after = FALSE;

  g_variant_get (parameter, "(&s&sb)", &id, &other_id, &is_after);
  stoker_provider_list_place (STOKER_PROVIDERS_PAGE (widget)->list, id, other_id, is_after);
}

static void
remove_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerProvidersPage *self = STOKER_PROVIDERS_PAGE (widget);
  StokerWorkspace *workspace = stoker_page_get_workspace (STOKER_PAGE (self));
  StokerProvider *provider = NULL;

  if (workspace != NULL)
    provider = stoker_workspace_lookup_provider (workspace, g_variant_get_string (parameter, NULL));
  if (provider == NULL)
    return;
  show_list (self);
  show_in_detail (self, NULL);
  stoker_provider_removals_add (self->removals, workspace, provider);
}

static void
retry_cb (StokerProvidersPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "app.retry", NULL);
}

static void
export_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerWorkspace *workspace = stoker_page_get_workspace (STOKER_PAGE (widget));

  if (workspace != NULL)
    gtk_window_present (GTK_WINDOW (stoker_export_dialog_new (widget, workspace)));
}

static void
file_chosen_cb (GtkNativeDialog *chooser, int response, StokerProvidersPage *self)
{
  StokerWorkspace *workspace = stoker_page_get_workspace (STOKER_PAGE (self));
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL && workspace != NULL)
    gtk_window_present (GTK_WINDOW (stoker_import_window_new (GTK_WIDGET (self), workspace, file)));
  g_clear_object (&self->chooser);
}

static void
import_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerProvidersPage *self = STOKER_PROVIDERS_PAGE (widget);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ ("Exported Providers"));
  gtk_file_filter_add_pattern (filter, "*.json");
  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (_ ("Import Providers"),
                                               GTK_WINDOW (gtk_widget_get_root (widget)),
                                               GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (file_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
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
stoker_providers_page_constructed (GObject *object)
{
  StokerProvidersPage *self = STOKER_PROVIDERS_PAGE (object);

  G_OBJECT_CLASS (stoker_providers_page_parent_class)->constructed (object);
  stoker_live_prices_set_desk (self->prices, stoker_page_get_desk (STOKER_PAGE (self)));
}

static void
stoker_providers_page_dispose (GObject *object)
{
  StokerProvidersPage *self = STOKER_PROVIDERS_PAGE (object);

  if (self->removals != NULL)
    stoker_provider_removals_finish_all (self->removals);
  g_clear_object (&self->removals);
  g_clear_object (&self->chooser);
  G_OBJECT_CLASS (stoker_providers_page_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "providers.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "providers.import", NULL, import_cb);
  gtk_widget_class_install_action (widget_class, "providers.search", NULL, search_cb);
  gtk_widget_class_install_action (widget_class, "providers.move", "(si)", move_cb);
  gtk_widget_class_install_action (widget_class, "providers.place", "(ssb)", place_cb);
  gtk_widget_class_install_action (widget_class, "providers.remove", "s", remove_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK,
                                       "providers.search", NULL);
}

static void
stoker_providers_page_class_init (StokerProvidersPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = stoker_providers_page_constructed;
  object_class->get_property = stoker_providers_page_get_property;
  object_class->dispose = stoker_providers_page_dispose;
  STOKER_PAGE_CLASS (klass)->workspace_changed = stoker_providers_page_workspace_changed;
  STOKER_PAGE_CLASS (klass)->money_changed = stoker_providers_page_money_changed;

  properties[PROP_HAS_PROVIDERS] = g_param_spec_boolean ("has-providers", NULL, NULL, FALSE,
                                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  g_type_ensure (STOKER_TYPE_BACK_BUTTON);
  g_type_ensure (STOKER_TYPE_KEYRING_BANNER);
  g_type_ensure (STOKER_TYPE_LIVE_PRICES);
  g_type_ensure (STOKER_TYPE_PAGE_STACK);
  g_type_ensure (STOKER_TYPE_PROVIDER_LIST);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-providers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerProvidersPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, StokerProvidersPage, detail_title);
  gtk_widget_class_bind_template_child (widget_class, StokerProvidersPage, keyring_banner);
  gtk_widget_class_bind_template_child (widget_class, StokerProvidersPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, StokerProvidersPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, StokerProvidersPage, list);
  gtk_widget_class_bind_template_child (widget_class, StokerProvidersPage, prices);
  gtk_widget_class_bind_template_child (widget_class, StokerProvidersPage, alone_box);
  gtk_widget_class_bind_template_child (widget_class, StokerProvidersPage, detail_bin);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, retry_cb);
  gtk_widget_class_bind_template_callback (widget_class, stoker_closure_page_state);
  install_actions (widget_class);
}

static void
stoker_providers_page_init (StokerProvidersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  gtk_search_bar_set_key_capture_widget (self->search_bar, GTK_WIDGET (self->list));
  self->removals = stoker_provider_removals_new (self->list);
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
                                       workspace);
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
