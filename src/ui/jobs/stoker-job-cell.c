/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-cell.h"

#include "stoker-job-phrases.h"
#include "stoker-ui.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#define SPACING 6
#define ICON_SIZE 16
#define MIN_CHARS 3
/* What the theme makes of the style class dim-label, which is not for what is drawn. */
#define DIM_ALPHA 0.55f
#define DIM_ALPHA_IN_CONTRAST 0.9f

struct _StokerJobCell
{
  GtkWidget parent_instance;

  StokerWorkspace *workspace; /* owned */
  StokerJob *job;             /* owned, nullable */
  StokerJobColumn column;
  gboolean is_near;
  gboolean is_named;

  char *text;          /* owned, nullable: not made yet; in the column of the groups, none */
  PangoLayout *layout; /* owned, nullable: not drawn yet */
  GtkWidget *bar;      /* borrowed, nullable: while there is progress */
};

G_DEFINE_FINAL_TYPE (StokerJobCell, stoker_job_cell, GTK_TYPE_WIDGET)

/* The same for all cells, which have the font of the table. */
static struct
{
  int line_height;
  int char_width; /* 0: not known */
} metrics;

static void
ensure_metrics (StokerJobCell *self)
{
  PangoFontMetrics *found = NULL;

  if (metrics.char_width > 0)
    return;
  found = pango_context_get_metrics (gtk_widget_get_pango_context (GTK_WIDGET (self)), NULL, NULL);
  metrics.line_height = PANGO_PIXELS_CEIL (pango_font_metrics_get_height (found));
  metrics.char_width = PANGO_PIXELS_CEIL (pango_font_metrics_get_approximate_char_width (found));
  pango_font_metrics_unref (found);
}

/* What it says. */

static const char *
get_text (StokerJobCell *self)
{
  if (self->text == NULL && self->job != NULL && self->column != STOKER_JOB_COLUMN_GROUP)
    self->text = stoker_job_column_tell (self->column, self->workspace, self->job);
  return self->text != NULL ? self->text : "";
}

static PangoContext *
get_context (StokerJobCell *self)
{
  GtkWidget *table = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_COLUMN_VIEW);

  /* One context for all, except those whose style has another font. */
  if (table == NULL || self->column == STOKER_JOB_COLUMN_GROUP)
    table = GTK_WIDGET (self);
  return gtk_widget_get_pango_context (table);
}

static PangoLayout *
get_layout (StokerJobCell *self)
{
  if (self->layout != NULL)
    return self->layout;
  self->layout = pango_layout_new (get_context (self));
  pango_layout_set_single_paragraph_mode (self->layout, TRUE);
  pango_layout_set_ellipsize (self->layout, PANGO_ELLIPSIZE_END);
  pango_layout_set_text (self->layout, get_text (self), -1);
  if (stoker_job_column_is_number (self->column))
    {
      g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

      pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum"));
      pango_layout_set_attributes (self->layout, attributes);
    }
  return self->layout;
}

static void
forget_text (StokerJobCell *self)
{
  g_clear_pointer (&self->text, g_free);
  g_clear_object (&self->layout);
  self->is_named = FALSE;
  if (self->is_near)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* A bar is of the theme, and few jobs have one. */
static void
show_bar (StokerJobCell *self)
{
  double progress = self->job != NULL ? stoker_job_get_progress (self->job) : -1;

  if (progress < 0 || stoker_job_state_is_final (stoker_job_get_state (self->job)))
    {
      g_clear_pointer (&self->bar, gtk_widget_unparent);
      return;
    }
  if (self->bar == NULL)
    {
      self->bar = gtk_progress_bar_new ();
      gtk_widget_set_valign (self->bar, GTK_ALIGN_CENTER);
      gtk_widget_set_parent (self->bar, GTK_WIDGET (self));
      stoker_ui_set_label (self->bar, _ ("Progress"));
    }
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), CLAMP (progress, 0, 1));
}

