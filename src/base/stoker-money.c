/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-money.h"

#include "stoker-error.h"

#include <glib/gi18n-lib.h>

#include <locale.h>
#include <math.h>
#include <string.h>

/* Wide enough for a product of two 64-bit numbers: rounding happens once, after it. */
__extension__ typedef __int128 Wide;

#define FRACTION_DIGITS 9
#define NANOS_PER_CENT (STOKER_NANOS_PER_UNIT / 100)

static gboolean
is_same_currency (StokerMoney a, StokerMoney b)
{
  return strncmp (a.currency, b.currency, sizeof a.currency) == 0;
}

static Wide
divide_half_even (Wide numerator, Wide denominator)
{
  Wide quotient = numerator / denominator;
  Wide rest = numerator % denominator;
  Wide distance = rest < 0 ? -rest : rest;
  Wide other = (denominator < 0 ? -denominator : denominator) - distance;
  gboolean is_negative = (numerator < 0) != (denominator < 0);

  if (distance > other || (distance == other && quotient % 2 != 0))
    quotient += is_negative ? -1 : 1;

  return quotient;
}

static StokerMoney
from_wide (Wide nanos, const char *currency)
{
  if (nanos > G_MAXINT64 || nanos < G_MININT64)
    return stoker_money_unknown ();

  return stoker_money_new ((gint64) nanos, currency);
}

/**
 * stoker_money_new:
 * @nanos: the amount in 10⁻⁹ of the currency
 * @currency: ISO 4217 code of three letters
 *
 * Returns: a known amount
 */
StokerMoney
stoker_money_new (gint64 nanos, const char *currency)
{
  StokerMoney money = { .nanos = nanos, .is_known = TRUE };

  g_strlcpy (money.currency, currency, sizeof money.currency);

  return money;
}

/**
 * stoker_money_usd:
 * @nanos: the amount in 10⁻⁹ US dollars
 *
 * Returns: a known amount in US dollars
 */
StokerMoney
stoker_money_usd (gint64 nanos)
{
  return stoker_money_new (nanos, "USD");
}

/**
 * stoker_money_unknown:
 *
 * Returns: the amount nobody told, which is neither zero nor free
 */
StokerMoney
stoker_money_unknown (void)
{
  StokerMoney money = { 0 };

  return money;
}

static gboolean
is_currency_code (const char *currency)
{
  if (currency == NULL || strlen (currency) != 3)
    return FALSE;

  for (int i = 0; i < 3; i++)
    if (!g_ascii_isupper (currency[i]))
      return FALSE;

  return TRUE;
}

static gboolean
is_decimal (const char *text)
{
  gsize whole, fraction;

  if (*text == '-')
    text++;
  whole = strspn (text, "0123456789");
  if (whole == 0)
    return FALSE;
  if (text[whole] == '\0')
    return TRUE;
  if (text[whole] != '.')
    return FALSE;
  fraction = strspn (text + whole + 1, "0123456789");

  return fraction > 0 && text[whole + 1 + fraction] == '\0';
}

static gboolean
read_nanos (const char *decimal, Wide *nanos)
{
  gboolean is_negative = *decimal == '-';
  int fraction = -1;

  *nanos = 0;
  for (const char *p = decimal + (is_negative ? 1 : 0); *p != '\0'; p++)
    {
      if (*p == '.')
        {
          fraction = 0;
          continue;
        }
      if (fraction >= 0)
        fraction++;
      if (fraction > FRACTION_DIGITS || *nanos > G_MAXINT64)
        return FALSE;
      *nanos = *nanos * 10 + g_ascii_digit_value (*p);
    }
  for (int digits = MAX (fraction, 0); digits < FRACTION_DIGITS; digits++)
    *nanos *= 10;
  if (is_negative)
    *nanos = -*nanos;

  return *nanos <= G_MAXINT64 && *nanos >= G_MININT64;
}

