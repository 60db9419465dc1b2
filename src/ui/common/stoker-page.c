/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-page.h"

typedef struct
{
  StokerDesk *desk; /* owned */
  gulong desk_handler;
} StokerPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (StokerPage, stoker_page, ADW_TYPE_BIN)

typedef enum {
  PROP_DESK = 1,
  N_PROPS,
} StokerPageProperty;

static GParamSpec *properties[N_PROPS];

static void
money_changed_cb (StokerPage *self)
{
  StokerPageClass *klass = STOKER_PAGE_GET_CLASS (self);

  if (klass->money_changed != NULL && stoker_page_get_workspace (self) != NULL)
    klass->money_changed (self);
}

static void
watch_money (StokerPage *self, StokerWorkspace *workspace)
{
  GSettings *settings = stoker_settings_get_gsettings (stoker_workspace_get_settings (workspace));

  if (settings != NULL)
    g_signal_connect_object (settings, "changed::currency-style", G_CALLBACK (money_changed_cb),
                             self, G_CONNECT_SWAPPED);
}

static void
workspace_changed_cb (StokerPage *self)
{
  StokerPageClass *klass = STOKER_PAGE_GET_CLASS (self);
  StokerWorkspace *workspace = stoker_page_get_workspace (self);

  if (workspace != NULL)
    watch_money (self, workspace);
  if (klass->workspace_changed != NULL)
    klass->workspace_changed (self, workspace);
}

static void
stoker_page_constructed (GObject *object)
{
  StokerPage *self = STOKER_PAGE (object);
  StokerPagePrivate *priv = stoker_page_get_instance_private (self);

  G_OBJECT_CLASS (stoker_page_parent_class)->constructed (object);
  if (priv->desk == NULL)
    return;
  priv->desk_handler = g_signal_connect_swapped (priv->desk, "notify::workspace",
                                                 G_CALLBACK (workspace_changed_cb), self);
  if (stoker_desk_get_workspace (priv->desk) != NULL)
    workspace_changed_cb (self);
}

static void
stoker_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StokerPagePrivate *priv = stoker_page_get_instance_private (STOKER_PAGE (object));

  switch ((StokerPageProperty) id)
    {
    case PROP_DESK:
      g_value_set_object (value, priv->desk);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stoker_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StokerPagePrivate *priv = stoker_page_get_instance_private (STOKER_PAGE (object));

  switch ((StokerPageProperty) id)
    {
    case PROP_DESK:
      priv->desk = g_value_dup_object (value);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stoker_page_dispose (GObject *object)
{
  StokerPagePrivate *priv = stoker_page_get_instance_private (STOKER_PAGE (object));

  g_clear_signal_handler (&priv->desk_handler, priv->desk);
  g_clear_object (&priv->desk);
  G_OBJECT_CLASS (stoker_page_parent_class)->dispose (object);
}

static void
stoker_page_class_init (StokerPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = stoker_page_constructed;
  object_class->get_property = stoker_page_get_property;
  object_class->set_property = stoker_page_set_property;
  object_class->dispose = stoker_page_dispose;

  properties[PROP_DESK] = g_param_spec_object ("desk", NULL, NULL, STOKER_TYPE_DESK,
                                               G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY |
                                                 G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
stoker_page_init (StokerPage *self)
{
}

/**
 * stoker_page_get_desk:
 *
 * Returns: (transfer none): what the pages share
 */
StokerDesk *
stoker_page_get_desk (StokerPage *self)
{
  StokerPagePrivate *priv = stoker_page_get_instance_private (self);

  g_return_val_if_fail (STOKER_IS_PAGE (self), NULL);

  return priv->desk;
}

/**
 * stoker_page_get_workspace:
 *
 * Returns: (transfer none) (nullable): the workspace, once it is open
 */
StokerWorkspace *
stoker_page_get_workspace (StokerPage *self)
{
  StokerDesk *desk = stoker_page_get_desk (self);

  return desk != NULL ? stoker_desk_get_workspace (desk) : NULL;
}