/* Size. */

static int
get_icon_room (StokerJobCell *self)
{
  return self->column == STOKER_JOB_COLUMN_STATE ? ICON_SIZE + SPACING : 0;
}

static int
measure_bar (StokerJobCell *self, GtkOrientation orientation)
{
  int minimum = 0;

  if (self->bar != NULL)
    gtk_widget_measure (self->bar, orientation, -1, &minimum, NULL, NULL, NULL);
  return minimum;
}

static void
stoker_job_cell_measure (GtkWidget *widget,
                         GtkOrientation orientation,
                         int for_size,
                         int *minimum,
                         int *natural,
                         int *minimum_baseline,
                         int *natural_baseline)
{
  StokerJobCell *self = STOKER_JOB_CELL (widget);
  int bar = measure_bar (self, orientation);

  ensure_metrics (self);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    *minimum = MAX (MAX (metrics.line_height, ICON_SIZE), bar);
  else
    *minimum = get_icon_room (self) + MIN_CHARS * metrics.char_width +
               (bar > 0 ? bar + SPACING : 0);
  *natural = *minimum;
}

/* How much of the width is the text's; the bar has its least width at the end. */
static int
get_text_room (StokerJobCell *self)
{
  int bar = measure_bar (self, GTK_ORIENTATION_HORIZONTAL);

  return MAX (gtk_widget_get_width (GTK_WIDGET (self)) - get_icon_room (self) -
                (bar > 0 ? bar + SPACING : 0),
              0);
}

static void
stoker_job_cell_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  StokerJobCell *self = STOKER_JOB_CELL (widget);
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int bar = measure_bar (self, GTK_ORIENTATION_HORIZONTAL);

  if (self->bar != NULL)
    gtk_widget_size_allocate (self->bar,
                              &(GtkAllocation){ is_mirrored ? 0 : width - bar, 0, bar, height },
                              -1);
}

/* Drawing. */

static void
get_state_color (StokerJobCell *self, const char *style_class, GdkRGBA *color)
{
  GtkStyleContext *context = gtk_widget_get_style_context (GTK_WIDGET (self));
  g_autofree char *name = g_strconcat (style_class, "_color", NULL);

  if (gtk_style_context_lookup_color (context, name, color))
    return;
  gtk_style_context_get_color (context, color);
  color->alpha *= adw_style_manager_get_high_contrast (adw_style_manager_get_default ())
                    ? DIM_ALPHA_IN_CONTRAST
                    : DIM_ALPHA;
}

static void
draw_icon (StokerJobCell *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  StokerJobState state = stoker_job_get_state (self->job);
  GtkTextDirection direction = gtk_widget_get_direction (widget);
  g_autoptr (GtkIconPaintable) icon =
    gtk_icon_theme_lookup_icon (gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)),
                                stoker_phrase_job_icon (state), NULL, ICON_SIZE,
                                gtk_widget_get_scale_factor (widget), direction, 0);
  int x = direction == GTK_TEXT_DIR_RTL ? gtk_widget_get_width (widget) - ICON_SIZE : 0;
  int y = (gtk_widget_get_height (widget) - ICON_SIZE) / 2;
  GdkRGBA color;

  get_state_color (self, stoker_phrase_job_class (state), &color);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) x, (float) y));
  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, ICON_SIZE,
                                            ICON_SIZE, &color, 1);
  gtk_snapshot_restore (snapshot);
}

static void
draw_text (StokerJobCell *self, GtkSnapshot *snapshot)
{
  GtkWidget *widget = GTK_WIDGET (self);
  PangoLayout *layout = get_layout (self);
  gboolean is_mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  gboolean is_at_end = stoker_job_column_is_number (self->column) != is_mirrored;
  int room = get_text_room (self);
  PangoRectangle text;
  int x;

  pango_layout_set_width (layout, room * PANGO_SCALE);
  pango_layout_get_pixel_extents (layout, NULL, &text);
  x = is_mirrored ? gtk_widget_get_width (widget) - get_icon_room (self) - room
                  : get_icon_room (self);
  x += (is_at_end ? room - text.width : 0) - text.x;
  gtk_snapshot_render_layout (snapshot, gtk_widget_get_style_context (widget), x,
                              (gtk_widget_get_height (widget) - text.height) / 2 - text.y, layout);
}

