/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-json-write.h"

#include "stoker-json.h"
#include "stoker-time.h"

#include <math.h>

/**
 * stoker_json_set_text:
 * @text: (nullable): a text
 *
 * Sets a member to @text, or to null.
 */
void
stoker_json_set_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

/**
 * stoker_json_set_strings:
 * @strings: (nullable) (array zero-terminated=1): texts
 *
 * Sets a member to an array of @strings, empty when there are none.
 */
void
stoker_json_set_strings (JsonObject *object, const char *name, const char *const *strings)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; strings != NULL && strings[i] != NULL; i++)
    json_array_add_string_element (array, strings[i]);
  json_object_set_array_member (object, name, array);
}

/**
 * stoker_json_set_texts:
 * @texts: (nullable) (element-type utf8): texts
 *
 * Sets a member to an array of @texts, empty when there are none.
 */
void
stoker_json_set_texts (JsonObject *object, const char *name, GPtrArray *texts)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; texts != NULL && i < texts->len; i++)
    json_array_add_string_element (array, g_ptr_array_index (texts, i));
  json_object_set_array_member (object, name, array);
}

/**
 * stoker_json_set_measure:
 * @value: a measure; negative or not finite is "not told"
 *
 * Sets a member to @value, written as an integer when it is one, or to null.
 */
void
stoker_json_set_measure (JsonObject *object, const char *name, double value)
{
  if (!isfinite (value) || value < 0)
    json_object_set_null_member (object, name);
  else if (value < 1e15 && !(floor (value) < value))
    json_object_set_int_member (object, name, (gint64) value);
  else
    json_object_set_double_member (object, name, value);
}

/**
 * stoker_json_set_count:
 * @value: a count or a number of seconds; negative is "not told"
 *
 * Sets a member to @value or to null.
 */
void
stoker_json_set_count (JsonObject *object, const char *name, gint64 value)
{
  if (value < 0)
    json_object_set_null_member (object, name);
  else
    json_object_set_int_member (object, name, value);
}

/**
 * stoker_json_set_time:
 * @time_us: an instant; 0 is "not yet"
 *
 * Sets a member to @time_us as ISO 8601 in UTC, or to null.
 */
void
stoker_json_set_time (JsonObject *object, const char *name, gint64 time_us)
{
  g_autofree char *text = stoker_time_format_iso (time_us);

  stoker_json_set_text (object, name, text);
}

/**
 * stoker_json_set_money:
 * @money: an amount
 *
 * Sets a member to `{"amount": "0.45", "currency": "USD"}`, or to null when the amount is unknown.
 */
void
stoker_json_set_money (JsonObject *object, const char *name, StokerMoney money)
{
  g_autofree char *amount = stoker_money_to_decimal (money);
  JsonObject *member = NULL;

  if (amount == NULL)
    {
      json_object_set_null_member (object, name);
      return;
    }

  member = json_object_new ();
  json_object_set_string_member (member, "amount", amount);
  json_object_set_string_member (member, "currency", money.currency);
  json_object_set_object_member (object, name, member);
}

/**
 * stoker_json_set_copy:
 * @node: (nullable): a tree
 *
 * Sets a member to a copy of @node, or to null.
 */
void
stoker_json_set_copy (JsonObject *object, const char *name, JsonNode *node)
{
  if (node != NULL)
    json_object_set_member (object, name, json_node_copy (node));
  else
    json_object_set_null_member (object, name);
}
