/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-weighing-private.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* Older prices are told with a warning: list prices of GPUs have moved by a third within a year. */
#define OLD_PRICE_DAYS 180
#define MB_PER_GB 1000.0

static void
warn (StokerCandidate *candidate, char *text)
{
  if (text != NULL)
    g_ptr_array_add (candidate->warnings, text);
}

/* Words in a licence that mean "not everybody may see or use this". */
static gboolean
is_restricted_licence (const char *licence)
{
  static const char *const words[] = {
    "proprietary", "commercial", "nda", "-nc", "confidential", "all rights", "no-redistribution",
  };
  g_autofree char *lower = licence != NULL ? g_ascii_strdown (licence, -1) : NULL;

  for (guint i = 0; lower != NULL && i < G_N_ELEMENTS (words); i++)
    if (strstr (lower, words[i]) != NULL)
      return TRUE;

  return FALSE;
}

/**
 * stoker_list_licences:
 *
 * Returns: (transfer full) (element-type utf8): "name: licence" of each asset that may not be given
 * away freely
 */
GPtrArray *
stoker_list_licences (const StokerWorkload *workload)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; workload->assets != NULL && i < workload->assets->len; i++)
    {
      const StokerAsset *asset = workload->assets->pdata[i];

      if (is_restricted_licence (asset->licence))
        g_ptr_array_add (list, g_strdup_printf ("%s: %s", asset->name, asset->licence));
    }

  return list;
}

static void
warn_of_licences (StokerWeighing *weighing, StokerCandidate *candidate)
{
  g_autoptr (GPtrArray) licences = stoker_list_licences (weighing->workload);
  g_autofree char *text = NULL;

  if (licences->len == 0)
    return;
  g_ptr_array_add (licences, NULL);
  text = g_strjoinv ("; ", (GStrv) licences->pdata);
  warn (candidate,
        g_strdup_printf (_ ("Review the licences before sending these to a host you share (%s)."),
                         text));
}

static void
warn_of_place (const StokerSource *source, StokerCandidate *candidate)
{
  const char *region = stoker_source_get_region (source, &candidate->offer);

  if (g_strcmp0 (candidate->residency, "unknown") == 0)
    warn (candidate,
          g_strdup_printf (_ (
                             "Your files leave this machine for %s; to which country is not told."),
                           candidate->name));
  else
    warn (candidate, g_strdup_printf (_ ("Your files leave this machine for %s in \"%s\" (%s)."),
                                      candidate->name, candidate->residency, region));
}

/* Voices and translations carry what people said: the provider's own note is shown with them. */
static void
warn_of_content (StokerWeighing *weighing, StokerCandidate *candidate)
{
  const StokerProfile *profile = candidate->offer.profile;
  const char *type = weighing->workload->type;

  if (g_strcmp0 (type, "voice_synthesis") != 0 && g_strcmp0 (type, "translation") != 0)
    return;
  if (profile != NULL && profile->content_note != NULL && *profile->content_note != '\0')
    warn (candidate, g_strdup (profile->content_note));
}

static void
warn_of_missing (StokerCandidate *candidate)
{
  g_autoptr (GString) names = g_string_new (NULL);
  const StokerEstimate *estimate = candidate->estimate;

  if (!estimate->total.is_known || estimate->is_complete)
    return;
  for (guint i = 0; i < estimate->items->len; i++)
    {
      const StokerEstimateItem *item = estimate->items->pdata[i];

      if (!item->amount.is_known)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : "", item->label);
    }
  warn (candidate,
        g_strdup_printf (_ ("The cost is at least this much; not told: %s."), names->str));
}

static void
warn_of_budget (StokerWeighing *weighing, StokerCandidate *candidate)
{
  g_autofree char *limit = stoker_money_format (weighing->workload->budget);
  StokerMoney left = stoker_money_subtract (weighing->workload->budget, candidate->estimate->total);

  if (weighing->workload->budget.is_known && !left.is_known)
    warn (candidate,
          g_strdup_printf (_ ("Its cost is not known, so the limit of %s cannot be checked."),
                           limit));
}

