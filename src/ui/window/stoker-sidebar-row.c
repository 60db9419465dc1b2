/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-sidebar-row.h"

#include "stoker-closures.h"
#include "stoker-ui.h"

struct _StokerSidebarRow
{
  GtkListBoxRow parent_instance;

  char *page;      /* owned */
  char *title;     /* owned */
  char *icon_name; /* owned */
  guint count;
};

G_DEFINE_FINAL_TYPE (StokerSidebarRow, stoker_sidebar_row, GTK_TYPE_LIST_BOX_ROW)

typedef enum {
  PROP_PAGE = 1,
  PROP_TITLE,
  PROP_ICON_NAME,
  PROP_COUNT,
  N_PROPS,
} StokerSidebarRowProperty;

static GParamSpec *properties[N_PROPS];

static void
stoker_sidebar_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StokerSidebarRow *self = STOKER_SIDEBAR_ROW (object);

  switch ((StokerSidebarRowProperty) id)
    {
    case PROP_PAGE:
      g_value_set_string (value, self->page);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, self->icon_name);
      break;
    case PROP_COUNT:
      g_value_set_uint (value, self->count);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stoker_sidebar_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StokerSidebarRow *self = STOKER_SIDEBAR_ROW (object);

  switch ((StokerSidebarRowProperty) id)
    {
    case PROP_PAGE:
      self->page = g_value_dup_string (value);
      break;
    case PROP_TITLE:
      self->title = g_value_dup_string (value);
      stoker_ui_set_label (GTK_WIDGET (self), self->title);
      break;
    case PROP_ICON_NAME:
      self->icon_name = g_value_dup_string (value);
      break;
    case PROP_COUNT:
      stoker_sidebar_row_set_count (self, g_value_get_uint (value));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stoker_sidebar_row_finalize (GObject *object)
{
  StokerSidebarRow *self = STOKER_SIDEBAR_ROW (object);

  g_free (self->page);
  g_free (self->title);
  g_free (self->icon_name);
  G_OBJECT_CLASS (stoker_sidebar_row_parent_class)->finalize (object);
}

static void
stoker_sidebar_row_class_init (StokerSidebarRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags fixed = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = stoker_sidebar_row_get_property;
  object_class->set_property = stoker_sidebar_row_set_property;
  object_class->finalize = stoker_sidebar_row_finalize;

  properties[PROP_PAGE] = g_param_spec_string ("page", NULL, NULL, NULL, fixed);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, fixed);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, fixed);
  properties[PROP_COUNT] = g_param_spec_uint ("count", NULL, NULL, 0, G_MAXUINT, 0,
                                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/window/stoker-sidebar-row.ui");
  gtk_widget_class_bind_template_callback (widget_class, stoker_closure_count);
}

static void
stoker_sidebar_row_init (StokerSidebarRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_sidebar_row_get_page:
 *
 * Returns: (transfer none): name of the page it leads to
 */
const char *
stoker_sidebar_row_get_page (StokerSidebarRow *self)
{
  g_return_val_if_fail (STOKER_IS_SIDEBAR_ROW (self), NULL);

  return self->page;
}

/**
 * stoker_sidebar_row_get_title:
 *
 * Returns: (transfer none): title of the page it leads to
 */
const char *
stoker_sidebar_row_get_title (StokerSidebarRow *self)
{
  g_return_val_if_fail (STOKER_IS_SIDEBAR_ROW (self), NULL);

  return self->title;
}

/**
 * stoker_sidebar_row_set_count:
 * @count: number at the end of the row; 0 shows none
 */
void
stoker_sidebar_row_set_count (StokerSidebarRow *self, guint count)
{
  g_return_if_fail (STOKER_IS_SIDEBAR_ROW (self));

  if (self->count == count)
    return;
  self->count = count;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COUNT]);
}
