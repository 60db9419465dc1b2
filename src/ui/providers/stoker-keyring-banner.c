/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-keyring-banner.h"

#include "stoker-phrases.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerKeyringBanner
{
  AdwBin parent_instance;

  StokerWorkspace *workspace; /* owned, nullable */
  gulong handler;

  GtkInfoBar *bar;
  GtkLabel *label;
  GtkButton *button;
};

G_DEFINE_FINAL_TYPE (StokerKeyringBanner, stoker_keyring_banner, ADW_TYPE_BIN)

static void
show_state (StokerKeyringBanner *self)
{
  const char *message = self->workspace != NULL
                          ? stoker_workspace_get_keyring_message (self->workspace)
                          : NULL;

  /* What is not revealed would be read out all the same. */
  gtk_widget_set_visible (GTK_WIDGET (self->bar), message != NULL);
  gtk_info_bar_set_revealed (self->bar, message != NULL);
  if (message == NULL)
    return;
  gtk_label_set_label (self->label, message);
  gtk_button_set_label (self->button, stoker_workspace_is_keyring_locked (self->workspace)
                                        ? _ ("_Unlock")
                                        : _ ("_Try Again"));
}

static void
unlocked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerKeyringBanner) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  gtk_widget_set_sensitive (GTK_WIDGET (self->button), TRUE);
  if (stoker_workspace_unlock_keyring_finish (STOKER_WORKSPACE (source), result, &error))
    {
      stoker_ui_toast (GTK_WIDGET (self), _ ("The keyring is ready"));
      return;
    }
  sentence = stoker_phrase_sentence (error->message);
  stoker_ui_toast (GTK_WIDGET (self), sentence);
}

static void
clicked_cb (StokerKeyringBanner *self)
{
  if (self->workspace == NULL)
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), FALSE);
  stoker_workspace_unlock_keyring_async (self->workspace, NULL, unlocked_cb, g_object_ref (self));
}

static void
forget_workspace (StokerKeyringBanner *self)
{
  if (self->workspace != NULL)
    g_clear_signal_handler (&self->handler, self->workspace);
  g_clear_object (&self->workspace);
}

static void
stoker_keyring_banner_dispose (GObject *object)
{
  forget_workspace (STOKER_KEYRING_BANNER (object));
  G_OBJECT_CLASS (stoker_keyring_banner_parent_class)->dispose (object);
}

static void
stoker_keyring_banner_class_init (StokerKeyringBannerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_keyring_banner_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-keyring-banner.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerKeyringBanner, bar);
  gtk_widget_class_bind_template_child (widget_class, StokerKeyringBanner, label);
  gtk_widget_class_bind_template_child (widget_class, StokerKeyringBanner, button);
  gtk_widget_class_bind_template_callback (widget_class, clicked_cb);
}

static void
stoker_keyring_banner_init (StokerKeyringBanner *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_keyring_banner_set_workspace:
 * @workspace: (nullable): the workspace
 *
 * Watches over the keyring of the workspace, beginning with a look at it.
 */
void
stoker_keyring_banner_set_workspace (StokerKeyringBanner *self, StokerWorkspace *workspace)
{
  g_return_if_fail (STOKER_IS_KEYRING_BANNER (self));

  forget_workspace (self);
  if (workspace != NULL)
    {
      self->workspace = g_object_ref (workspace);
      self->handler = g_signal_connect_swapped (workspace, "notify::keyring-message",
                                                G_CALLBACK (show_state), self);
      stoker_workspace_probe_keyring (workspace);
    }
  show_state (self);
}
