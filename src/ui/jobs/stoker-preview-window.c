/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-preview-window.h"

#include "stoker-output-file.h"
#include "stoker-output-look.h"
#include "stoker-phrases.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

/* Longest side of a picture; no window is larger. */
#define FULL_SIZE 4096

struct _StokerPreviewWindow
{
  AdwWindow parent_instance;

  GListModel *items; /* owned, nullable */
  guint position;
  StokerOutputItem *item;    /* owned, nullable */
  GdkTexture *texture;       /* owned, nullable */
  GCancellable *cancellable; /* owned, nullable */

  AdwToastOverlay *toasts;
  AdwWindowTitle *title;
  GtkStack *stack;
  GtkSpinner *spinner;
  GtkPicture *picture;
  GtkVideo *video;
  GtkTextView *text_view;
  AdwStatusPage *nothing;
};

G_DEFINE_FINAL_TYPE (StokerPreviewWindow, stoker_preview_window, ADW_TYPE_WINDOW)

static void
show_page (StokerPreviewWindow *self, const char *name)
{
  gtk_spinner_set_spinning (self->spinner, g_str_equal (name, "loading"));
  gtk_stack_set_visible_child_name (self->stack, name);
}

static void
show_nothing (StokerPreviewWindow *self, const char *sentence)
{
  adw_status_page_set_description (self->nothing, sentence);
  show_page (self, "nothing");
}

static void
show_look (StokerPreviewWindow *self, const StokerOutputLook *look)
{
  if (look->texture != NULL)
    {
      g_set_object (&self->texture, look->texture);
      gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (look->texture));
      show_page (self, "picture");
    }
  else if (look->text != NULL)
    {
      gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), look->text, -1);
      show_page (self, "text");
    }
}

static void
got_look (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (StokerPreviewWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerOutputLook) look = stoker_output_look_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
      STOKER_OUTPUT_ITEM (source) != self->item)
    return;
  if (look != NULL)
    show_look (self, look);
  else
    {
      g_autofree char *sentence = stoker_phrase_sentence (error->message);

      show_nothing (self, sentence);
    }
}

/* GTK has a stand-in where no media backend is installed. */
static gboolean
has_player (void)
{
  g_autoptr (GtkMediaStream) probe = gtk_media_file_new ();

  return g_strcmp0 (G_OBJECT_TYPE_NAME (probe), "GtkNoMediaFile") != 0;
}

static void
show_video (StokerPreviewWindow *self)
{
  g_autoptr (GFile) file = stoker_output_item_get_file (self->item);

  if (!has_player ())
    {
      show_nothing (self, _ ("GTK has no player for videos on this computer. Open it instead."));
      return;
    }
  gtk_video_set_file (self->video, file);
  show_page (self, "video");
}

static void
drop_item (StokerPreviewWindow *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->texture);
  g_clear_object (&self->item);
}

static void
show_title (StokerPreviewWindow *self)
{
  g_autofree char *size = stoker_phrase_bytes (stoker_output_item_get_bytes (self->item));
  g_autofree char *subtitle = g_strdup_printf (_ ("%u of %u · %s"), self->position + 1,
                                               g_list_model_get_n_items (self->items), size);
  g_autofree char *tooltip = g_strdup_printf ("%s\n%s", stoker_output_item_get_name (self->item),
                                              subtitle);

  adw_window_title_set_title (self->title, stoker_output_item_get_name (self->item));
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->title), tooltip);
  gtk_window_set_title (GTK_WINDOW (self), stoker_output_item_get_name (self->item));
  stoker_ui_set_label (GTK_WIDGET (self->picture), stoker_output_item_get_name (self->item));
}

static void
begin_look (StokerPreviewWindow *self)
{
  show_page (self, "loading");
  self->cancellable = g_cancellable_new ();
  stoker_output_look_async (self->item, FULL_SIZE, self->cancellable, got_look,
                            g_object_ref (self));
}

static void
show_item (StokerPreviewWindow *self)
{
  StokerOutputShape kind = STOKER_SHOWN_AS_OTHER;

  drop_item (self);
  gtk_picture_set_paintable (self->picture, NULL);
  gtk_video_set_file (self->video, NULL);
  self->item = g_list_model_get_item (self->items, self->position);
  if (self->item == NULL)
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  show_title (self);
  kind = stoker_output_item_get_shape (self->item);
  if (stoker_output_item_get_path (self->item) == NULL)
    show_nothing (self, _ ("This output is not loaded yet."));
  else if (kind == STOKER_SHOWN_AS_VIDEO)
    show_video (self);
  else if (kind == STOKER_SHOWN_AS_OTHER)
    show_nothing (self, _ ("There is no preview for this kind of file. Open it instead."));
  else
    begin_look (self);
}

