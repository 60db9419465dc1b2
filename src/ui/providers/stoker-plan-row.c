/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-plan-row.h"

#include "stoker-phrases.h"
#include "stoker-ui.h"

#include <glib/gi18n-lib.h>

/* A plan of a large cloud lists hundreds of machines; the whole table is in the offers, not here.
 */
#define MAX_PRICES 40

struct _StokerPlanRow
{
  AdwExpanderRow parent_instance;

  StokerProfile *profile; /* owned: keeps the plan alive */
  const StokerPlan *plan; /* borrowed from the profile */
  gint64 now_us;
  gboolean is_filled;

  GtkLabel *price_label;
};

G_DEFINE_FINAL_TYPE (StokerPlanRow, stoker_plan_row, ADW_TYPE_EXPANDER_ROW)

static GtkWidget *
new_price_row (const char *title, const char *subtitle, const StokerPrice *price)
{
  g_autofree char *text = stoker_phrase_price (price);
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);
  g_autofree char *escaped_subtitle = g_markup_escape_text (subtitle, -1);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *label = gtk_label_new (text);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped_subtitle);
  gtk_widget_set_tooltip_text (row, price->note);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

static char *
describe_offer (const StokerPlanOffer *offer)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (offer->gpu != NULL)
    {
      if (offer->gpus > 1)
        g_string_append_printf (text, "%d × ", offer->gpus);
      g_string_append (text, offer->gpu);
      if (offer->vram_gb > 0)
        g_string_append_printf (text, " · %g GB", offer->vram_gb);
    }
  else
    {
      g_string_append (text, offer->output_model != NULL ? offer->output_model : _ ("Any model"));
      if (offer->output_resolution != NULL)
        g_string_append_printf (text, " · %s", offer->output_resolution);
    }
  if (offer->region != NULL && !g_str_equal (offer->region, "*"))
    g_string_append_printf (text, " · %s", offer->region);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_offers (StokerPlanRow *self)
{
  GPtrArray *offers = self->plan->offers;
  guint n_shown = offers != NULL ? MIN (offers->len, MAX_PRICES) : 0;

  for (guint i = 0; i < n_shown; i++)
    {
      const StokerPlanOffer *offer = g_ptr_array_index (offers, i);
      g_autofree char *title = describe_offer (offer);
      g_autofree char *origin = stoker_phrase_fact (offer->price.fact.source,
                                                    offer->price.fact.as_of_us, self->now_us);

      adw_expander_row_add_row (ADW_EXPANDER_ROW (self),
                                new_price_row (title, origin, &offer->price));
    }
  if (offers != NULL && offers->len > n_shown)
    {
      g_autofree char *more = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%u more price",
                                                            "%u more prices",
                                                            offers->len - n_shown),
                                               offers->len - n_shown);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), more);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
    }
}

static void
add_storage (StokerPlanRow *self)
{
  for (guint i = 0; self->plan->storage != NULL && i < self->plan->storage->len; i++)
    {
      const StokerStorageRate *rate = g_ptr_array_index (self->plan->storage, i);
      g_autofree char *origin = stoker_phrase_fact (rate->price.fact.source,
                                                    rate->price.fact.as_of_us, self->now_us);
      g_autofree char *title = g_strdup_printf (rate->state == STOKER_STORAGE_STOPPED
                                                  ? _ ("Storage while stopped: %s")
                                                  : _ ("Storage: %s"),
                                                rate->name);

      adw_expander_row_add_row (ADW_EXPANDER_ROW (self),
                                new_price_row (title, origin, &rate->price));
    }
}

/* Rows are made when the plan is first opened: a catalog entry can hold hundreds of prices. */
static void
expanded_cb (StokerPlanRow *self)
{
  if (self->is_filled || self->plan == NULL ||
      !adw_expander_row_get_expanded (ADW_EXPANDER_ROW (self)))
    return;
  self->is_filled = TRUE;
  add_offers (self);
  add_storage (self);
}

static const StokerPlanOffer *
find_cheapest (const StokerPlan *plan)
{
  const StokerPlanOffer *cheapest = NULL;

  for (guint i = 0; plan->offers != NULL && i < plan->offers->len; i++)
    {
      const StokerPlanOffer *offer = g_ptr_array_index (plan->offers, i);

      if (!offer->price.amount.is_known)
        continue;
      if (cheapest == NULL ||
          (offer->price.unit == cheapest->price.unit &&
           stoker_money_compare (offer->price.amount, cheapest->price.amount) < 0))
        cheapest = offer;
    }
  return cheapest;
}

static void
show_cheapest (StokerPlanRow *self)
{
  const StokerPlanOffer *cheapest = find_cheapest (self->plan);
  g_autofree char *price = NULL;
  g_autofree char *text = NULL;

  if (cheapest == NULL)
    {
      gtk_label_set_label (self->price_label, _ ("price unknown"));
      return;
    }
  price = stoker_phrase_price (&cheapest->price);
  text = self->plan->offers->len > 1 ? g_strdup_printf (_ ("from %s"), price) : g_strdup (price);
  gtk_label_set_label (self->price_label, text);
}

static void
stoker_plan_row_finalize (GObject *object)
{
  StokerPlanRow *self = STOKER_PLAN_ROW (object);

  g_clear_pointer (&self->profile, stoker_profile_unref);
  G_OBJECT_CLASS (stoker_plan_row_parent_class)->finalize (object);
}

static void
stoker_plan_row_class_init (StokerPlanRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = stoker_plan_row_finalize;
  gtk_widget_class_set_template_from_resource (widget_class, STOKER_UI_RESOURCE_PATH
                                               "/providers/stoker-plan-row.ui");
  gtk_widget_class_bind_template_child (widget_class, StokerPlanRow, price_label);
  gtk_widget_class_bind_template_callback (widget_class, expanded_cb);
}

static void
stoker_plan_row_init (StokerPlanRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * stoker_plan_row_new:
 * @profile: the profile
 * @plan: one of its plans
 * @now_us: the present, for the age of prices
 *
 * Returns: (transfer floating): a row for the plan
 */
GtkWidget *
stoker_plan_row_new (StokerProfile *profile, const StokerPlan *plan, gint64 now_us)
{
  StokerPlanRow *self = g_object_new (STOKER_TYPE_PLAN_ROW, NULL);
  g_autofree char *billing = stoker_phrase_billing (plan);
  g_autofree char *title = g_markup_escape_text (plan->name, -1);

  self->profile = stoker_profile_ref (profile);
  self->plan = plan;
  self->now_us = now_us;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  stoker_ui_set_label (GTK_WIDGET (self), plan->name);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), billing);
  show_cheapest (self);
  return GTK_WIDGET (self);
}