static void
warn_of_currency (StokerWeighing *weighing, StokerCandidate *candidate)
{
  StokerMoney total = candidate->estimate->total;
  const char *currency = stoker_score_get_currency (weighing->workload);

  if (total.is_known && !g_str_equal (total.currency, currency))
    warn (candidate,
          g_strdup_printf (_ ("Its cost is in %s and was not compared with those in %s."),
                           total.currency, currency));
}

/* Results have a size, also when nobody told it. */
static void
warn_of_download (StokerWeighing *weighing, StokerCandidate *candidate)
{
  const GPtrArray *tiers = candidate->offer.plan->egress;
  const StokerTier *first = tiers != NULL && tiers->len > 0 ? tiers->pdata[0] : NULL;
  g_autofree char *price = NULL;

  if (weighing->workload->download_mb >= 0 || first == NULL || !first->price.amount.is_known ||
      first->price.amount.nanos == 0)
    return;
  price = stoker_money_format (first->price.amount);
  warn (candidate,
        g_strdup_printf (_ ("How much comes back is not told; each GB of it would cost %s."),
                         price));
}

static void
warn_of_price (StokerWeighing *weighing, StokerCandidate *candidate)
{
  const StokerOffer *offer = &candidate->offer;
  gint64 days = (weighing->input->now_us - offer->as_of_us) / G_TIME_SPAN_DAY;

  if (!offer->price.is_known)
    return;
  if (offer->as_of_us <= 0)
    warn (candidate, g_strdup (_ ("Nobody told when its price was read.")));
  else if (days > OLD_PRICE_DAYS)
    warn (candidate,
          g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "Its price was read %d day ago.",
                                        "Its price was read %d days ago.", (gulong) days),
                           (int) days));
  if (offer->confidence == STOKER_CONFIDENCE_UNVERIFIED)
    warn (candidate, g_strdup (_ ("Its price could not be verified.")));
}

static void
warn_of_storage (StokerWeighing *weighing, StokerCandidate *candidate)
{
  const StokerProfile *profile = candidate->offer.profile;
  const StokerRequirements *requirements = &weighing->requirements;
  double upload_mb = requirements->upload_gb * MB_PER_GB;

  if (profile == NULL)
    return;
  if (requirements->needs_persistent_storage && !profile->supports_persistent_storage)
    warn (candidate, g_strdup (_ ("It keeps no data when the work is done: fetch the outputs.")));
  if (!stoker_cost_is_timed (&candidate->offer) ||
      candidate->offer.plan->kind == STOKER_PLAN_SERVERLESS)
    if (profile->max_payload_mb >= 0 && upload_mb > profile->max_payload_mb)
      warn (candidate, g_strdup_printf (
                         _ ("A request may hold %g MB, and there are %g MB to send: the rest needs "
                            "a storage bucket or volume."),
                         profile->max_payload_mb, upload_mb));
}

static void
warn_of_deadline (StokerWeighing *weighing, StokerCandidate *candidate)
{
  if (stoker_score_is_late (weighing, candidate))
    warn (candidate, g_strdup_printf (_ ("It would not be done within %g minutes."),
                                      weighing->workload->deadline_minutes));
}

/**
 * stoker_warn_candidate:
 *
 * Adds to a remote candidate what its user has to know before sending anything: consent, where the
 * files go, licences, what the cost leaves out, the age of the price.
 */
void
stoker_warn_candidate (StokerWeighing *weighing,
                       const StokerSource *source,
                       StokerCandidate *candidate)
{
  const StokerProfile *profile = candidate->offer.profile;

  if (profile != NULL && profile->opt_in_warning != NULL)
    warn (candidate, g_strdup (profile->opt_in_warning));
  if (candidate->offer.plan->kind != STOKER_PLAN_OWN)
    {
      warn_of_place (source, candidate);
      warn_of_licences (weighing, candidate);
    }
  warn_of_content (weighing, candidate);
  warn_of_missing (candidate);
  warn_of_budget (weighing, candidate);
  warn_of_currency (weighing, candidate);
  warn_of_download (weighing, candidate);
  warn_of_price (weighing, candidate);
  warn_of_storage (weighing, candidate);
  warn_of_deadline (weighing, candidate);
}
