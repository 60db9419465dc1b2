/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-memory-row.h"

#include "stoker-ui.h"

#include <math.h>

struct _StokerMemoryRow
{
  AdwPreferencesRow parent_instance;

  double value; /* GB */
  gboolean is_following;

  GtkScale *scale;
};

G_DEFINE_FINAL_TYPE (StokerMemoryRow, stoker_memory_row, ADW_TYPE_PREFERENCES_ROW)

typedef enum {
  PROP_VALUE = 1,
  N_PROPS,
} StokerMemoryRowProperty;

static GParamSpec *properties[N_PROPS];

/* GB of one card, then of two, four and eight. */
static const double notches[] = { 0,  4,  6,  8,  10, 12,  16,  20,  24,
                                  32, 40, 48, 64, 80, 141, 192, 320, 640 };

/* What is written under the slider. */
static const guint marks[] = { 3, 6, 8, 11, 13, 17 };

static guint
find_notch (double value)
{
  guint nearest = 0;

  for (guint i = 1; i < G_N_ELEMENTS (notches); i++)
    if (fabs (notches[i] - value) < fabs (notches[nearest] - value))
      nearest = i;
  return nearest;
}

static void
set_value (StokerMemoryRow *self, double value)
{
  if (self->value == value)
    return;
  self->value = value;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
}

static void
moved_cb (StokerMemoryRow *self)
{
  guint notch = (guint) lround (gtk_range_get_value (GTK_RANGE (self->scale)));

  if (!self->is_following && notch < G_N_ELEMENTS (notches))
    set_value (self, notches[notch]);
}

static void
add_marks (StokerMemoryRow *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      g_autofree char *text = g_strdup_printf ("<small>%g</small>", notches[marks[i]]);

      gtk_scale_add_mark (self->scale, marks[i], GTK_POS_BOTTOM, text);
    }
}

static void
stoker_memory_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((StokerMemoryRowProperty) id)
    {
    case PROP_VALUE:
      g_value_set_double (value, STOKER_MEMORY_ROW (object)->value);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stoker_memory_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StokerMemoryRow *self = STOKER_MEMORY_ROW (object);

  switch ((StokerMemoryRowProperty) id)
    {
    case PROP_VALUE:
      /* A size between two notches is shown at the nearer one, and stays what it is. */
      self->is_following = TRUE;
      gtk_range_set_value (GTK_RANGE (self->scale), find_notch (g_value_get_double (value)));
      self->is_following = FALSE;
      set_value (self, g_value_get_double (value));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stoker_memory_row_class_init (StokerMemoryRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = stoker_memory_row_get_property;
  object_class->set_property = stoker_memory_row_set_property;

  properties[PROP_VALUE] = g_param_spec_double ("value", NULL, NULL, 0, G_MAXDOUBLE, 0,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY |
                                                  G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/advisor/stoker-memory-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerMemoryRow, scale);
  gtk_widget_class_bind_template_callback (widget_class, moved_cb);
}

static void
stoker_memory_row_init (StokerMemoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_range_set_range (GTK_RANGE (self->scale), 0, G_N_ELEMENTS (notches) - 1);
  add_marks (self);
}
