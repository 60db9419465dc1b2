/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-compare-item.h"

#include "stoker-advice-phrases.h"
#include "stoker-curve.h"
#include "stoker-phrases.h"

#include <glib/gi18n-lib.h>

#include <string.h>

struct _StokerCompareItem
{
  GObject parent_instance;

  StokerAdvice *advice;             /* owned: keeps the candidate alive */
  const StokerCandidate *candidate; /* borrowed from the advice */
  char *id;                         /* owned: the same as in the charts */
  StokerMoney per_month;
  char *keys[STOKER_N_COLUMNS]; /* owned, nullable: by which texts are ordered */
};

G_DEFINE_FINAL_TYPE (StokerCompareItem, stoker_compare_item, G_TYPE_OBJECT)

typedef enum {
  PROP_PER_MONTH = 1,
  N_PROPS,
} Property;

static GParamSpec *properties[N_PROPS];

static guint changed_signal;

/* Words of the catalog, from the worst to the best. */
static const char *const ratings[] = {
  N_ ("Very slow"), N_ ("Very hard"), N_ ("Slow"),      N_ ("Hard"),      N_ ("Medium"),
  N_ ("Fast"),      N_ ("Easy"),      N_ ("Very fast"), N_ ("Very easy"),
};

static void
stoker_compare_item_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  StokerCompareItem *self = STOKER_COMPARE_ITEM (object);

  if (id == PROP_PER_MONTH)
    g_value_take_string (value, stoker_phrase_money (self->per_month));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
forget_candidate (StokerCompareItem *self)
{
  g_clear_pointer (&self->advice, stoker_advice_unref);
  g_clear_pointer (&self->id, g_free);
  for (int column = 0; column < STOKER_N_COLUMNS; column++)
    g_clear_pointer (&self->keys[column], g_free);
}

static void
stoker_compare_item_finalize (GObject *object)
{
  forget_candidate (STOKER_COMPARE_ITEM (object));
  G_OBJECT_CLASS (stoker_compare_item_parent_class)->finalize (object);
}

static void
stoker_compare_item_class_init (StokerCompareItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = stoker_compare_item_get_property;
  object_class->finalize = stoker_compare_item_finalize;
  properties[PROP_PER_MONTH] = g_param_spec_string ("per-month", NULL, NULL, NULL,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS |
                                                      G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
stoker_compare_item_init (StokerCompareItem *self)
{
  self->per_month = stoker_money_unknown ();
}

/**
 * stoker_compare_item_new:
 * @advice: an advice
 * @candidate: one of its candidates
 *
 * Returns: (transfer full): the row, without a cost a month
 */
StokerCompareItem *
stoker_compare_item_new (StokerAdvice *advice, const StokerCandidate *candidate)
{
  StokerCompareItem *self = g_object_new (STOKER_TYPE_COMPARE_ITEM, NULL);

  self->advice = stoker_advice_ref (advice);
  self->candidate = candidate;
  self->id = stoker_comparison_name_row (candidate);
  return self;
}

/**
 * stoker_compare_item_copy:
 *
 * Returns: (transfer full): another row that shows the same
 */
StokerCompareItem *
stoker_compare_item_copy (StokerCompareItem *self)
{
  StokerCompareItem *copy = NULL;

  g_return_val_if_fail (STOKER_IS_COMPARE_ITEM (self), NULL);

  copy = stoker_compare_item_new (self->advice, self->candidate);
  copy->per_month = self->per_month;
  return copy;
}

/**
 * stoker_compare_item_become:
 * @other: another row
 *
 * Lets the row show the same as @other, in its place. Emits `changed`: a list that changes has its
 * cells made anew and moved, which takes several times as long.
 */
void
stoker_compare_item_become (StokerCompareItem *self, StokerCompareItem *other)
{
  g_return_if_fail (STOKER_IS_COMPARE_ITEM (self));
  g_return_if_fail (STOKER_IS_COMPARE_ITEM (other) && other != self);

  forget_candidate (self);
  self->advice = stoker_advice_ref (other->advice);
  self->candidate = other->candidate;
  self->id = g_strdup (other->id);
  g_signal_emit (self, changed_signal, 0);
  stoker_compare_item_set_per_month (self, other->per_month);
}

/**
 * stoker_compare_item_get_id:
 *
 * Returns: (transfer none): the id of the candidate in the charts
 */
const char *
stoker_compare_item_get_id (StokerCompareItem *self)
{
  g_return_val_if_fail (STOKER_IS_COMPARE_ITEM (self), NULL);

  return self->id;
}

/**
 * stoker_compare_item_get_candidate:
 *
 * Returns: (transfer none): what the row shows
 */
const StokerCandidate *
stoker_compare_item_get_candidate (StokerCompareItem *self)
{
  g_return_val_if_fail (STOKER_IS_COMPARE_ITEM (self), NULL);

  return self->candidate;
}

/**
 * stoker_compare_item_get_per_month:
 *
 * Returns: the cost a month at the volume people look at
 */
StokerMoney
stoker_compare_item_get_per_month (StokerCompareItem *self)
{
  g_return_val_if_fail (STOKER_IS_COMPARE_ITEM (self), stoker_money_unknown ());

  return self->per_month;
}

/**
 * stoker_compare_item_set_per_month:
 * @cost: at the volume people look at
 *
 * Lets the row show another cost a month, in its place.
 */
void
stoker_compare_item_set_per_month (StokerCompareItem *self, StokerMoney cost)
{
  g_return_if_fail (STOKER_IS_COMPARE_ITEM (self));

  if (cost.is_known == self->per_month.is_known && cost.nanos == self->per_month.nanos &&
      g_str_equal (cost.currency, self->per_month.currency))
    return;
  self->per_month = cost;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PER_MONTH]);
}