static void
stoker_job_cell_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  StokerJobCell *self = STOKER_JOB_CELL (widget);

  if (!self->is_near || self->job == NULL)
    return;
  if (self->column == STOKER_JOB_COLUMN_STATE)
    draw_icon (self, snapshot);
  if (*get_text (self) != '\0')
    draw_text (self, snapshot);
  if (self->bar != NULL)
    gtk_widget_snapshot_child (widget, self->bar, snapshot);
}

static gboolean
stoker_job_cell_query_tooltip (
  GtkWidget *widget, int x, int y, gboolean is_by_keyboard, GtkTooltip *tooltip)
{
  StokerJobCell *self = STOKER_JOB_CELL (widget);
  g_autofree char *more = NULL;

  if (self->job != NULL)
    more = stoker_job_column_explain (self->column, self->job);
  if (more == NULL && self->layout != NULL && pango_layout_is_ellipsized (self->layout))
    more = g_strdup (get_text (self));
  gtk_tooltip_set_text (tooltip, more);
  return more != NULL &&
         (!g_str_equal (more, get_text (self)) || pango_layout_is_ellipsized (get_layout (self)));
}

/* Letters may be of another size now. */

static void
forget_letters (StokerJobCell *self)
{
  metrics.char_width = 0;
  g_clear_object (&self->layout);
}

static void
stoker_job_cell_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  forget_letters (STOKER_JOB_CELL (widget));
  GTK_WIDGET_CLASS (stoker_job_cell_parent_class)->css_changed (widget, change);
}

static void
stoker_job_cell_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  forget_letters (STOKER_JOB_CELL (widget));
  GTK_WIDGET_CLASS (stoker_job_cell_parent_class)->system_setting_changed (widget, setting);
  gtk_widget_queue_resize (widget);
}

static void
stoker_job_cell_direction_changed (GtkWidget *widget, GtkTextDirection before)
{
  forget_letters (STOKER_JOB_CELL (widget));
  GTK_WIDGET_CLASS (stoker_job_cell_parent_class)->direction_changed (widget, before);
}

static void
stoker_job_cell_dispose (GObject *object)
{
  StokerJobCell *self = STOKER_JOB_CELL (object);

  g_clear_pointer (&self->bar, gtk_widget_unparent);
  g_clear_object (&self->layout);
  g_clear_object (&self->job);
  g_clear_object (&self->workspace);
  G_OBJECT_CLASS (stoker_job_cell_parent_class)->dispose (object);
}

static void
stoker_job_cell_finalize (GObject *object)
{
  g_free (STOKER_JOB_CELL (object)->text);
  G_OBJECT_CLASS (stoker_job_cell_parent_class)->finalize (object);
}

static void
stoker_job_cell_class_init (StokerJobCellClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = stoker_job_cell_dispose;
  object_class->finalize = stoker_job_cell_finalize;
  widget_class->measure = stoker_job_cell_measure;
  widget_class->size_allocate = stoker_job_cell_size_allocate;
  widget_class->snapshot = stoker_job_cell_snapshot;
  widget_class->query_tooltip = stoker_job_cell_query_tooltip;
  widget_class->css_changed = stoker_job_cell_css_changed;
  widget_class->system_setting_changed = stoker_job_cell_system_setting_changed;
  widget_class->direction_changed = stoker_job_cell_direction_changed;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LABEL);
}

static void
stoker_job_cell_init (StokerJobCell *self)
{
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), TRUE);
}

