/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-ui.h"

#include "stoker-ui-resource.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include <string.h>

/* The classes of which a widget wears one at a time. */
static const char *const state_classes[] = { "success", "warning",   "error",
                                             "accent",  "dim-label", NULL };

/* GTK closes no window by this key, and libadwaita only some by Escape. A class has the keys of its
 * parent as they were when it was made. */
static void
let_close_by_key (void)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (GTK_TYPE_WINDOW);

  gtk_widget_class_add_binding_action (GTK_WIDGET_CLASS (klass), GDK_KEY_w, GDK_CONTROL_MASK,
                                       "window.close", NULL);
}

/**
 * stoker_ui_init:
 *
 * Makes templates, style and icons known. May be called more than once.
 */
void
stoker_ui_init (void)
{
  static gsize once = 0;

  if (!g_once_init_enter (&once))
    return;
  g_resources_register (stoker_ui_get_resource ());
  adw_init ();
  let_close_by_key ();
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (gdk_display_get_default ()),
                                    STOKER_UI_RESOURCE_PATH "/icons");
  g_once_init_leave (&once, 1);
}

/**
 * stoker_ui_set_state_class:
 * @widget: a widget
 * @style_class: (nullable): one of the classes that stand for a state
 *
 * Gives the widget this class and takes the other ones for states away.
 */
void
stoker_ui_set_state_class (GtkWidget *widget, const char *style_class)
{
  for (gsize i = 0; state_classes[i] != NULL; i++)
    if (g_strcmp0 (state_classes[i], style_class) != 0)
      gtk_widget_remove_css_class (widget, state_classes[i]);
  if (style_class != NULL)
    gtk_widget_add_css_class (widget, style_class);
}

/**
 * stoker_ui_set_label:
 * @widget: a widget without text of its own
 * @label: its name for people who do not see it
 */
void
stoker_ui_set_label (GtkWidget *widget, const char *label)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
}

static gboolean
tell_cut_cb (GtkLabel *label, int x, int y, gboolean is_by_keyboard, GtkTooltip *tooltip)
{
  if (!pango_layout_is_ellipsized (gtk_label_get_layout (label)))
    return FALSE;
  gtk_tooltip_set_text (tooltip, gtk_label_get_text (label));
  return TRUE;
}

/**
 * stoker_ui_tell_cut:
 * @label: a label that may be shortened
 *
 * Has the label tell its whole text to whoever points at it, while it is cut.
 */
void
stoker_ui_tell_cut (GtkLabel *label)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (label), TRUE);
  g_signal_connect (label, "query-tooltip", G_CALLBACK (tell_cut_cb), NULL);
}

/**
 * stoker_ui_set_button_text:
 * @button: a button with a text
 * @text: what it does and what that costs
 *
 * Writes on a button what may take more than one line where the letters are large, and only there.
 */
void
stoker_ui_set_button_text (GtkButton *button, const char *text)
{
  GtkWidget *label = NULL;

  gtk_button_set_label (button, text);
  label = gtk_button_get_child (button);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_NONE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
}

/**
 * stoker_ui_warning_new:
 * @text: what has to be known
 *
 * Returns: (transfer none): a line of a list of warnings
 */
GtkWidget *
stoker_ui_warning_new (const char *text)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name ("dialog-warning-symbolic");
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (icon, "warning");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  stoker_ui_set_label (icon, _ ("Warning"));
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (line), icon);
  gtk_box_append (GTK_BOX (line), label);
  return line;
}

/**
 * stoker_ui_toast:
 * @widget: a widget in the window
 * @text: one sentence
 *
 * Shows a message at the foot of the window for some seconds.
 */
void
stoker_ui_toast (GtkWidget *widget, const char *text)
{
  gtk_widget_activate_action (widget, "win.toast", "s", text);
}

/**
 * stoker_ui_show_uri:
 * @widget: a widget in the window
 * @uri: address of a page or file
 *
 * Opens the address with the user's application for it.
 */
void
stoker_ui_show_uri (GtkWidget *widget, const char *uri)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  gtk_show_uri (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, uri, GDK_CURRENT_TIME);
}

/**
 * stoker_ui_set_avatar_name:
 * @avatar: an avatar with initials
 * @name: name of a provider
 *
 * Shows the initials of the name, without what stands in brackets: "RunPod (copy)" is an R.
 */
void
stoker_ui_set_avatar_name (GtkWidget *avatar, const char *name)
{
  const char *bracket = strchr (name, '(');
  g_autofree char *bare = bracket != NULL ? g_strndup (name, bracket - name) : g_strdup (name);

  g_strchomp (bare);
  adw_avatar_set_text (ADW_AVATAR (avatar), *bare != '\0' ? bare : name);
}

/**
 * stoker_ui_set_head_at_end:
 * @view: a table
 * @place: of a column, from 0
 *
 * Puts the head of a column of figures where the figures are, and the arrow of its order before it.
 * A column has no property for either.
 */
void
stoker_ui_set_head_at_end (GtkColumnView *view, guint place)
{
  GtkWidget *head = gtk_widget_get_first_child (gtk_widget_get_first_child (GTK_WIDGET (view)));
  GtkWidget *box = NULL;
  GtkWidget *arrow = NULL;

  for (guint i = 0; head != NULL && i < place; i++)
    head = gtk_widget_get_next_sibling (head);
  box = head != NULL ? gtk_widget_get_first_child (head) : NULL;
  if (box == NULL)
    return;
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  arrow = gtk_widget_get_last_child (box);
  if (arrow != gtk_widget_get_first_child (box))
    gtk_widget_insert_after (arrow, box, NULL);
}

/**
 * stoker_ui_leave_list:
 * @list: a list whose last or first row has the keyboard
 * @direction: of the arrow key
 *
 * Handler of `keynav-failed`: the arrow keys go on beyond the list, as they do in the toolkit's
 * groups of rows.
 *
 * Returns: whether there was somewhere to go
 */
gboolean
stoker_ui_leave_list (GtkWidget *list, GtkDirectionType direction)
{
  GtkRoot *root = gtk_widget_get_root (list);

  if (root == NULL || (direction != GTK_DIR_UP && direction != GTK_DIR_DOWN))
    return FALSE;
  return gtk_widget_child_focus (GTK_WIDGET (root), direction == GTK_DIR_UP ? GTK_DIR_TAB_BACKWARD
                                                                            : GTK_DIR_TAB_FORWARD);
}

/**
 * stoker_ui_forget_hidden_focus:
 * @widget: a widget, such as a window
 *
 * Lets the widget and those below it forget which of their children had the keyboard, where that
 * child is no longer shown. GTK 4.8 keeps these links when the widget with the keyboard goes while
 * its window is not active; the Tab key would then move inside of what nobody sees.
 */
void
stoker_ui_forget_hidden_focus (GtkWidget *widget)
{
  GtkWidget *child = NULL;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  for (child = gtk_widget_get_focus_child (widget); child != NULL;
       child = gtk_widget_get_focus_child (widget))
    {
      gboolean is_shown = gtk_widget_get_mapped (child);

      if (!is_shown)
        gtk_widget_set_focus_child (widget, NULL);
      widget = child;
    }
}
