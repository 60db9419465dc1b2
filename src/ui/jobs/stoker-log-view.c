/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-log-view.h"

#include "stoker-log-view-private.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

/* How near the end counts as being there, in pixels. */
#define END_SLACK 24

G_DEFINE_FINAL_TYPE (StokerLogView, stoker_log_view, ADW_TYPE_BIN)

typedef enum {
  PROP_FOLLOWS = 1,
  PROP_WRAPS,
  PROP_SHOWS_NUMBERS,
  N_PROPS,
} StokerLogViewProperty;

static GParamSpec *properties[N_PROPS];

static StokerLogLook
get_look (StokerLogView *self)
{
  return (StokerLogLook){ .wraps = self->wraps,
                          .shows_numbers = self->shows_numbers,
                          .needle = stoker_log_search_get_needle (self->search) };
}

static void
show_row (StokerLogView *self, GtkListItem *list_item)
{
  StokerLogLook look = get_look (self);

  stoker_log_row_show (STOKER_LOG_ROW (gtk_list_item_get_child (list_item)),
                       gtk_list_item_get_item (list_item), &look);
}

static void
show_rows (StokerLogView *self)
{
  for (guint i = 0; i < self->bound->len; i++)
    show_row (self, g_ptr_array_index (self->bound, i));
}

static void
row_setup_cb (StokerLogView *self, GtkListItem *list_item)
{
  gtk_list_item_set_child (list_item, g_object_new (STOKER_TYPE_LOG_ROW, NULL));
}

static void
row_bind_cb (StokerLogView *self, GtkListItem *list_item)
{
  g_ptr_array_add (self->bound, list_item);
  show_row (self, list_item);
}

static void
row_unbind_cb (StokerLogView *self, GtkListItem *list_item)
{
  g_ptr_array_remove_fast (self->bound, list_item);
}

static void
scroll_to (StokerLogView *self, guint position)
{
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", position);
}

static gboolean
scroll_cb (gpointer user_data)
{
  StokerLogView *self = user_data;
  guint length = g_list_model_get_n_items (G_LIST_MODEL (self->model));

  self->scroll_source = 0;
  if (self->follows && length > 0)
    scroll_to (self, length - 1);
  return G_SOURCE_REMOVE;
}

static void
follow (StokerLogView *self)
{
  if (self->follows && self->scroll_source == 0)
    self->scroll_source = g_idle_add (scroll_cb, self);
}

static void
set_follows (StokerLogView *self, gboolean follows)
{
  if (self->follows == follows)
    return;
  self->follows = follows;
  follow (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLLOWS]);
}

/* Somebody who scrolls up wants to read; who comes back to the end wants to follow again. A change
 * of the log's own height is neither. */
static void
scrolled_cb (StokerLogView *self, GtkAdjustment *adjustment)
{
  double value = gtk_adjustment_get_value (adjustment);
  double upper = gtk_adjustment_get_upper (adjustment);
  gboolean is_at_end = value >= upper - gtk_adjustment_get_page_size (adjustment) - END_SLACK;

  if (upper == self->last_upper && value < self->last_value && !is_at_end)
    set_follows (self, FALSE);
  else if (upper == self->last_upper && value > self->last_value && is_at_end)
    set_follows (self, TRUE);
  self->last_value = value;
  self->last_upper = upper;
}

static void
lines_changed_cb (StokerLogView *self)
{
  stoker_log_view_show_lines (self);
  follow (self);
}

static void
show_count (StokerLogView *self)
{
  guint count = stoker_log_search_get_count (self->search);
  guint index = stoker_log_search_get_index (self->search);
  g_autofree char *text = NULL;

  if (*stoker_log_search_get_needle (self->search) == '\0')
    text = g_strdup ("");
  else if (index > 0)
    text = g_strdup_printf (_ ("%'u of %'u"), index, count);
  else if (stoker_log_search_is_searching (self->search))
    text = g_strdup (_ ("Searching…"));
  else
    text = g_strdup (_ ("Not found"));
  gtk_label_set_label (self->count_label, text);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.next", count > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "log.previous", count > 0);
}

static void
search_changed_cb (StokerLogView *self)
{
  if (!self->is_found && stoker_log_search_get_count (self->search) > 0)
    {
      self->is_found = TRUE;
      stoker_log_view_go_to (self, 0);
    }
  show_count (self);
}