/* The place of a catalog's word in the order; -1 for one that rates nothing. */
static int
find_rating (const char *word)
{
  for (gsize i = 0; word != NULL && i < G_N_ELEMENTS (ratings); i++)
    if (g_str_equal (ratings[i], word))
      return (int) i;
  return -1;
}

static char *
phrase_rating (const char *word)
{
  int rating = find_rating (word);

  return g_strdup (rating >= 0 ? g_dgettext (GETTEXT_PACKAGE, ratings[rating]) : _ ("unknown"));
}

static char *
phrase_hardware (const StokerOffer *offer)
{
  const char *name = offer->gpu != NULL ? offer->gpu : offer->output_model;

  if (name == NULL)
    return g_strdup (_ ("unknown"));
  if (offer->gpu != NULL && offer->gpus > 1)
    return g_strdup_printf ("%d × %s", offer->gpus, name);
  return g_strdup (name);
}

static char *
phrase_cold_start (const StokerDelay *delay)
{
  g_autofree char *usual = NULL;
  g_autofree char *late = NULL;

  if (!delay->is_known)
    return g_strdup (_ ("unknown"));
  usual = stoker_phrase_duration (delay->p50_s);
  if (delay->p95_s <= delay->p50_s)
    return g_steal_pointer (&usual);
  late = stoker_phrase_duration (delay->p95_s);
  return g_strdup_printf (_ ("%s, up to %s"), usual, late);
}

static char *
phrase_or_unknown (const char *text)
{
  return g_strdup (text != NULL && *text != '\0' ? text : _ ("unknown"));
}

static char *
phrase_profile (const StokerProfile *profile, StokerCompareColumn column)
{
  g_autofree char *text = NULL;

  if (profile == NULL)
    return g_strdup (_ ("unknown"));
  if (column == STOKER_COLUMN_SPEED)
    return phrase_rating (profile->rating_speed);
  if (column == STOKER_COLUMN_EASE)
    return phrase_rating (profile->rating_ease);
  if (column == STOKER_COLUMN_SUPPORT)
    return phrase_or_unknown (profile->support);
  if (column == STOKER_COLUMN_UPTIME)
    return profile->uptime_percent < 0 ? g_strdup (_ ("unknown"))
                                       : g_strdup_printf (_ ("%.4g %%"), profile->uptime_percent);
  text = profile->choose_if != NULL ? g_strjoinv (" · ", profile->choose_if) : NULL;
  return phrase_or_unknown (text);
}

/**
 * stoker_compare_item_get_text:
 * @column: which column
 *
 * Returns: (transfer full): the text of the cell
 */
char *
stoker_compare_item_get_text (StokerCompareItem *self, StokerCompareColumn column)
{
  const StokerEstimate *estimate;
  const StokerOffer *offer;

  g_return_val_if_fail (STOKER_IS_COMPARE_ITEM (self), NULL);

  estimate = self->candidate->estimate;
  offer = &self->candidate->offer;
  switch ((int) column)
    {
    case STOKER_COLUMN_NAME:
      return stoker_phrase_candidate (self->candidate);
    case STOKER_COLUMN_GPU:
      return phrase_hardware (offer);
    case STOKER_COLUMN_TOTAL:
      return stoker_phrase_estimate (estimate);
    case STOKER_COLUMN_PER_OUTPUT:
      return stoker_phrase_money (estimate->per_output);
    case STOKER_COLUMN_PER_MONTH:
      return stoker_phrase_money (self->per_month);
    case STOKER_COLUMN_TIME:
      return stoker_phrase_duration (estimate->wall_s);
    case STOKER_COLUMN_COLD_START:
      return phrase_cold_start (&offer->plan->cold_start);
    default:
      return phrase_profile (offer->profile, column);
    }
}

