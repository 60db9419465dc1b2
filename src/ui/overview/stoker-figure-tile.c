/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-figure-tile.h"

#include "stoker-sparkline.h"
#include "stoker-ui.h"

struct _StokerFigureTile
{
  AdwBin parent_instance;

  GtkLabel *figure_label;
  GtkLabel *caption_label;
  StokerSparkline *sparkline;
};

G_DEFINE_FINAL_TYPE (StokerFigureTile, stoker_figure_tile, ADW_TYPE_BIN)

static void
stoker_figure_tile_class_init (StokerFigureTileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (STOKER_TYPE_SPARKLINE);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/overview/stoker-figure-tile.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerFigureTile, figure_label);
  gtk_widget_class_bind_template_child (widget_class, StokerFigureTile, caption_label);
  gtk_widget_class_bind_template_child (widget_class, StokerFigureTile, sparkline);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
stoker_figure_tile_init (StokerFigureTile *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_figure_tile_set:
 * @figure: the figure with its unit
 * @caption: what it is
 *
 * Both together are the tile's accessible name.
 */
void
stoker_figure_tile_set (StokerFigureTile *self, const char *figure, const char *caption)
{
  g_autofree char *name = g_strdup_printf ("%s %s", figure, caption);

  g_return_if_fail (STOKER_IS_FIGURE_TILE (self));

  gtk_label_set_label (self->figure_label, figure);
  gtk_label_set_label (self->caption_label, caption);
  stoker_ui_set_label (GTK_WIDGET (self), name);
}

/**
 * stoker_figure_tile_set_state:
 * @style_class: (nullable): `warning` or `error`; the caption says why
 */
void
stoker_figure_tile_set_state (StokerFigureTile *self, const char *style_class)
{
  g_return_if_fail (STOKER_IS_FIGURE_TILE (self));

  stoker_ui_set_state_class (GTK_WIDGET (self->figure_label), style_class);
}

/**
 * stoker_figure_tile_set_days:
 * @summary: (nullable): what was spent
 *
 * Shows the days of the month beside the figure.
 */
void
stoker_figure_tile_set_days (StokerFigureTile *self, const StokerSpendingSummary *summary)
{
  g_return_if_fail (STOKER_IS_FIGURE_TILE (self));

  stoker_sparkline_set_summary (self->sparkline, summary);
}