/**
 * stoker_money_parse:
 * @decimal: an exact decimal number such as `0.00031`, with at most nine digits after the point
 * @currency: ISO 4217 code
 * @out: (out): the amount
 *
 * Reads an amount without going through a floating point number.
 *
 * Returns: %FALSE with %STOKER_ERROR_CONFIG when @decimal or @currency is malformed, too fine or
 * too large
 */
gboolean
stoker_money_parse (const char *decimal, const char *currency, StokerMoney *out, GError **error)
{
  Wide nanos = 0;

  if (!is_currency_code (currency))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                   "\"%s\" is not a currency code of three capital letters",
                   currency != NULL ? currency : "");
      return FALSE;
    }
  if (decimal == NULL || !is_decimal (decimal))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                   "\"%s\" is not a decimal amount such as 0.45", decimal != NULL ? decimal : "");
      return FALSE;
    }
  if (!read_nanos (decimal, &nanos))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                   "\"%s\" is too large, or has more than nine digits after the point", decimal);
      return FALSE;
    }

  *out = stoker_money_new ((gint64) nanos, currency);
  return TRUE;
}

/**
 * stoker_money_add:
 *
 * Returns: @a + @b; unknown when one of them is, when the currencies differ, or on overflow
 */
StokerMoney
stoker_money_add (StokerMoney a, StokerMoney b)
{
  if (!a.is_known || !b.is_known || !is_same_currency (a, b))
    return stoker_money_unknown ();

  return from_wide ((Wide) a.nanos + b.nanos, a.currency);
}

/**
 * stoker_money_subtract:
 *
 * Returns: @a − @b; unknown when one of them is, when the currencies differ, or on overflow
 */
StokerMoney
stoker_money_subtract (StokerMoney a, StokerMoney b)
{
  if (!a.is_known || !b.is_known || !is_same_currency (a, b))
    return stoker_money_unknown ();

  return from_wide ((Wide) a.nanos - b.nanos, a.currency);
}

/**
 * stoker_money_scale:
 * @money: an amount
 * @numerator: what to multiply by
 * @denominator: what to divide by
 *
 * Returns: @money × @numerator ÷ @denominator, rounded once, half to even; unknown when @money is,
 * when @denominator is 0, or on overflow
 */
StokerMoney
stoker_money_scale (StokerMoney money, gint64 numerator, gint64 denominator)
{
  if (!money.is_known || denominator == 0)
    return stoker_money_unknown ();

  return from_wide (divide_half_even ((Wide) money.nanos * numerator, denominator), money.currency);
}

/**
 * stoker_money_scale_double:
 * @money: an amount
 * @factor: what to multiply by
 *
 * The binary value of @factor is taken exactly, so there is one rounding here too.
 *
 * Returns: @money × @factor, rounded half to even; unknown when @money is, when @factor is not
 * finite, or on overflow
 */
StokerMoney
stoker_money_scale_double (StokerMoney money, double factor)
{
  Wide product;
  int exponent = 0;

  if (!money.is_known || !isfinite (factor))
    return stoker_money_unknown ();

  /* factor = mantissa × 2^exponent with a mantissa of 53 bits: the product has at most 116. */
  product = (Wide) money.nanos * (gint64) ldexp (frexp (factor, &exponent), DBL_MANT_DIG);
  exponent -= DBL_MANT_DIG;
  if (product == 0 || exponent < -120)
    return stoker_money_new (0, money.currency);
  if (exponent < 0)
    return from_wide (divide_half_even (product, (Wide) 1 << -exponent), money.currency);
  /* A mantissa has its top bit set: anything shifted this far is beyond 64 bits. */
  if (exponent > 11)
    return stoker_money_unknown ();

  return from_wide (product * ((Wide) 1 << exponent), money.currency);
}

/**
 * stoker_money_compare:
 *
 * Orders amounts: by currency, then by size. An unknown amount comes after every known one, since
 * it must never look like the cheapest.
 *
 * Returns: less than, equal to or greater than 0
 */