/**
 * stoker_job_cell_new:
 * @workspace: the workspace, which knows the names of providers
 * @column: what to show
 *
 * Returns: (transfer floating): an empty cell
 */
GtkWidget *
stoker_job_cell_new (StokerWorkspace *workspace, StokerJobColumn column)
{
  StokerJobCell *self = g_object_new (STOKER_TYPE_JOB_CELL, NULL);

  self->workspace = g_object_ref (workspace);
  self->column = column;
  if (column == STOKER_JOB_COLUMN_GROUP)
    gtk_widget_add_css_class (GTK_WIDGET (self), "heading");
  return GTK_WIDGET (self);
}

/**
 * stoker_job_cell_set_job:
 * @job: (nullable): the job to show; whoever knows that it has changed calls
 * stoker_job_cell_refresh()
 */
void
stoker_job_cell_set_job (StokerJobCell *self, StokerJob *job)
{
  g_return_if_fail (STOKER_IS_JOB_CELL (self));

  if (!g_set_object (&self->job, job) || job == NULL)
    return;
  forget_text (self);
  if (self->column == STOKER_JOB_COLUMN_PROGRESS)
    show_bar (self);
}

/**
 * stoker_job_cell_set_group:
 * @label: (nullable): the head of the group that begins here
 */
void
stoker_job_cell_set_group (StokerJobCell *self, const char *label)
{
  g_return_if_fail (STOKER_IS_JOB_CELL (self));

  forget_text (self);
  self->text = g_strdup (label);
}

/**
 * stoker_job_cell_set_near:
 * @is_near: whether the cell is in the part of the table that is seen, or next to it
 *
 * Only a cell that is near is drawn.
 */
void
stoker_job_cell_set_near (StokerJobCell *self, gboolean is_near)
{
  g_return_if_fail (STOKER_IS_JOB_CELL (self));

  if (self->is_near == is_near)
    return;
  self->is_near = is_near;
  if (is_near)
    gtk_widget_queue_draw (GTK_WIDGET (self));
  else
    g_clear_object (&self->layout);
}

/**
 * stoker_job_cell_is_named:
 *
 * Returns: whether assistive technologies know what it says now
 */
gboolean
stoker_job_cell_is_named (StokerJobCell *self)
{
  g_return_val_if_fail (STOKER_IS_JOB_CELL (self), TRUE);

  return self->is_named || self->job == NULL;
}

/**
 * stoker_job_cell_tell_name:
 *
 * Says to assistive technologies what it says to the eye.
 */
void
stoker_job_cell_tell_name (StokerJobCell *self)
{
  g_return_if_fail (STOKER_IS_JOB_CELL (self));

  stoker_ui_set_label (GTK_WIDGET (self), get_text (self));
  self->is_named = TRUE;
}

/**
 * stoker_job_cell_get_job:
 *
 * Returns: (transfer none) (nullable): the job it shows
 */
StokerJob *
stoker_job_cell_get_job (StokerJobCell *self)
{
  g_return_val_if_fail (STOKER_IS_JOB_CELL (self), NULL);

  return self->job;
}

/**
 * stoker_job_cell_get_column:
 *
 * Returns: what it shows of a job
 */
StokerJobColumn
stoker_job_cell_get_column (StokerJobCell *self)
{
  g_return_val_if_fail (STOKER_IS_JOB_CELL (self), STOKER_N_JOB_COLUMNS);

  return self->column;
}

/**
 * stoker_job_cell_refresh:
 *
 * Says what is so now.
 */
void
stoker_job_cell_refresh (StokerJobCell *self)
{
  g_return_if_fail (STOKER_IS_JOB_CELL (self));

  if (self->job == NULL || self->column == STOKER_JOB_COLUMN_GROUP)
    return;
  forget_text (self);
  if (self->column == STOKER_JOB_COLUMN_PROGRESS)
    show_bar (self);
}
