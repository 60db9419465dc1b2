/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-amount-row.h"

#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

#include <errno.h>
#include <math.h>

/* Characters of the longest number that is usual. */
#define NUMBER_WIDTH 8

struct _StokerAmountRow
{
  AdwActionRow parent_instance;

  char *open_text; /* owned */

  GtkSpinButton *spin;
  GtkLabel *unit_label;
};

G_DEFINE_FINAL_TYPE (StokerAmountRow, stoker_amount_row, ADW_TYPE_ACTION_ROW)

typedef enum {
  PROP_VALUE = 1,
  PROP_UPPER,
  PROP_STEP,
  PROP_UNIT,
  PROP_OPEN_TEXT,
  N_PROPS,
} StokerAmountRowProperty;

static GParamSpec *properties[N_PROPS];

static gboolean
output_cb (StokerAmountRow *self)
{
  double value = gtk_spin_button_get_value (self->spin);
  g_autofree char *text = NULL;

  if (value == 0 && self->open_text != NULL)
    text = g_strdup (self->open_text);
  else if (fabs (value - nearbyint (value)) < 0.005)
    text = g_strdup_printf ("%.0f", value);
  else
    text = g_strdup_printf ("%.2f", value);
  if (g_strcmp0 (text, gtk_editable_get_text (GTK_EDITABLE (self->spin))) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->spin), text);
  return TRUE;
}

static int
input_cb (StokerAmountRow *self, double *value)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->spin));
  char *end = NULL;

  *value = 0;
  if (*text == '\0' || g_strcmp0 (text, self->open_text) == 0)
    return TRUE;
  errno = 0;
  *value = g_strtod (text, &end);
  return errno == 0 && end != text && isfinite (*value) ? TRUE : GTK_INPUT_ERROR;
}

static void
value_changed_cb (StokerAmountRow *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
}

static void
stoker_amount_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StokerAmountRow *self = STOKER_AMOUNT_ROW (object);
  GtkAdjustment *adjustment = gtk_spin_button_get_adjustment (self->spin);

  switch ((StokerAmountRowProperty) id)
    {
    case PROP_VALUE:
      g_value_set_double (value, gtk_adjustment_get_value (adjustment));
      break;
    case PROP_UPPER:
      g_value_set_double (value, gtk_adjustment_get_upper (adjustment));
      break;
    case PROP_STEP:
      g_value_set_double (value, gtk_adjustment_get_step_increment (adjustment));
      break;
    case PROP_UNIT:
      g_value_set_string (value, gtk_label_get_label (self->unit_label));
      break;
    case PROP_OPEN_TEXT:
      g_value_set_string (value, self->open_text);
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

/* Other languages may need more room for it than a number does. */
static void
set_open_text (StokerAmountRow *self, const char *text)
{
  int width = text != NULL ? (int) g_utf8_strlen (text, -1) : 0;

  g_free (self->open_text);
  self->open_text = g_strdup (text);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->spin), MAX (width, NUMBER_WIDTH));
  gtk_spin_button_update (self->spin);
}

static void
stoker_amount_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  StokerAmountRow *self = STOKER_AMOUNT_ROW (object);
  GtkAdjustment *adjustment = gtk_spin_button_get_adjustment (self->spin);

  switch ((StokerAmountRowProperty) id)
    {
    case PROP_VALUE:
      stoker_amount_row_set_value (self, g_value_get_double (value));
      break;
    case PROP_UPPER:
      gtk_adjustment_set_upper (adjustment, g_value_get_double (value));
      break;
    case PROP_STEP:
      gtk_adjustment_set_step_increment (adjustment, g_value_get_double (value));
      gtk_adjustment_set_page_increment (adjustment, 10 * g_value_get_double (value));
      break;
    case PROP_UNIT:
      gtk_label_set_label (self->unit_label, g_value_get_string (value));
      gtk_widget_set_visible (GTK_WIDGET (self->unit_label), TRUE);
      break;
    case PROP_OPEN_TEXT:
      set_open_text (self, g_value_get_string (value));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
stoker_amount_row_finalize (GObject *object)
{
  g_free (STOKER_AMOUNT_ROW (object)->open_text);
  G_OBJECT_CLASS (stoker_amount_row_parent_class)->finalize (object);
}

static void
stoker_amount_row_class_init (StokerAmountRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = stoker_amount_row_get_property;
  object_class->set_property = stoker_amount_row_set_property;
  object_class->finalize = stoker_amount_row_finalize;

  properties[PROP_VALUE] = g_param_spec_double ("value", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  properties[PROP_UPPER] = g_param_spec_double ("upper", NULL, NULL, 0, G_MAXDOUBLE, 100, flags);
  properties[PROP_STEP] = g_param_spec_double ("step", NULL, NULL, 0, G_MAXDOUBLE, 1, flags);
  properties[PROP_UNIT] = g_param_spec_string ("unit", NULL, NULL, "", flags);
  properties[PROP_OPEN_TEXT] = g_param_spec_string ("open-text", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/advisor/stoker-amount-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerAmountRow, spin);
  gtk_widget_class_bind_template_child (widget_class, StokerAmountRow, unit_label);
  gtk_widget_class_bind_template_callback (widget_class, output_cb);
  gtk_widget_class_bind_template_callback (widget_class, input_cb);
  gtk_widget_class_bind_template_callback (widget_class, value_changed_cb);
}

static void
stoker_amount_row_init (StokerAmountRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_amount_row_get_value:
 *
 * Returns: the number; 0 when it was left open
 */
double
stoker_amount_row_get_value (StokerAmountRow *self)
{
  g_return_val_if_fail (STOKER_IS_AMOUNT_ROW (self), 0);

  return gtk_spin_button_get_value (self->spin);
}

/**
 * stoker_amount_row_set_value:
 * @value: the number; 0 leaves it open
 */
void
stoker_amount_row_set_value (StokerAmountRow *self, double value)
{
  g_return_if_fail (STOKER_IS_AMOUNT_ROW (self));

  gtk_spin_button_set_value (self->spin, value);
}