int
stoker_money_compare (StokerMoney a, StokerMoney b)
{
  if (!a.is_known || !b.is_known)
    return (b.is_known ? 1 : 0) - (a.is_known ? 1 : 0);
  if (!is_same_currency (a, b))
    return strncmp (a.currency, b.currency, sizeof a.currency);

  return (a.nanos > b.nanos) - (a.nanos < b.nanos);
}

/**
 * stoker_money_equal:
 *
 * Returns: whether both are the same known amount, or both unknown
 */
gboolean
stoker_money_equal (StokerMoney a, StokerMoney b)
{
  return stoker_money_compare (a, b) == 0;
}

/**
 * stoker_money_to_double:
 *
 * For charts and scores only, never for sums.
 *
 * Returns: the amount in whole units, NaN when unknown
 */
double
stoker_money_to_double (StokerMoney money)
{
  if (!money.is_known)
    return NAN;

  return (double) money.nanos / (double) STOKER_NANOS_PER_UNIT;
}

/* The digits of an amount without sign, with so many of them after the point; the rest must be
 * zeros. */
static char *
digits_to_string (guint64 nanos, int decimals)
{
  guint64 whole = nanos / STOKER_NANOS_PER_UNIT;
  g_autofree char *fraction = g_strdup_printf ("%09" G_GUINT64_FORMAT,
                                               nanos % STOKER_NANOS_PER_UNIT);

  fraction[decimals] = '\0';
  if (decimals == 0)
    return g_strdup_printf ("%" G_GUINT64_FORMAT, whole);

  return g_strdup_printf ("%" G_GUINT64_FORMAT ".%s", whole, fraction);
}

static guint64
get_magnitude (StokerMoney money)
{
  return money.nanos < 0 ? -(guint64) money.nanos : (guint64) money.nanos;
}

/**
 * stoker_money_to_decimal:
 *
 * The exact form that stoker_money_parse() reads, without needless zeros: `0.00031`, `3.5`, `-2`.
 *
 * Returns: (transfer full) (nullable): the amount without its currency, %NULL when unknown
 */
char *
stoker_money_to_decimal (StokerMoney money)
{
  g_autofree char *digits = NULL;
  guint64 magnitude = get_magnitude (money);
  int decimals = FRACTION_DIGITS;

  if (!money.is_known)
    return NULL;

  for (guint64 rest = magnitude; decimals > 0 && rest % 10 == 0; rest /= 10)
    decimals--;
  digits = digits_to_string (magnitude, decimals);

  return g_strconcat (money.nanos < 0 ? "-" : "", digits, NULL);
}

/* How many digits to show: two from ten cents up, four from a cent up, since prices per output are
 * $0.025 and $0.0404, and below it as many as make two significant ones. */
static int
choose_decimals (guint64 magnitude)
{
  guint64 limit = NANOS_PER_CENT;
  int decimals = 2;

  if (magnitude == 0 || magnitude >= 10 * NANOS_PER_CENT)
    return decimals;
  if (magnitude >= NANOS_PER_CENT)
    return decimals + 2;
  while (magnitude < limit && decimals < FRACTION_DIGITS)
    {
      limit /= 10;
      decimals++;
    }

  /* Here the first digit that counts is at the last place: one more gives two. */
  return decimals > 2 ? MIN (decimals + 1, FRACTION_DIGITS) : decimals;
}

static guint64
round_to_decimals (guint64 magnitude, int decimals)
{
  gint64 step = 1;

  for (int i = decimals; i < FRACTION_DIGITS; i++)
    step *= 10;

  return (guint64) (divide_half_even (magnitude, step) * step);
}

static char *
get_symbol (const char *currency)
{
  if (g_str_equal (currency, "USD"))
    return g_strdup ("$");
  if (g_str_equal (currency, "EUR"))
    return g_strdup ("€");
  if (g_str_equal (currency, "GBP"))
    return g_strdup ("£");

  return g_strdup (currency);
}