static void
text_changed_cb (StokerLogView *self)
{
  self->is_found = FALSE;
  stoker_log_search_set_text (self->search,
                              gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  show_rows (self);
  show_count (self);
}

static void
search_closed_cb (StokerLogView *self)
{
  if (gtk_search_bar_get_search_mode (self->search_bar))
    return;
  gtk_editable_set_text (GTK_EDITABLE (self->search_entry), "");
  text_changed_cb (self);
}

static void
set_factory (StokerLogView *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (row_setup_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (row_bind_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (row_unbind_cb), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
}

static void
drop_log (StokerLogView *self)
{
  stoker_log_view_drop_feed (self);
  self->n_dropped = 0;
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  if (self->search != NULL)
    g_signal_handlers_disconnect_by_data (self->search, self);
  g_clear_object (&self->search);
  g_clear_object (&self->selection);
  g_clear_object (&self->model);
}

static void
make_log (StokerLogView *self)
{
  self->model = stoker_log_model_new ();
  self->selection = stoker_log_selection_new (self->model);
  self->search = stoker_log_search_new (self->model);
  g_signal_connect_swapped (self->model, "items-changed", G_CALLBACK (lines_changed_cb), self);
  g_signal_connect_swapped (self->search, "notify", G_CALLBACK (search_changed_cb), self);
}

static void
stoker_log_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StokerLogView *self = STOKER_LOG_VIEW (object);

  switch ((StokerLogViewProperty) id)
    {
    case PROP_FOLLOWS:
      g_value_set_boolean (value, self->follows);
      break;
    case PROP_WRAPS:
      g_value_set_boolean (value, self->wraps);
      break;
    case PROP_SHOWS_NUMBERS:
      g_value_set_boolean (value, self->shows_numbers);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_look (StokerLogView *self, gboolean *field, gboolean value, StokerLogViewProperty property)
{
  if (*field == value)
    return;
  *field = value;
  show_rows (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

static void
stoker_log_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StokerLogView *self = STOKER_LOG_VIEW (object);

  switch ((StokerLogViewProperty) id)
    {
    case PROP_FOLLOWS:
      set_follows (self, g_value_get_boolean (value));
      break;
    case PROP_WRAPS:
      set_look (self, &self->wraps, g_value_get_boolean (value), PROP_WRAPS);
      break;
    case PROP_SHOWS_NUMBERS:
      set_look (self, &self->shows_numbers, g_value_get_boolean (value), PROP_SHOWS_NUMBERS);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stoker_log_view_dispose (GObject *object)
{
  StokerLogView *self = STOKER_LOG_VIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->scroll_source, g_source_remove);
  drop_log (self);
  g_clear_object (&self->chooser);
  G_OBJECT_CLASS (stoker_log_view_parent_class)->dispose (object);
}

static void
stoker_log_view_finalize (GObject *object)
{
  StokerLogView *self = STOKER_LOG_VIEW (object);

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->bound);
  g_free (self->name);
  G_OBJECT_CLASS (stoker_log_view_parent_class)->finalize (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, StokerLogView, stack);
  gtk_widget_class_bind_template_child (widget_class, StokerLogView, empty_label);
  gtk_widget_class_bind_template_child (widget_class, StokerLogView, scroller);
  gtk_widget_class_bind_template_child (widget_class, StokerLogView, list);
  gtk_widget_class_bind_template_child (widget_class, StokerLogView, lines_label);
  gtk_widget_class_bind_template_child (widget_class, StokerLogView, note_label);
  gtk_widget_class_bind_template_child (widget_class, StokerLogView, search_bar);
  gtk_widget_class_bind_template_child (widget_class, StokerLogView, search_entry);
  gtk_widget_class_bind_template_child (widget_class, StokerLogView, count_label);
  gtk_widget_class_bind_template_callback (widget_class, text_changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_closed_cb);
}

static void
stoker_log_view_class_init (StokerLogViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = stoker_log_view_get_property;
  object_class->set_property = stoker_log_view_set_property;
  object_class->dispose = stoker_log_view_dispose;
  object_class->finalize = stoker_log_view_finalize;

  properties[PROP_FOLLOWS] = g_param_spec_boolean ("follows", NULL, NULL, TRUE, flags);
  properties[PROP_WRAPS] = g_param_spec_boolean ("wraps", NULL, NULL, TRUE, flags);
  properties[PROP_SHOWS_NUMBERS] = g_param_spec_boolean ("shows-numbers", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               STOKER_UI_RESOURCE_PATH "/jobs/stoker-log-view.ui");
  bind_children (widget_class);
  stoker_log_view_install_actions (widget_class);
}

static void
stoker_log_view_init (StokerLogView *self)
{
  self->follows = TRUE;
  self->wraps = TRUE;
  self->cancellable = g_cancellable_new ();
  self->bound = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  set_factory (self);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "value-changed",
                           G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
  stoker_log_view_begin (self, NULL, _ ("There is no log yet."));
}

/*
 * stoker_log_view_go_to:
 * @direction: 1 for the next, -1 for the previous, 0 for the first line with the text
 */
void
stoker_log_view_go_to (StokerLogView *self, int direction)
{
  guint position = 0;

  if (!stoker_log_search_step (self->search, direction, &position))
    return;
  set_follows (self, FALSE);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  scroll_to (self, position);
}

/**
 * stoker_log_view_begin:
 * @name: (nullable): what the log is of
 * @empty_text: what is said while there is none
 *
 * Begins with another log.
 */
void
stoker_log_view_begin (StokerLogView *self, const char *name, const char *empty_text)
{
  g_return_if_fail (STOKER_IS_LOG_VIEW (self));

  gtk_list_view_set_model (self->list, NULL);
  drop_log (self);
  make_log (self);
  g_free (self->name);
  self->name = g_strdup (name);
  gtk_label_set_label (self->empty_label, empty_text);
  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  set_follows (self, TRUE);
  stoker_log_view_show_lines (self);
  show_count (self);
}

/**
 * stoker_log_view_search:
 *
 * Opens the field that looks for a text, and gives it the keyboard.
 */
void
stoker_log_view_search (StokerLogView *self)
{
  g_return_if_fail (STOKER_IS_LOG_VIEW (self));

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}
