/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-undo.h"

#include "stoker-phrases.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

typedef struct
{
  StokerUndoFunc undo;
  StokerUndoFunc commit; /* nullable */
  gpointer user_data;
  GDestroyNotify destroy; /* nullable */
  gboolean is_decided;
} Offer;

static void
offer_free (gpointer data, GClosure *closure)
{
  Offer *offer = data;

  if (offer->destroy != NULL)
    offer->destroy (offer->user_data);
  g_free (offer);
}

static void
button_clicked_cb (AdwToast *toast, Offer *offer)
{
  offer->is_decided = TRUE;
  offer->undo (offer->user_data);
}

static void
dismissed_cb (AdwToast *toast, Offer *offer)
{
  if (offer->is_decided)
    return;
  offer->is_decided = TRUE;
  if (offer->commit != NULL)
    offer->commit (offer->user_data);
}

static AdwToast *
make_toast (const char *text)
{
  g_autofree char *sentence = stoker_phrase_sentence (text);
  g_autofree char *markup = g_markup_escape_text (sentence, -1);
  AdwToast *toast = adw_toast_new (markup);

  adw_toast_set_button_label (toast, _ ("_Undo"));
  return toast;
}

/**
 * stoker_undo_offer:
 * @widget: a widget in the window
 * @text: one sentence about what was done
 * @undo: takes it back
 * @commit: (nullable): does it for good
 * @user_data: for both
 * @destroy: (nullable): frees @user_data after the decision
 *
 * Shows a message with an Undo button at the foot of the window. Of @undo and @commit one is
 * called, once: @commit when the message goes without a click. Outside of a window @commit is
 * called at once.
 */
void
stoker_undo_offer (GtkWidget *widget,
                   const char *text,
                   StokerUndoFunc undo,
                   StokerUndoFunc commit,
                   gpointer user_data,
                   GDestroyNotify destroy)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (widget, ADW_TYPE_TOAST_OVERLAY);
  g_autoptr (AdwToast) toast = make_toast (text);
  Offer *offer = g_new0 (Offer, 1);

  offer->undo = undo;
  offer->commit = commit;
  offer->user_data = user_data;
  offer->destroy = destroy;
  g_signal_connect (toast, "button-clicked", G_CALLBACK (button_clicked_cb), offer);
  g_signal_connect_data (toast, "dismissed", G_CALLBACK (dismissed_cb), offer, offer_free, 0);
  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), g_steal_pointer (&toast));
  else
    dismissed_cb (toast, offer);
}