/* From a cent up a zero at the end says nothing: two decimals are enough for $0.05. */
static int
drop_zeros (guint64 rounded, int decimals)
{
  guint64 place = 10;

  if (rounded < NANOS_PER_CENT)
    return decimals;
  for (int i = decimals; i < FRACTION_DIGITS; i++)
    place *= 10;
  for (; decimals > 2 && rounded % place == 0; place *= 10)
    decimals--;
  return decimals;
}

static char *
round_for_display (StokerMoney money, const char *decimal_point)
{
  guint64 magnitude = get_magnitude (money);
  int decimals = choose_decimals (magnitude);
  guint64 rounded = round_to_decimals (magnitude, decimals);
  g_autofree char *digits = NULL;
  g_auto (GStrv) parts = NULL;

  /* 0.00999 rounds up into the next size class. */
  digits = digits_to_string (rounded, drop_zeros (rounded, choose_decimals (rounded)));
  parts = g_strsplit (digits, ".", 2);
  return g_strjoinv (decimal_point, parts);
}

/* Letters stand apart from the digits; a sign does where the language wants it. */
static const char *
get_gap (const char *symbol, const StokerMoneyStyle *style)
{
  return style->is_spaced || g_ascii_isalpha (*symbol) ? style->space : "";
}

/**
 * stoker_money_format_as:
 * @money: an amount
 * @style: how to write it
 *
 * The form for people, rounded for display only: two decimals, below ten cents up to four where
 * they say something, below one cent two significant digits.
 *
 * Returns: (transfer full): the text; "unknown" for an unknown amount
 */
char *
stoker_money_format_as (StokerMoney money, const StokerMoneyStyle *style)
{
  g_autofree char *digits = NULL;
  g_autofree char *symbol = NULL;
  const char *sign = money.nanos < 0 ? "-" : "";

  if (!money.is_known)
    return g_strdup ("unknown");

  digits = round_for_display (money, style->decimal_point);
  symbol = style->has_code ? g_strdup (money.currency) : get_symbol (money.currency);
  if (style->is_symbol_last)
    return g_strconcat (sign, digits, get_gap (symbol, style), symbol, NULL);
  return g_strconcat (sign, symbol, get_gap (symbol, style), digits, NULL);
}

static const StokerMoneyStyle record_style = { ".", " ", FALSE, FALSE, FALSE };

/**
 * stoker_money_format_for_record:
 *
 * The same in every language, for documents and logs: `$0.45`, `CHF 1.20`, "unknown".
 *
 * Returns: (transfer full): the text
 */
char *
stoker_money_format_for_record (StokerMoney money)
{
  return stoker_money_format_as (money, &record_style);
}

static gboolean shows_code = FALSE;

/**
 * stoker_money_show_codes:
 * @show_codes: whether stoker_money_format() writes `USD` and not `$`
 *
 * A preference of the user for the whole program, like the locale.
 */
void
stoker_money_show_codes (gboolean show_codes)
{
  shows_code = show_codes;
}

/* The C locale leaves these open, which is CHAR_MAX and the empty string. */
static StokerMoneyStyle
get_user_style (void)
{
  const struct lconv *locale = localeconv ();
  StokerMoneyStyle style = record_style;

  style.has_code = shows_code;
  if (*locale->mon_decimal_point == '\0')
    return style;
  style.space = "\u00a0";
  style.decimal_point = locale->mon_decimal_point;
  style.is_symbol_last = locale->p_cs_precedes == 0;
  style.is_spaced = locale->p_sep_by_space == 1;
  return style;
}

/**
 * stoker_money_format:
 *
 * The form for people, in the way of their language: `$0.45`, `0,45 €`, below ten cents with the
 * digits that count as in `$0.025` and `$0.0034`, or the word for unknown.
 *
 * Returns: (transfer full): the text
 */
char *
stoker_money_format (StokerMoney money)
{
  const StokerMoneyStyle style = get_user_style ();

  return money.is_known ? stoker_money_format_as (money, &style) : g_strdup (_ ("unknown"));
}
