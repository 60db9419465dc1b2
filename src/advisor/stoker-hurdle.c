/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-weighing-private.h"

#include "stoker-time.h"

#include <glib/gi18n-lib.h>

/**
 * stoker_hurdle_get_group:
 *
 * Returns: (transfer none): the word rejections are grouped by
 */
const char *
stoker_hurdle_get_group (StokerHurdle hurdle)
{
  static const char *const groups[] = {
    [STOKER_HURDLE_DISCONTINUED] = "discontinued",
    [STOKER_HURDLE_INACTIVE] = "inactive",
    [STOKER_HURDLE_UNHEALTHY] = "unhealthy",
    [STOKER_HURDLE_REHEARSAL] = "unsupported",
    [STOKER_HURDLE_OPT_IN] = "opt-in",
    [STOKER_HURDLE_UNREGISTERED] = "unsupported",
    [STOKER_HURDLE_NO_OFFER] = "price",
    [STOKER_HURDLE_SPOT] = "spot",
    [STOKER_HURDLE_OUTPUT] = "kind",
    [STOKER_HURDLE_UNAVAILABLE] = "unavailable",
    [STOKER_HURDLE_QUOTA] = "quota",
    [STOKER_HURDLE_NO_GPU] = "vram",
    [STOKER_HURDLE_GPU_COUNT] = "vram",
    [STOKER_HURDLE_VRAM] = "vram",
    [STOKER_HURDLE_REGION] = "residency",
    [STOKER_HURDLE_RESIDENCY] = "residency",
    [STOKER_HURDLE_BUDGET] = "budget",
    [STOKER_HURDLE_NONE] = "unsupported",
  };

  return groups[hurdle];
}

static char *
explain_health (const StokerSource *source)
{
  StokerHealth *health = stoker_provider_get_health (source->provider);

  if (health->message == NULL)
    return g_strdup (_ ("Its last check failed."));

  return g_strdup_printf (_ ("Its last check failed: %s."), health->message);
}

static char *
explain_opt_in (const StokerSource *source)
{
  return g_strdup_printf (
    _ ("It needs your consent: %s Allow it in the provider's settings, or with "
       "\"opt_in\": [\"%s\"] in the workload."),
    source->profile->opt_in_warning, source->profile->id);
}

static char *
explain_discontinued (const StokerSource *source)
{
  if (source->profile->status_note == NULL)
    return g_strdup (_ ("It is discontinued."));

  return g_strdup_printf (_ ("It is discontinued: %s"), source->profile->status_note);
}

/**
 * stoker_hurdle_explain_source:
 *
 * Returns: (transfer full): one sentence on why nothing of @source was weighed
 */
char *
stoker_hurdle_explain_source (const StokerWeighing *weighing, const StokerSource *source)
{
  if (source->hurdle == STOKER_HURDLE_DISCONTINUED)
    return explain_discontinued (source);
  if (source->hurdle == STOKER_HURDLE_INACTIVE)
    return g_strdup (_ ("It is switched off."));
  if (source->hurdle == STOKER_HURDLE_UNHEALTHY)
    return explain_health (source);
  if (source->hurdle == STOKER_HURDLE_REHEARSAL)
    return g_strdup (_ ("It only rehearses: no real work is done there."));
  if (source->hurdle == STOKER_HURDLE_OPT_IN)
    return explain_opt_in (source);
  if (source->hurdle == STOKER_HURDLE_UNREGISTERED)
    return g_strdup (_ ("It is a machine or cluster of your own that is not registered yet."));

  return g_strdup (_ ("No offer of it is among those that were weighed."));
}

static char *
explain_output (const StokerWeighing *weighing, const StokerOffer *offer)
{
  const StokerWorkload *workload = weighing->workload;

  if (workload->workflows != NULL && workload->workflows->len > 0)
    return g_strdup (_ ("It runs its own models, and this work has its own workflow."));

  return g_strdup_printf (_ ("It sells outputs of the kind %s, which is not what this work makes."),
                          stoker_output_kind_names[offer->output_kind]);
}

static char *
explain_vram (const StokerWeighing *weighing, const StokerLot *lot)
{
  const StokerOffer *offer = &lot->nearest;
  double floor_gb = weighing->requirements.min_vram_gb;

  if (offer->vram_gb < 0)
    return g_strdup_printf (_ ("Its VRAM is not told, %g GB needed."), floor_gb);
  if (offer->plan->kind == STOKER_PLAN_OWN)
    return g_strdup_printf (_ ("It is entered with %g GB, %g GB needed."), offer->vram_gb,
                            floor_gb);
  if (lot->n_rejected > 1)
    return g_strdup_printf (_ ("The largest GPU among its %u offers has %g GB, %g GB needed."),
                            lot->n_rejected, offer->vram_gb, floor_gb);

  return g_strdup_printf (_ ("It has %g GB, %g GB needed."), offer->vram_gb, floor_gb);
}

