/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define STOKER_NANOS_PER_UNIT G_GINT64_CONSTANT (1000000000)

/**
 * StokerMoney:
 * @nanos: amount in 10⁻⁹ of the currency; without meaning unless @is_known
 * @currency: ISO 4217 code, zero-terminated
 * @is_known: %FALSE for an unknown amount, which is neither zero nor free
 *
 * An amount of money. Passed and returned by value.
 */
typedef struct
{
  gint64 nanos;
  char currency[4];
  gboolean is_known;
} StokerMoney;

/* How an amount is written for people. */
typedef struct
{
  const char *decimal_point;
  const char *space;       /* what stands between number and letters */
  gboolean is_symbol_last; /* "0.45 $" */
  gboolean is_spaced;      /* a gap before or after a sign too */
  gboolean has_code;       /* USD and not $ */
} StokerMoneyStyle;

StokerMoney stoker_money_new (gint64 nanos, const char *currency);
StokerMoney stoker_money_usd (gint64 nanos);
StokerMoney stoker_money_unknown (void);
gboolean
stoker_money_parse (const char *decimal, const char *currency, StokerMoney *out, GError **error);

/* Unknown with anything is unknown; so is an overflow, or a sum of two currencies. */
StokerMoney stoker_money_add (StokerMoney a, StokerMoney b);
StokerMoney stoker_money_subtract (StokerMoney a, StokerMoney b);
StokerMoney stoker_money_scale (StokerMoney money, gint64 numerator, gint64 denominator);
StokerMoney stoker_money_scale_double (StokerMoney money, double factor);
int stoker_money_compare (StokerMoney a, StokerMoney b);
gboolean stoker_money_equal (StokerMoney a, StokerMoney b);

double stoker_money_to_double (StokerMoney money);
char *stoker_money_to_decimal (StokerMoney money);
char *stoker_money_format (StokerMoney money);
char *stoker_money_format_for_record (StokerMoney money);
char *stoker_money_format_as (StokerMoney money, const StokerMoneyStyle *style);
void stoker_money_show_codes (gboolean show_codes);

G_END_DECLS
