/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-money.h"

G_BEGIN_DECLS

/* What one price is for. */
typedef enum {
  STOKER_UNIT_SECOND,
  STOKER_UNIT_MINUTE,
  STOKER_UNIT_HOUR,
  STOKER_UNIT_GB,
  STOKER_UNIT_GB_MONTH,
  STOKER_UNIT_IMAGE,
  STOKER_UNIT_MEGAPIXEL,
  STOKER_UNIT_VIDEO_SECOND,
  STOKER_UNIT_VIDEO,
  STOKER_UNIT_REQUEST,
  STOKER_UNIT_MONTH,
} StokerUnit;

typedef enum {
  STOKER_CONFIDENCE_UNVERIFIED,
  STOKER_CONFIDENCE_THIRD_PARTY,
  STOKER_CONFIDENCE_OFFICIAL,
} StokerConfidence;

/**
 * StokerFact:
 *
 * Where a figure comes from. Every figure shown to a person carries one.
 */
typedef struct
{
  char *source;    /* owned, nullable */
  gint64 as_of_us; /* 0: not told */
  StokerConfidence confidence;
} StokerFact;

/**
 * StokerPrice:
 *
 * An amount of money for one @unit, with its origin. An unknown price has an unknown @amount.
 */
typedef struct
{
  StokerMoney amount;
  StokerUnit unit;
  StokerFact fact;
  char *note; /* owned, nullable */
} StokerPrice;

extern const char *const stoker_unit_names[];
extern const char *const stoker_confidence_names[];

void stoker_fact_clear (StokerFact *self);
void stoker_fact_copy (const StokerFact *from, StokerFact *to);
void stoker_price_clear (StokerPrice *self);
void stoker_price_copy (const StokerPrice *from, StokerPrice *to);
void stoker_price_init_unknown (StokerPrice *self, StokerUnit unit);
gint64 stoker_unit_get_seconds (StokerUnit unit);
StokerMoney stoker_price_for_seconds (const StokerPrice *self, gint64 seconds);
StokerMoney stoker_price_per_hour (const StokerPrice *self);

G_END_DECLS