static char *
explain_region (const StokerWeighing *weighing, const StokerLot *lot)
{
  const char *region = stoker_source_get_region (lot->source, &lot->nearest);
  g_autofree char *wanted = g_strjoinv (", ", weighing->workload->regions);

  if (g_str_equal (region, "*"))
    return g_strdup_printf (_ ("Its region is not told, %s is asked for."), wanted);

  return g_strdup_printf (_ ("It is in %s, %s is asked for."), region, wanted);
}

static char *
explain_residency (const StokerWeighing *weighing, const StokerLot *lot)
{
  const char *region = stoker_source_get_region (lot->source, &lot->nearest);
  const char *tag = lot->source->profile != NULL
                      ? stoker_profile_get_residency (lot->source->profile, region)
                      : NULL;
  g_autofree char *allowed = g_strjoinv (", ", weighing->workload->residency);

  if (tag == NULL || g_str_equal (tag, "unknown"))
    return g_strdup_printf (
      _ ("Where its data is kept is not told, and the project allows only %s."), allowed);

  return g_strdup_printf (_ ("Its data is kept in \"%s\" (%s), and the project allows only %s."),
                          tag, region, allowed);
}

static char *
explain_budget (const StokerWeighing *weighing, const StokerLot *lot)
{
  g_autofree char *total = stoker_money_format (lot->nearest_total);
  g_autofree char *limit = stoker_money_format (weighing->workload->budget);

  return g_strdup_printf (_ ("It would cost %s, and the limit is %s."), total, limit);
}

static char *
explain_availability (const StokerWeighing *weighing, const StokerOffer *offer)
{
  g_autofree char *age = NULL;

  if (!offer->is_live)
    return g_strdup (_ ("It is sold out at the moment."));
  age = stoker_age_format (offer->as_of_us, weighing->input->now_us);
  return g_strdup_printf (_ ("The provider had none of it free when it was asked (%s)."), age);
}

static char *
explain_quota (const StokerWeighing *weighing, const StokerLot *lot)
{
  const char *region = stoker_source_get_region (lot->source, &lot->nearest);

  if (g_str_equal (region, "*"))
    return g_strdup (_ ("The quota of the account does not allow it; ask the provider for more."));

  return g_strdup_printf (_ ("The quota of the account in %s does not allow it; ask the provider "
                             "for more."),
                          region);
}

/**
 * stoker_hurdle_explain_lot:
 *
 * Returns: (transfer full): one sentence, with figures, on why no offer of the plan will do; about
 * the one that came nearest
 */
char *
stoker_hurdle_explain_lot (const StokerWeighing *weighing, const StokerLot *lot)
{
  const StokerOffer *offer = &lot->nearest;

  if (lot->nearest_hurdle == STOKER_HURDLE_SPOT)
    return g_strdup (_ ("It can be interrupted at any time; \"allow_spot\": true in the workload "
                        "allows that."));
  if (lot->nearest_hurdle == STOKER_HURDLE_OUTPUT)
    return explain_output (weighing, offer);
  if (lot->nearest_hurdle == STOKER_HURDLE_QUOTA)
    return explain_quota (weighing, lot);
  if (lot->nearest_hurdle == STOKER_HURDLE_UNAVAILABLE)
    return explain_availability (weighing, offer);
  if (lot->nearest_hurdle == STOKER_HURDLE_NO_GPU)
    return g_strdup (_ ("It has no GPU, and this work needs one."));
  if (lot->nearest_hurdle == STOKER_HURDLE_GPU_COUNT)
    return g_strdup_printf (_ ("GPUs in one machine at most: %d, needed: %d."), offer->gpus,
                            weighing->workload->gpus);
  if (lot->nearest_hurdle == STOKER_HURDLE_VRAM)
    return explain_vram (weighing, lot);
  if (lot->nearest_hurdle == STOKER_HURDLE_REGION)
    return explain_region (weighing, lot);
  if (lot->nearest_hurdle == STOKER_HURDLE_RESIDENCY)
    return explain_residency (weighing, lot);

  return explain_budget (weighing, lot);
}