/* What is unknown comes after all that is known. */
static int
compare_money (StokerMoney a, StokerMoney b)
{
  if (!a.is_known || !b.is_known)
    return b.is_known - a.is_known;
  return stoker_money_compare (a, b);
}

static int
compare_times (gint64 a, gint64 b)
{
  if (a < 0 || b < 0)
    return (b >= 0) - (a >= 0);
  return (a > b) - (a < b);
}

/* The best first. */
static int
compare_marks (double a, double b)
{
  return (a < b) - (a > b);
}

static gint64
get_start (StokerCompareItem *self)
{
  const StokerDelay *delay = &self->candidate->offer.plan->cold_start;

  return delay->is_known ? delay->p50_s : -1;
}

static double
get_mark (StokerCompareItem *self, StokerCompareColumn column)
{
  const StokerProfile *profile = self->candidate->offer.profile;

  if (profile == NULL)
    return -1;
  if (column == STOKER_COLUMN_UPTIME)
    return profile->uptime_percent;
  return find_rating (column == STOKER_COLUMN_SPEED ? profile->rating_speed : profile->rating_ease);
}

/* Made once, for an order needs it of each row a dozen times. */
static const char *
get_key (StokerCompareItem *self, StokerCompareColumn column)
{
  g_autofree char *text = NULL;

  if (self->keys[column] != NULL)
    return self->keys[column];
  text = stoker_compare_item_get_text (self, column);
  self->keys[column] = g_utf8_collate_key (text, -1);
  return self->keys[column];
}

static int
compare_texts (StokerCompareItem *a, StokerCompareItem *b, StokerCompareColumn column)
{
  return strcmp (get_key (a, column), get_key (b, column));
}

/**
 * stoker_compare_item_compare:
 * @column: by which column
 *
 * Orders two rows: amounts and times from the least, ratings from the best, unknown ones last.
 *
 * Returns: less than 0 when @a comes first
 */
int
stoker_compare_item_compare (StokerCompareItem *a, StokerCompareItem *b, StokerCompareColumn column)
{
  const StokerEstimate *left = a->candidate->estimate;
  const StokerEstimate *right = b->candidate->estimate;

  switch ((int) column)
    {
    case STOKER_COLUMN_TOTAL:
      return compare_money (left->total, right->total);
    case STOKER_COLUMN_PER_OUTPUT:
      return compare_money (left->per_output, right->per_output);
    case STOKER_COLUMN_PER_MONTH:
      return compare_money (a->per_month, b->per_month);
    case STOKER_COLUMN_TIME:
      return compare_times (left->wall_s, right->wall_s);
    case STOKER_COLUMN_COLD_START:
      return compare_times (get_start (a), get_start (b));
    case STOKER_COLUMN_SPEED:
    case STOKER_COLUMN_EASE:
    case STOKER_COLUMN_UPTIME:
      return compare_marks (get_mark (a, column), get_mark (b, column));
    default:
      return compare_texts (a, b, column);
    }
}

/**
 * stoker_compare_column_get_title:
 *
 * Returns: (transfer none): the head of the column
 */
const char *
stoker_compare_column_get_title (StokerCompareColumn column)
{
  static const char *const titles[STOKER_N_COLUMNS] = {
    [STOKER_COLUMN_NAME] = N_ ("Candidate"),
    [STOKER_COLUMN_GPU] = N_ ("GPU or Model"),
    [STOKER_COLUMN_TOTAL] = N_ ("Total"),
    [STOKER_COLUMN_PER_OUTPUT] = N_ ("Per Output"),
    [STOKER_COLUMN_PER_MONTH] = N_ ("Per Month"),
    [STOKER_COLUMN_TIME] = N_ ("Time"),
    [STOKER_COLUMN_COLD_START] = N_ ("Cold Start"),
    [STOKER_COLUMN_SPEED] = N_ ("Speed"),
    [STOKER_COLUMN_EASE] = N_ ("Ease"),
    [STOKER_COLUMN_UPTIME] = N_ ("Uptime"),
    [STOKER_COLUMN_SUPPORT] = N_ ("Support"),
    [STOKER_COLUMN_CHOOSE_IF] = N_ ("Choose If"),
  };

  g_return_val_if_fail (column < STOKER_N_COLUMNS, NULL);

  return g_dgettext (GETTEXT_PACKAGE, titles[column]);
}

/**
 * stoker_compare_column_is_number:
 *
 * Returns: whether the cells are figures, which stand on the right
 */
gboolean
stoker_compare_column_is_number (StokerCompareColumn column)
{
  return (column >= STOKER_COLUMN_TOTAL && column <= STOKER_COLUMN_PER_OUTPUT) ||
         column == STOKER_COLUMN_UPTIME;
}
