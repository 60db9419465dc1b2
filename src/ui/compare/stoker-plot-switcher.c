/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-plot-switcher.h"

#include "stoker-plot.h"
#include "stoker-ui.h"

struct _StokerPlotSwitcher
{
  AdwBin parent_instance;

  const char *plot; /* static: one of the ids */

  GtkDropDown *drop_down;
};

G_DEFINE_FINAL_TYPE (StokerPlotSwitcher, stoker_plot_switcher, ADW_TYPE_BIN)

typedef enum {
  PROP_PLOT = 1,
  N_PROPS,
} Property;

static GParamSpec *properties[N_PROPS];

static guint
find_plot (const char *id)
{
  for (guint i = 0; stoker_plot_ids[i] != NULL; i++)
    if (g_strcmp0 (stoker_plot_ids[i], id) == 0)
      return i;
  return STOKER_PLOT_COST;
}

static void
dropped_down_cb (StokerPlotSwitcher *self)
{
  guint selected = gtk_drop_down_get_selected (self->drop_down);

  if (selected < STOKER_N_PLOTS)
    stoker_plot_switcher_set_plot (self, stoker_plot_ids[selected]);
}

static void
stoker_plot_switcher_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_PLOT)
    g_value_set_string (value, STOKER_PLOT_SWITCHER (object)->plot);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_plot_switcher_set_property (GObject *object,
                                   guint id,
                                   const GValue *value,
                                   GParamSpec *pspec)
{
  if (id == PROP_PLOT)
    stoker_plot_switcher_set_plot (STOKER_PLOT_SWITCHER (object), g_value_get_string (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
stoker_plot_switcher_class_init (StokerPlotSwitcherClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = stoker_plot_switcher_get_property;
  object_class->set_property = stoker_plot_switcher_set_property;
  properties[PROP_PLOT] = g_param_spec_string ("plot", NULL, NULL, "cost",
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS |
                                                 G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_install_property_action (widget_class, "switcher.plot", "plot");

  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/compare/stoker-plot-switcher.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerPlotSwitcher, drop_down);
  gtk_widget_class_bind_template_callback (widget_class, dropped_down_cb);
}

static void
stoker_plot_switcher_init (StokerPlotSwitcher *self)
{
  self->plot = stoker_plot_ids[STOKER_PLOT_COST];
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_plot_switcher_set_plot:
 * @plot: (nullable): one of #stoker_plot_ids; another word is the first of them
 */
void
stoker_plot_switcher_set_plot (StokerPlotSwitcher *self, const char *plot)
{
  guint index = find_plot (plot);

  g_return_if_fail (STOKER_IS_PLOT_SWITCHER (self));

  gtk_drop_down_set_selected (self->drop_down, index);
  if (self->plot == stoker_plot_ids[index])
    return;
  self->plot = stoker_plot_ids[index];
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLOT]);
}

/**
 * stoker_plot_switcher_get_plot:
 *
 * Returns: (transfer none): id of the chosen chart
 */
const char *
stoker_plot_switcher_get_plot (StokerPlotSwitcher *self)
{
  g_return_val_if_fail (STOKER_IS_PLOT_SWITCHER (self), NULL);

  return self->plot;
}
