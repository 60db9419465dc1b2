/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-comparison.h"

#include "stoker-csv.h"
#include "stoker-curve.h"
#include "stoker-time.h"

#include <string.h>

/*
 * CSV after RFC 4180: a header, CRLF at the end of each line, fields quoted where needed, amounts
 * as plain decimals without a symbol. What is not known is an empty field, never 0.
 */
static const char header[] =
  "provider,name,plan,plan_kind,gpu,model,region,residency,currency,total,total_is_complete,"
  "per_output,outputs_per_month,per_month,at_rest_per_month,compute,start,idle,storage,transfer,"
  "redo,"
  "ready_s,wall_s,price,price_unit,source,as_of,speed,ease,uptime_percent,support,choose_if\r\n";

static void
end_field (GString *csv)
{
  g_string_append_c (csv, ',');
}

static void
add_text (GString *csv, const char *text)
{
  stoker_csv_append_text (csv, text);
  end_field (csv);
}

static void
add_money (GString *csv, StokerMoney money)
{
  g_autofree char *decimal = stoker_money_to_decimal (money);

  if (decimal != NULL)
    g_string_append (csv, decimal);
  end_field (csv);
}

static void
add_count (GString *csv, gint64 count)
{
  if (count >= 0)
    g_string_append_printf (csv, "%" G_GINT64_FORMAT, count);
  end_field (csv);
}

static void
add_date (GString *csv, gint64 as_of_us)
{
  g_autofree char *iso = stoker_time_format_iso (as_of_us);

  if (iso != NULL)
    g_string_append_len (csv, iso, MIN (strlen (iso), strlen ("2026-11-21")));
}

/* An amount in the row's currency; one in another would be added up wrongly by its reader. */
static StokerMoney
only_in (StokerMoney money, const char *currency)
{
  return money.is_known && g_strcmp0 (money.currency, currency) == 0 ? money
                                                                     : stoker_money_unknown ();
}

static const char *
get_currency (const StokerCandidate *candidate)
{
  if (candidate->estimate->total.is_known)
    return candidate->estimate->total.currency;

  return candidate->offer.price.is_known ? candidate->offer.price.currency : NULL;
}

static void
add_what (GString *csv, const StokerCandidate *candidate)
{
  const StokerOffer *offer = &candidate->offer;

  add_text (csv, candidate->id);
  add_text (csv, candidate->name);
  add_text (csv, offer->plan->id);
  add_text (csv, stoker_plan_kind_names[offer->plan->kind]);
  add_text (csv, offer->gpu);
  add_text (csv, offer->output_model);
  add_text (csv, offer->region);
  add_text (csv, candidate->residency);
  add_text (csv, get_currency (candidate));
}

static void
add_costs (GString *csv,
           const StokerCandidate *candidate,
           const StokerAdvice *advice,
           gint64 volume)
{
  const StokerEstimate *estimate = candidate->estimate;
  const char *currency = get_currency (candidate);

  add_money (csv, estimate->total);
  add_text (csv, estimate->is_complete ? "true" : "false");
  add_money (csv, estimate->per_output);
  add_count (csv, volume);
  add_money (csv, stoker_comparison_monthly_cost (candidate, advice, volume));
  add_money (csv, only_in (estimate->at_rest_per_month, currency));
  for (int kind = 0; kind < STOKER_N_ITEMS; kind++)
    add_money (csv, only_in (stoker_estimate_sum (estimate, kind), currency));
}

/* What the catalog says of the provider; the last field of the line has no comma behind it. */
static void
add_ratings (GString *csv, const StokerProfile *profile)
{
  g_autofree char *reasons = NULL;
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (profile == NULL)
    {
      g_string_append (csv, ",,,,");
      return;
    }
  add_text (csv, profile->rating_speed);
  add_text (csv, profile->rating_ease);
  if (profile->uptime_percent >= 0)
    g_string_append (csv, g_ascii_formatd (digits, sizeof digits, "%.4g", profile->uptime_percent));
  end_field (csv);
  add_text (csv, profile->support);
  reasons = profile->choose_if != NULL ? g_strjoinv ("; ", profile->choose_if) : NULL;
  stoker_csv_append_text (csv, reasons);
}

static void
add_row (GString *csv, const StokerCandidate *candidate, const StokerAdvice *advice, gint64 volume)
{
  const StokerOffer *offer = &candidate->offer;

  add_what (csv, candidate);
  add_costs (csv, candidate, advice, volume);
  add_count (csv, candidate->estimate->ready_s);
  add_count (csv, candidate->estimate->wall_s);
  add_money (csv, offer->price);
  add_text (csv, stoker_unit_names[offer->price_unit]);
  add_text (csv, offer->source);
  add_date (csv, offer->as_of_us);
  end_field (csv);
  add_ratings (csv, offer->profile);
  g_string_append (csv, "\r\n");
}

/**
 * stoker_comparison_to_csv:
 * @outputs_per_month: 0 or less: the workload's own
 *
 * Returns: (transfer full): the candidates, one a line, best first
 */
char *
stoker_comparison_to_csv (const StokerAdvice *advice, gint64 outputs_per_month)
{
  gint64 volume = stoker_comparison_choose_volume (advice, outputs_per_month);
  g_autoptr (GString) csv = g_string_new (header);

  for (guint i = 0; i < advice->candidates->len; i++)
    add_row (csv, advice->candidates->pdata[i], advice, volume);

  return g_string_free (g_steal_pointer (&csv), FALSE);
}
