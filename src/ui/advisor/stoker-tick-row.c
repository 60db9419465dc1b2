/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-tick-row.h"

#include "stoker-ui.h"

typedef struct
{
  char *id;
  GtkCheckButton *check; /* borrowed */
  GtkWidget *row;        /* borrowed */
} Choice;

struct _StokerTickRow
{
  AdwExpanderRow parent_instance;

  GPtrArray *choices; /* owned, of Choice */
  GPtrArray *others;  /* owned, of char*: chosen, and not in the list */
  char *none_text;    /* owned, nullable */
  gboolean is_filling;
};

G_DEFINE_FINAL_TYPE (StokerTickRow, stoker_tick_row, ADW_TYPE_EXPANDER_ROW)

typedef enum {
  PROP_NONE_TEXT = 1,
  N_PROPS,
} StokerTickRowProperty;

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

static void
choice_free (Choice *choice)
{
  g_free (choice->id);
  g_free (choice);
}

static void
show_choices (StokerTickRow *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *escaped = NULL;

  for (guint i = 0; i < self->choices->len; i++)
    {
      const Choice *choice = g_ptr_array_index (self->choices, i);

      if (gtk_check_button_get_active (choice->check))
        g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "",
                                adw_preferences_row_get_title (ADW_PREFERENCES_ROW (choice->row)));
    }
  for (guint i = 0; i < self->others->len; i++)
    {
      g_autofree char *other = g_markup_escape_text (g_ptr_array_index (self->others, i), -1);

      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", other);
    }
  escaped = g_markup_escape_text (self->none_text != NULL ? self->none_text : "", -1);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), text->len > 0 ? text->str : escaped);
}

static void
toggled_cb (StokerTickRow *self)
{
  if (self->is_filling)
    return;
  show_choices (self);
  g_signal_emit (self, changed_signal, 0);
}

static void
stoker_tick_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((StokerTickRowProperty) id)
    {
    case PROP_NONE_TEXT:
      g_value_set_string (value, STOKER_TICK_ROW (object)->none_text);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stoker_tick_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StokerTickRow *self = STOKER_TICK_ROW (object);

  switch ((StokerTickRowProperty) id)
    {
    case PROP_NONE_TEXT:
      g_free (self->none_text);
      self->none_text = g_value_dup_string (value);
      show_choices (self);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stoker_tick_row_finalize (GObject *object)
{
  StokerTickRow *self = STOKER_TICK_ROW (object);

  g_ptr_array_unref (self->choices);
  g_ptr_array_unref (self->others);
  g_free (self->none_text);
  G_OBJECT_CLASS (stoker_tick_row_parent_class)->finalize (object);
}

static void
stoker_tick_row_class_init (StokerTickRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = stoker_tick_row_get_property;
  object_class->set_property = stoker_tick_row_set_property;
  object_class->finalize = stoker_tick_row_finalize;

  properties[PROP_NONE_TEXT] = g_param_spec_string ("none-text", NULL, NULL, NULL,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (GTK_WIDGET_CLASS (klass), STOKER_UI_RESOURCE_PATH
                                               "/advisor/stoker-tick-row.ui");
}

static void
stoker_tick_row_init (StokerTickRow *self)
{
  self->choices = g_ptr_array_new_with_free_func ((GDestroyNotify) choice_free);
  self->others = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_tick_row_add:
 * @id: what it stands for
 * @title: its name for people
 * @subtitle: (nullable): what else they should know
 *
 * Adds something to choose.
 */
void
stoker_tick_row_add (StokerTickRow *self, const char *id, const char *title, const char *subtitle)
{
  Choice *choice = NULL;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *escaped_subtitle = g_markup_escape_text (subtitle != NULL ? subtitle : "", -1);

  g_return_if_fail (STOKER_IS_TICK_ROW (self));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped_subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  stoker_ui_set_label (check, title);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  choice = g_new0 (Choice, 1);
  choice->id = g_strdup (id);
  choice->check = GTK_CHECK_BUTTON (check);
  choice->row = row;
  g_ptr_array_add (self->choices, choice);
}

/**
 * stoker_tick_row_clear:
 *
 * Takes everything to choose out of the list.
 */
void
stoker_tick_row_clear (StokerTickRow *self)
{
  g_return_if_fail (STOKER_IS_TICK_ROW (self));

  for (guint i = 0; i < self->choices->len; i++)
    {
      const Choice *choice = g_ptr_array_index (self->choices, i);

      adw_expander_row_remove (ADW_EXPANDER_ROW (self), choice->row);
    }
  g_ptr_array_set_size (self->choices, 0);
}

/**
 * stoker_tick_row_list_ticked:
 *
 * Returns: (transfer full): what is chosen, also what the list does not have
 */
GStrv
stoker_tick_row_list_ticked (StokerTickRow *self)
{
  g_autoptr (GStrvBuilder) ids = g_strv_builder_new ();

  g_return_val_if_fail (STOKER_IS_TICK_ROW (self), NULL);

  for (guint i = 0; i < self->choices->len; i++)
    {
      const Choice *choice = g_ptr_array_index (self->choices, i);

      if (gtk_check_button_get_active (choice->check))
        g_strv_builder_add (ids, choice->id);
    }
  for (guint i = 0; i < self->others->len; i++)
    g_strv_builder_add (ids, g_ptr_array_index (self->others, i));
  return g_strv_builder_end (ids);
}

static gboolean
is_listed (StokerTickRow *self, const char *id)
{
  for (guint i = 0; i < self->choices->len; i++)
    if (g_str_equal (((const Choice *) g_ptr_array_index (self->choices, i))->id, id))
      return TRUE;
  return FALSE;
}

/**
 * stoker_tick_row_set_ticked:
 * @ids: (nullable): what is chosen from now on
 *
 * Chooses these and nothing else. It is not a change by the user: the signal is not given.
 */
void
stoker_tick_row_set_ticked (StokerTickRow *self, const char *const *ids)
{
  g_return_if_fail (STOKER_IS_TICK_ROW (self));

  self->is_filling = TRUE;
  for (guint i = 0; i < self->choices->len; i++)
    {
      const Choice *choice = g_ptr_array_index (self->choices, i);

      gtk_check_button_set_active (choice->check, ids != NULL && g_strv_contains (ids, choice->id));
    }
  self->is_filling = FALSE;
  g_ptr_array_set_size (self->others, 0);
  for (gsize i = 0; ids != NULL && ids[i] != NULL; i++)
    if (!is_listed (self, ids[i]))
      g_ptr_array_add (self->others, g_strdup (ids[i]));
  show_choices (self);
}