static void
step (StokerPreviewWindow *self, guint distance)
{
  guint length = g_list_model_get_n_items (self->items);

  if (length < 2)
    return;
  self->position = (self->position + distance) % length;
  show_item (self);
}

static void
next_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  step (STOKER_PREVIEW_WINDOW (widget), 1);
}

static void
previous_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerPreviewWindow *self = STOKER_PREVIEW_WINDOW (widget);

  step (self, g_list_model_get_n_items (self->items) - 1);
}

static void
open_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stoker_output_open (widget, STOKER_PREVIEW_WINDOW (widget)->item);
}

static void
save_as_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  stoker_output_save_as (widget, STOKER_PREVIEW_WINDOW (widget)->item);
}

static void
copy_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  StokerPreviewWindow *self = STOKER_PREVIEW_WINDOW (widget);

  stoker_output_copy (widget, self->item, self->texture);
}

static void
toast_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_autofree char *text = g_markup_escape_text (g_variant_get_string (parameter, NULL), -1);

  adw_toast_overlay_add_toast (STOKER_PREVIEW_WINDOW (widget)->toasts, adw_toast_new (text));
}

static void
stoker_preview_window_dispose (GObject *object)
{
  StokerPreviewWindow *self = STOKER_PREVIEW_WINDOW (object);

  drop_item (self);
  g_clear_object (&self->items);
  G_OBJECT_CLASS (stoker_preview_window_parent_class)->dispose (object);
}

static void
add_keys (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    const char *action;
  } keys[] = {
    { GDK_KEY_Escape, 0, "window.close" },
    { GDK_KEY_space, 0, "window.close" },
    { GDK_KEY_Right, 0, "preview.next" },
    { GDK_KEY_Page_Down, 0, "preview.next" },
    { GDK_KEY_Left, 0, "preview.previous" },
    { GDK_KEY_Page_Up, 0, "preview.previous" },
    { GDK_KEY_Return, 0, "preview.open" },
    { GDK_KEY_c, GDK_CONTROL_MASK, "preview.copy" },
    { GDK_KEY_s, GDK_CONTROL_MASK, "preview.save-as" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_widget_class_add_binding_action (widget_class, keys[i].key, keys[i].modifiers,
                                         keys[i].action, NULL);
}

static void
stoker_preview_window_class_init (StokerPreviewWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = stoker_preview_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/jobs/stoker-preview-window.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerPreviewWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, StokerPreviewWindow, title);
  gtk_widget_class_bind_template_child (widget_class, StokerPreviewWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, StokerPreviewWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, StokerPreviewWindow, picture);
  gtk_widget_class_bind_template_child (widget_class, StokerPreviewWindow, video);
  gtk_widget_class_bind_template_child (widget_class, StokerPreviewWindow, text_view);
  gtk_widget_class_bind_template_child (widget_class, StokerPreviewWindow, nothing);
  gtk_widget_class_install_action (widget_class, "preview.next", NULL, next_cb);
  gtk_widget_class_install_action (widget_class, "preview.previous", NULL, previous_cb);
  gtk_widget_class_install_action (widget_class, "preview.open", NULL, open_cb);
  gtk_widget_class_install_action (widget_class, "preview.save-as", NULL, save_as_cb);
  gtk_widget_class_install_action (widget_class, "preview.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", toast_cb);
  add_keys (widget_class);
}

static void
stoker_preview_window_init (StokerPreviewWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_preview_window_open:
 * @parent: (nullable): the window it belongs to
 * @items: the outputs
 * @position: the one to begin with
 *
 * Shows an output in a window of its own.
 */
void
stoker_preview_window_open (GtkWindow *parent, GListModel *items, guint position)
{
  StokerPreviewWindow *self = g_object_new (STOKER_TYPE_PREVIEW_WINDOW, "transient-for", parent,
                                            NULL);
  gboolean has_others = g_list_model_get_n_items (items) > 1;

  self->items = g_object_ref (items);
  self->position = position;
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview.next", has_others);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "preview.previous", has_others);
  show_item (self);
  gtk_window_present (GTK_WINDOW (self));
}
