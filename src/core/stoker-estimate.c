/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-estimate.h"

#include "stoker-json-write.h"
#include "stoker-time.h"

const char *const stoker_item_kind_names[] = {
  [STOKER_ITEM_COMPUTE] = "compute",
  [STOKER_ITEM_START] = "start",
  [STOKER_ITEM_IDLE] = "idle",
  [STOKER_ITEM_STORAGE] = "storage",
  [STOKER_ITEM_TRANSFER] = "transfer",
  [STOKER_ITEM_REDO] = "redo",
  NULL,
};

G_DEFINE_BOXED_TYPE (StokerEstimate, stoker_estimate, stoker_estimate_ref, stoker_estimate_unref)

/**
 * stoker_estimate_item_free:
 * @self: (transfer full): an item
 */
void
stoker_estimate_item_free (StokerEstimateItem *self)
{
  g_free (self->label);
  g_free (self->formula);
  g_free (self->source);
  g_free (self->note);
  g_free (self);
}

/**
 * stoker_estimate_new:
 *
 * Returns: (transfer full): an estimate without items, in which everything is unknown, to be filled
 * before it is shared
 */
StokerEstimate *
stoker_estimate_new (void)
{
  StokerEstimate *self = g_new0 (StokerEstimate, 1);

  self->items = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_estimate_item_free);
  self->total = stoker_money_unknown ();
  self->per_output = stoker_money_unknown ();
  self->per_month = stoker_money_unknown ();
  self->at_rest_per_month = stoker_money_unknown ();
  self->billed_s = -1;
  self->wall_s = -1;
  self->ready_s = -1;
  g_atomic_ref_count_init (&self->ref_count);

  return self;
}

/**
 * stoker_estimate_add_item:
 * @kind: what it is for
 * @label: a few words for people
 * @amount: what it costs; unknown allowed
 *
 * Returns: (transfer none): the new item, for its formula and origin to be filled in
 */
StokerEstimateItem *
stoker_estimate_add_item (StokerEstimate *self,
                          StokerItemKind kind,
                          const char *label,
                          StokerMoney amount)
{
  StokerEstimateItem *item = g_new0 (StokerEstimateItem, 1);

  item->kind = kind;
  item->label = g_strdup (label);
  item->amount = amount;
  g_ptr_array_add (self->items, item);

  return item;
}

/**
 * stoker_estimate_sum:
 * @kind: a kind of item, or %STOKER_N_ITEMS for all
 *
 * Returns: the sum of the items of that kind whose amount is known; unknown when there is no such
 * item
 */
StokerMoney
stoker_estimate_sum (const StokerEstimate *self, StokerItemKind kind)
{
  StokerMoney sum = stoker_money_unknown ();
  gboolean is_first = TRUE;

  for (guint i = 0; i < self->items->len; i++)
    {
      const StokerEstimateItem *item = g_ptr_array_index (self->items, i);

      if ((kind != STOKER_N_ITEMS && item->kind != kind) || !item->amount.is_known)
        continue;
      sum = is_first ? item->amount : stoker_money_add (sum, item->amount);
      is_first = FALSE;
    }

  return sum;
}

/**
 * stoker_estimate_ref:
 *
 * Returns: (transfer full): @self
 */
StokerEstimate *
stoker_estimate_ref (StokerEstimate *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * stoker_estimate_unref:
 * @self: (transfer full): an estimate
 */
void
stoker_estimate_unref (StokerEstimate *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_ptr_array_unref (self->items);
  g_free (self);
}

static JsonObject *
item_to_json (const StokerEstimateItem *item, gint64 now_us)
{
  JsonObject *object = json_object_new ();
  g_autofree char *text = stoker_money_format_for_record (item->amount);
  g_autofree char *age = item->as_of_us != 0 ? stoker_age_format (item->as_of_us, now_us) : NULL;

  json_object_set_string_member (object, "kind", stoker_item_kind_names[item->kind]);
  stoker_json_set_text (object, "label", item->label);
  stoker_json_set_money (object, "amount", item->amount);
  json_object_set_string_member (object, "text", text);
  stoker_json_set_text (object, "formula", item->formula);
  stoker_json_set_text (object, "source", item->source);
  stoker_json_set_time (object, "as_of", item->as_of_us);
  stoker_json_set_text (object, "age", age);
  stoker_json_set_text (object, "note", item->note);

  return object;
}

/**
 * stoker_estimate_to_json:
 * @now_us: the present, for the age of figures
 *
 * Returns: (transfer full): the estimate as the faces print it; an amount is `{"amount",
 * "currency"}`, or null when it is unknown
 */
JsonNode *
stoker_estimate_to_json (const StokerEstimate *self, gint64 now_us)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *text = stoker_money_format_for_record (self->total);
  JsonArray *items = json_array_new ();

  for (guint i = 0; i < self->items->len; i++)
    json_array_add_object_element (items,
                                   item_to_json (g_ptr_array_index (self->items, i), now_us));
  stoker_json_set_money (object, "total", self->total);
  json_object_set_string_member (object, "text", text);
  json_object_set_boolean_member (object, "complete", self->is_complete);
  json_object_set_array_member (object, "items", items);
  stoker_json_set_money (object, "per_output", self->per_output);
  stoker_json_set_money (object, "per_month", self->per_month);
  stoker_json_set_money (object, "at_rest_per_month", self->at_rest_per_month);
  stoker_json_set_count (object, "billed_s", self->billed_s);
  stoker_json_set_count (object, "wall_s", self->wall_s);
  stoker_json_set_count (object, "ready_s", self->ready_s);

  return json_node_init_object (json_node_alloc (), object);
}
