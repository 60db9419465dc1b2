/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-price.h"

#define HOUR_S 3600
/* As the clouds count: a year of 8760 hours in twelve parts. */
#define MONTH_S (730 * HOUR_S)

const char *const stoker_unit_names[] = {
  [STOKER_UNIT_SECOND] = "second",       [STOKER_UNIT_MINUTE] = "minute",
  [STOKER_UNIT_HOUR] = "hour",           [STOKER_UNIT_GB] = "gb",
  [STOKER_UNIT_GB_MONTH] = "gb_month",   [STOKER_UNIT_IMAGE] = "image",
  [STOKER_UNIT_MEGAPIXEL] = "megapixel", [STOKER_UNIT_VIDEO_SECOND] = "video_second",
  [STOKER_UNIT_VIDEO] = "video",         [STOKER_UNIT_REQUEST] = "request",
  [STOKER_UNIT_MONTH] = "month",         NULL,
};

const char *const stoker_confidence_names[] = {
  [STOKER_CONFIDENCE_UNVERIFIED] = "unverified",
  [STOKER_CONFIDENCE_THIRD_PARTY] = "third-party",
  [STOKER_CONFIDENCE_OFFICIAL] = "official",
  NULL,
};

/**
 * stoker_fact_clear:
 * @self: a fact
 *
 * Frees what @self owns and makes it the fact nobody told.
 */
void
stoker_fact_clear (StokerFact *self)
{
  g_clear_pointer (&self->source, g_free);
  self->as_of_us = 0;
  self->confidence = STOKER_CONFIDENCE_UNVERIFIED;
}

/**
 * stoker_fact_copy:
 * @from: a fact
 * @to: (out caller-allocates): takes a copy; what was there is not freed
 */
void
stoker_fact_copy (const StokerFact *from, StokerFact *to)
{
  *to = *from;
  to->source = g_strdup (from->source);
}

/**
 * stoker_price_clear:
 * @self: a price
 *
 * Frees what @self owns and makes it an unknown price.
 */
void
stoker_price_clear (StokerPrice *self)
{
  g_clear_pointer (&self->note, g_free);
  stoker_fact_clear (&self->fact);
  self->amount = stoker_money_unknown ();
}

/**
 * stoker_price_copy:
 * @from: a price
 * @to: (out caller-allocates): takes a copy; what was there is not freed
 */
void
stoker_price_copy (const StokerPrice *from, StokerPrice *to)
{
  *to = *from;
  to->note = g_strdup (from->note);
  stoker_fact_copy (&from->fact, &to->fact);
}

/**
 * stoker_price_init_unknown:
 * @self: (out caller-allocates): becomes an unknown price for @unit
 * @unit: what it would be for
 */
void
stoker_price_init_unknown (StokerPrice *self, StokerUnit unit)
{
  *self = (StokerPrice){ .amount = stoker_money_unknown (), .unit = unit };
}

/**
 * stoker_unit_get_seconds:
 * @unit: a unit
 *
 * Returns: how many seconds one @unit is (a month is 730 hours), 0 when it is no unit of time
 */
gint64
stoker_unit_get_seconds (StokerUnit unit)
{
  switch (unit)
    {
    case STOKER_UNIT_SECOND:
      return 1;
    case STOKER_UNIT_MINUTE:
      return 60;
    case STOKER_UNIT_HOUR:
      return HOUR_S;
    case STOKER_UNIT_MONTH:
      return MONTH_S;
    case STOKER_UNIT_GB:
    case STOKER_UNIT_GB_MONTH:
    case STOKER_UNIT_IMAGE:
    case STOKER_UNIT_MEGAPIXEL:
    case STOKER_UNIT_VIDEO_SECOND:
    case STOKER_UNIT_VIDEO:
    case STOKER_UNIT_REQUEST:
    default:
      return 0;
    }
}

/**
 * stoker_price_for_seconds:
 * @self: a price
 * @seconds: a length of time
 *
 * Returns: what @seconds cost, rounded once; unknown when the price is, or is not for time
 */
StokerMoney
stoker_price_for_seconds (const StokerPrice *self, gint64 seconds)
{
  return stoker_money_scale (self->amount, seconds, stoker_unit_get_seconds (self->unit));
}

/**
 * stoker_price_per_hour:
 * @self: a price
 *
 * Returns: what an hour costs; unknown when the price is, or is not for time
 */
StokerMoney
stoker_price_per_hour (const StokerPrice *self)
{
  return stoker_price_for_seconds (self, HOUR_S);
}
