/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli-text.h"

#include "stoker-time.h"

#include <glib/gi18n-lib.h>

#include <math.h>

/**
 * stoker_cli_text_clean:
 * @text: from anywhere
 * @keeps_lines: keep line breaks and tabs
 *
 * Takes out what a terminal would obey instead of show.
 *
 * Returns: (transfer full): @text as valid UTF-8 without control characters
 */
char *
stoker_cli_text_clean (const char *text, gboolean keeps_lines)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) clean = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar character = g_utf8_get_char (p);
      gboolean is_kept = !g_unichar_iscntrl (character) ||
                         (keeps_lines && (character == '\n' || character == '\t'));

      g_string_append_unichar (clean, is_kept ? character : ' ');
    }

  return g_string_free (g_steal_pointer (&clean), FALSE);
}

/**
 * stoker_cli_text_duration:
 * @seconds: -1 for unknown
 *
 * Returns: (transfer full): as people say it
 */
char *
stoker_cli_text_duration (gint64 seconds)
{
  return seconds < 0 ? g_strdup (_ ("unknown")) : stoker_duration_format (seconds);
}

/**
 * stoker_cli_text_vram:
 * @vram_gb: of one GPU; -1 for unknown
 *
 * Returns: (transfer full): "24 GB"
 */
char *
stoker_cli_text_vram (double vram_gb)
{
  /* A market tells 24,564 MiB where everybody says 24 GB. */
  return vram_gb < 0 ? g_strdup (_ ("unknown"))
                     : g_strdup_printf (_ ("%g GB"), round (vram_gb * 10) / 10);
}

/**
 * stoker_cli_text_gpu:
 *
 * Returns: (transfer full): "2 × RTX 4090", or what is rented instead of a GPU
 */
char *
stoker_cli_text_gpu (const StokerOffer *offer)
{
  if (offer->gpu == NULL)
    return g_strdup (offer->output_model != NULL ? offer->output_model : _ ("none"));
  if (offer->gpus > 1)
    return g_strdup_printf (_ ("%d × %s"), offer->gpus, offer->gpu);

  return g_strdup (offer->gpu);
}

static const char *
get_unit_word (StokerUnit unit)
{
  switch (unit)
    {
    case STOKER_UNIT_SECOND:
      return _ ("s");
    case STOKER_UNIT_MINUTE:
      return _ ("min");
    case STOKER_UNIT_HOUR:
      return _ ("h");
    case STOKER_UNIT_GB:
      return _ ("GB");
    case STOKER_UNIT_GB_MONTH:
      return _ ("GB and month");
    case STOKER_UNIT_IMAGE:
      return _ ("image");
    case STOKER_UNIT_MEGAPIXEL:
      return _ ("megapixel");
    case STOKER_UNIT_VIDEO_SECOND:
      return _ ("second of video");
    case STOKER_UNIT_VIDEO:
      return _ ("video");
    case STOKER_UNIT_REQUEST:
      return _ ("request");
    case STOKER_UNIT_MONTH:
    default:
      return _ ("month");
    }
}

/**
 * stoker_cli_text_price:
 *
 * Returns: (transfer full): "$0.34/h", or "unknown"
 */
char *
stoker_cli_text_price (const StokerOffer *offer)
{
  g_autofree char *amount = NULL;

  if (!offer->price.is_known)
    return g_strdup (_ ("unknown"));

  amount = stoker_money_format (offer->price);
  return g_strdup_printf ("%s/%s", amount, get_unit_word (offer->price_unit));
}

/**
 * stoker_cli_text_age:
 * @then_us: 0 when nobody told
 *
 * Returns: (transfer full): how old a figure is
 */
char *
stoker_cli_text_age (gint64 then_us, gint64 now_us)
{
  return then_us == 0 ? g_strdup (_ ("age unknown")) : stoker_age_format (then_us, now_us);
}

/**
 * stoker_cli_text_time:
 * @time_us: 0 for "not yet"
 *
 * Returns: (transfer full): local date and time
 */
char *
stoker_cli_text_time (gint64 time_us)
{
  g_autoptr (GDateTime) time = NULL;

  if (time_us == 0)
    return g_strdup (_ ("not yet"));

  time = g_date_time_new_from_unix_local (time_us / G_USEC_PER_SEC);
  return g_date_time_format (time, "%Y-%m-%d %H:%M:%S");
}

/**
 * stoker_cli_text_plan_kind:
 *
 * Returns: (transfer none): the word for a way of selling
 */
const char *
stoker_cli_text_plan_kind (StokerPlanKind kind)
{
  switch (kind)
    {
    case STOKER_PLAN_POD:
      return _ ("pod");
    case STOKER_PLAN_SERVERLESS:
      return _ ("serverless");
    case STOKER_PLAN_SPOT:
      return _ ("spot");
    case STOKER_PLAN_ENDPOINT:
      return _ ("endpoint");
    case STOKER_PLAN_PER_OUTPUT:
      return _ ("per output");
    case STOKER_PLAN_OWN:
    default:
      return _ ("own hardware");
    }
}

/**
 * stoker_cli_text_place:
 *
 * Returns: (transfer full): where a candidate would run: "RunPod serverless (RTX 4090, 24 GB)"
 */
char *
stoker_cli_text_place (const StokerCandidate *candidate)
{
  const StokerOffer *offer = &candidate->offer;
  g_autoptr (GString) text = g_string_new (candidate->name);
  g_autofree char *gpu = stoker_cli_text_gpu (offer);
  g_autofree char *vram = stoker_cli_text_vram (offer->vram_gb);

  if (!candidate->is_local && offer->plan != NULL)
    g_string_append_printf (text, " %s", stoker_cli_text_plan_kind (offer->plan->kind));

  g_string_append_printf (text, " (%s", gpu);
  if (offer->gpu != NULL && offer->vram_gb >= 0)
    g_string_append_printf (text, ", %s", vram);
  if (offer->region != NULL && !g_str_equal (offer->region, "*"))
    g_string_append_printf (text, ", %s", offer->region);
  g_string_append_c (text, ')');

  return g_string_free (g_steal_pointer (&text), FALSE);
}
