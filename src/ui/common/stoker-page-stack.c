/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-page-stack.h"

#include "stoker-phrases.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

struct _StokerPageStack
{
  AdwBin parent_instance;

  char *state;   /* owned */
  char *message; /* owned, nullable */
  gboolean is_outdated;

  GtkStack *stack;
  AdwStatusPage *error_page;
  AdwStatusPage *outdated_page;
  GtkSpinner *spinner;
  AdwBin *empty_bin;
  AdwBin *content_bin;
};

G_DEFINE_FINAL_TYPE (StokerPageStack, stoker_page_stack, ADW_TYPE_BIN)

typedef enum {
  PROP_STATE = 1,
  PROP_MESSAGE,
  PROP_IS_OUTDATED,
  PROP_CONTENT,
  PROP_EMPTY,
  PROP_ERROR_TITLE,
  N_PROPS,
} StokerPageStackProperty;

static GParamSpec *properties[N_PROPS];
static guint retry_signal;

static void
retry_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, retry_signal, 0);
}

/* Which of its two pages tells an error. */
static void
show_state (StokerPageStack *self)
{
  gboolean is_error = g_strcmp0 (self->state, "error") == 0;

  gtk_stack_set_visible_child_name (self->stack,
                                    is_error && self->is_outdated ? "outdated" : self->state);
}

static void
set_outdated (StokerPageStack *self, gboolean is_outdated)
{
  if (self->is_outdated == is_outdated)
    return;
  self->is_outdated = is_outdated;
  show_state (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_IS_OUTDATED]);
}

static void
stoker_page_stack_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StokerPageStack *self = STOKER_PAGE_STACK (object);

  switch ((StokerPageStackProperty) id)
    {
    case PROP_STATE:
      g_value_set_string (value, self->state);
      break;
    case PROP_MESSAGE:
      g_value_set_string (value, self->message);
      break;
    case PROP_IS_OUTDATED:
      g_value_set_boolean (value, self->is_outdated);
      break;
    case PROP_CONTENT:
      g_value_set_object (value, adw_bin_get_child (self->content_bin));
      break;
    case PROP_EMPTY:
      g_value_set_object (value, adw_bin_get_child (self->empty_bin));
      break;
    case PROP_ERROR_TITLE:
      g_value_set_string (value, adw_status_page_get_title (self->error_page));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stoker_page_stack_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StokerPageStack *self = STOKER_PAGE_STACK (object);

  switch ((StokerPageStackProperty) id)
    {
    case PROP_STATE:
      stoker_page_stack_set_state (self, g_value_get_string (value));
      break;
    case PROP_MESSAGE:
      stoker_page_stack_set_message (self, g_value_get_string (value));
      break;
    case PROP_IS_OUTDATED:
      set_outdated (self, g_value_get_boolean (value));
      break;
    case PROP_CONTENT:
      adw_bin_set_child (self->content_bin, g_value_get_object (value));
      break;
    case PROP_EMPTY:
      adw_bin_set_child (self->empty_bin, g_value_get_object (value));
      break;
    case PROP_ERROR_TITLE:
      adw_status_page_set_title (self->error_page, g_value_get_string (value));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stoker_page_stack_finalize (GObject *object)
{
  StokerPageStack *self = STOKER_PAGE_STACK (object);

  g_free (self->state);
  g_free (self->message);
  G_OBJECT_CLASS (stoker_page_stack_parent_class)->finalize (object);
}

static void
stoker_page_stack_class_init (StokerPageStackClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = stoker_page_stack_get_property;
  object_class->set_property = stoker_page_stack_set_property;
  object_class->finalize = stoker_page_stack_finalize;

  properties[PROP_STATE] = g_param_spec_string ("state", NULL, NULL, "loading", flags);
  properties[PROP_MESSAGE] = g_param_spec_string ("message", NULL, NULL, NULL, flags);
  properties[PROP_IS_OUTDATED] = g_param_spec_boolean ("is-outdated", NULL, NULL, FALSE, flags);
  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_EMPTY] = g_param_spec_object ("empty", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_ERROR_TITLE] = g_param_spec_string ("error-title", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  retry_signal = g_signal_new ("retry", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                               NULL, G_TYPE_NONE, 0);

  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/common/stoker-page-stack.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerPageStack, stack);
  gtk_widget_class_bind_template_child (widget_class, StokerPageStack, error_page);
  gtk_widget_class_bind_template_child (widget_class, StokerPageStack, outdated_page);
  gtk_widget_class_bind_template_child (widget_class, StokerPageStack, spinner);
  gtk_widget_class_bind_template_child (widget_class, StokerPageStack, empty_bin);
  gtk_widget_class_bind_template_child (widget_class, StokerPageStack, content_bin);
  gtk_widget_class_install_action (widget_class, "page-stack.retry", NULL, retry_cb);
}

static void
stoker_page_stack_init (StokerPageStack *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->state = g_strdup ("loading");
}

/**
 * stoker_page_stack_set_state:
 * @state: (nullable): "loading", "error", "empty" or "content"; %NULL counts as loading
 */
void
stoker_page_stack_set_state (StokerPageStack *self, const char *state)
{
  g_return_if_fail (STOKER_IS_PAGE_STACK (self));

  if (state == NULL)
    state = "loading";
  if (g_strcmp0 (self->state, state) == 0)
    return;
  g_free (self->state);
  self->state = g_strdup (state);
  gtk_spinner_set_spinning (self->spinner, g_str_equal (state, "loading"));
  show_state (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATE]);
}

static void
show_remedy (StokerPageStack *self, const char *problem)
{
  g_autofree char *remedy = g_markup_escape_text (
    _ ("Update Stoker to open these data. To begin anew, quit, move the file elsewhere and start "
       "Stoker again."),
    -1);
  g_autofree char *markup = g_strconcat (problem, "\n\n", remedy, NULL);

  adw_status_page_set_description (self->outdated_page, markup);
}

/**
 * stoker_page_stack_set_message:
 * @message: (nullable): what went wrong and what to do
 */
void
stoker_page_stack_set_message (StokerPageStack *self, const char *message)
{
  g_autofree char *sentence = NULL;
  g_autofree char *markup = NULL;

  g_return_if_fail (STOKER_IS_PAGE_STACK (self));

  if (g_strcmp0 (self->message, message) == 0)
    return;
  g_free (self->message);
  self->message = g_strdup (message);
  /* The description of a status page is markup. */
  sentence = stoker_phrase_sentence (message != NULL ? message : "");
  markup = g_markup_escape_text (sentence, -1);
  adw_status_page_set_description (self->error_page, markup);
  show_remedy (self, markup);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MESSAGE]);
}
