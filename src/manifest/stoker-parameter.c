/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-parameter.h"

#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-time.h"
#include "stoker-value-rule.h"
#include "stoker-value.h"

#include <glib/gi18n-lib.h>

#include <math.h>
#include <string.h>

#define MAX_SHOWN_CHARS 60
#define PIXELS_IN_A_MEGAPIXEL 1e6

/* A parameter with the value it was given. */
typedef struct
{
  const StokerManifest *manifest;
  JsonNode *rule;
  JsonNode *value;
} Given;

static gboolean fail (GError **error, const Given *given, const char *format, ...)
  G_GNUC_PRINTF (3, 4);

static gboolean
fail (GError **error, const Given *given, const char *format, ...)
{
  g_autofree char *text = stoker_value_dup_text (given->value);
  g_autofree char *shown = g_utf8_substring (text != NULL ? text : "", 0,
                                             MIN (g_utf8_strlen (text != NULL ? text : "", -1),
                                                  MAX_SHOWN_CHARS));
  g_autofree char *limit = NULL;
  va_list values;

  va_start (values, format);
  limit = g_strdup_vprintf (format, values);
  va_end (values);
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
               "parameter \"%s\" is \"%s\": it must be %s",
               stoker_rule_get_text (given->rule, "name"), shown, limit);

  return FALSE;
}

static gboolean
check_range (const Given *given, double number, const char *what, GError **error)
{
  double min = stoker_rule_get_number (given->rule, "min", -G_MAXDOUBLE);
  double max = stoker_rule_get_number (given->rule, "max", G_MAXDOUBLE);
  double step = stoker_rule_get_number (given->rule, "multiple_of", 0);

  if (number < min)
    return fail (error, given, "at least %.15g%s", min, what);
  if (number > max)
    return fail (error, given, "at most %.15g%s", max, what);
  if (step > 0 && fabs (number / step - round (number / step)) > 1e-9)
    return fail (error, given, "a multiple of %.15g%s", step, what);

  return TRUE;
}

static GType
get_type (const Given *given)
{
  return JSON_NODE_HOLDS_VALUE (given->value) ? json_node_get_value_type (given->value)
                                              : G_TYPE_INVALID;
}

static gboolean
check_number (const Given *given, GError **error)
{
  if (get_type (given) != G_TYPE_INT64 && get_type (given) != G_TYPE_DOUBLE)
    return fail (error, given, "a number");

  return check_range (given, json_node_get_double (given->value), "", error);
}

static gboolean
check_integer (const Given *given, GError **error)
{
  gboolean is_double = get_type (given) == G_TYPE_DOUBLE;
  double number = is_double ? json_node_get_double (given->value) : 0;

  return number == floor (number) ? check_number (given, error)
                                  : fail (error, given, "a whole number");
}

/* Its data was put into the payload where only an address can stand. */
static gboolean
has_file (const char *text)
{
  return g_str_has_prefix (text, "data:") || strstr (text, "\"data:") != NULL;
}

/* In words where there are some. */
static gboolean
fail_form (const Given *given, const char *text, GError **error)
{
  const char *note = stoker_rule_get_text (given->rule, "note");

  if (has_file (text))
    return fail (error, given,
                 "an address: no file is taken here, so put yours where it can be loaded from, and "
                 "give its https address");

  return fail (error, given, "of the form %s",
               note != NULL ? note : stoker_rule_get_text (given->rule, "pattern"));
}

/* @value: what was given, or an element of it. */
static gboolean
check_pattern (const Given *given, JsonNode *value, GError **error)
{
  GRegex *pattern = stoker_manifest_get_regex (given->manifest, given->rule, "pattern");
  g_autofree char *text = pattern != NULL ? stoker_value_dup_text (value) : NULL;

  return text == NULL || g_regex_match (pattern, text, 0, NULL) || fail_form (given, text, error);
}

static gboolean
check_text (const Given *given, GError **error)
{
  double max_length = stoker_rule_get_number (given->rule, "max_length", -1);
  const char *text = NULL;

  if (!stoker_rule_is_text (given->value))
    return fail (error, given, "a text");
  text = json_node_get_string (given->value);
  if (max_length >= 0 && (double) g_utf8_strlen (text, -1) > max_length)
    return fail (error, given, "at most %.15g characters long", max_length);

  return check_pattern (given, given->value, error);
}

static gboolean
check_choice (const Given *given, GError **error)
{
  JsonNode *choices = stoker_rule_get (given->rule, "choices");
  g_autoptr (GString) names = g_string_new (NULL);
  g_autofree char *text = stoker_value_dup_text (given->value);

  for (guint i = 0; i < stoker_rule_count (choices); i++)
    {
      g_autofree char *choice = stoker_value_dup_text (stoker_rule_nth (choices, i));

      if (g_strcmp0 (choice, text) == 0)
        return TRUE;
      g_string_append_printf (names, "%s%s", i > 0 ? ", " : "", choice);
    }

  return fail (error, given, "one of %s", names->str);
}

/* `1024x768` */
static gboolean
parse_size (const char *text, double *width, double *height)
{
  char *end = NULL;

  *width = text != NULL ? (double) g_ascii_strtoull (text, &end, 10) : 0;
  if (*width <= 0 || (*end != 'x' && *end != '*'))
    return FALSE;
  *height = (double) g_ascii_strtoull (end + 1, &end, 10);

  return *height > 0 && *end == '\0';
}

static gboolean
check_size (const Given *given, GError **error)
{
  g_autofree char *text = stoker_value_dup_text (given->value);
  double width = 0;
  double height = 0;

  if (!parse_size (text, &width, &height))
    return fail (error, given, "a size such as 1024x768");

  return check_range (given, width, " a side", error) &&
         check_range (given, height, " a side", error);
}

static gboolean
check_file (const Given *given, GError **error)
{
  static const char *const starts[] = { "data:", "https://", "http://" };
  const char *text = stoker_rule_is_text (given->value) ? json_node_get_string (given->value) : "";

  if (stoker_rule_get (given->rule, "pattern") != NULL)
    return check_text (given, error);
  for (guint i = 0; i < G_N_ELEMENTS (starts); i++)
    if (g_ascii_strncasecmp (text, starts[i], strlen (starts[i])) == 0)
      return TRUE;

  return fail (error, given, "a file: an address, or its data as a data: address");
}

static gboolean
check_flag (const Given *given, GError **error)
{
  return get_type (given) == G_TYPE_BOOLEAN || fail (error, given, "true or false");
}

static gboolean
check_object (const Given *given, GError **error)
{
  return JSON_NODE_HOLDS_OBJECT (given->value) ? check_pattern (given, given->value, error)
                                               : fail (error, given, "an object");
}

static gboolean
check_list (const Given *given, GError **error)
{
  guint count = stoker_rule_count (given->value);

  if (!JSON_NODE_HOLDS_ARRAY (given->value))
    return fail (error, given, "a list");
  if (!check_range (given, count, " long", error))
    return FALSE;
  for (guint i = 0; i < count; i++)
    if (!check_pattern (given, stoker_rule_nth (given->value, i), error))
      return FALSE;

  return TRUE;
}

static gboolean
check_given (const Given *given, GError **error)
{
  static const struct
  {
    const char *type;
    gboolean (*check) (const Given *given, GError **error);
  } types[] = {
    { "text", check_text },      { "integer", check_integer }, { "number", check_number },
    { "seconds", check_number }, { "size", check_size },       { "file", check_file },
    { "flag", check_flag },      { "object", check_object },   { "list", check_list },
  };
  const char *type = stoker_rule_get_text (given->rule, "type");
  gboolean has_choices = stoker_rule_get (given->rule, "choices") != NULL;

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_str_equal (types[i].type, type) && !types[i].check (given, error))
      return FALSE;

  return !has_choices || check_choice (given, error);
}

static char *
list_names (JsonNode *parameters)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < stoker_rule_count (parameters); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? ", " : "",
                            stoker_rule_get_text (stoker_rule_nth (parameters, i), "name"));

  return g_strdup (names->str);
}

static JsonNode *
find_parameter (JsonNode *parameters, const char *name)
{
  for (guint i = 0; i < stoker_rule_count (parameters); i++)
    if (g_str_equal (stoker_rule_get_text (stoker_rule_nth (parameters, i), "name"), name))
      return stoker_rule_nth (parameters, i);

  return NULL;
}

static gboolean
check_known (JsonNode *parameters, JsonNode *values, GError **error)
{
  g_autofree char *names = list_names (parameters);
  StokerMembers given = stoker_members_of (values);

  while (stoker_members_next (&given))
    {
      if (find_parameter (parameters, given.name) != NULL)
        continue;
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                   "there is no parameter \"%s\"; known are %s", given.name, names);
      return FALSE;
    }

  return TRUE;
}

/**
 * stoker_parameters_check:
 * @parameters: (nullable): their rules; without any that applies everything is fine
 * @values: (nullable): what was given
 *
 * Returns: %FALSE with %STOKER_ERROR_CONFIG naming the parameter, its value and the limit, or the
 * known ones
 */
gboolean
stoker_parameters_check (const StokerScope *scope,
                         JsonNode *parameters,
                         JsonNode *values,
                         GError **error)
{
  g_autoptr (JsonNode) selected = stoker_parameters_select (scope, parameters);
  /* It takes none, while without rules that apply nobody knows what it takes. */
  gboolean is_bare = parameters != NULL && stoker_rule_count (parameters) == 0;

  if (stoker_rule_count (selected) == 0 && !is_bare)
    return TRUE;
  for (guint i = 0; i < stoker_rule_count (selected); i++)
    {
      JsonNode *rule = stoker_rule_nth (selected, i);
      const char *name = stoker_rule_get_text (rule, "name");
      Given given = { scope->manifest, rule, stoker_rule_get (values, name) };

      if (given.value != NULL && !check_given (&given, error))
        return FALSE;
      if (given.value != NULL || !stoker_rule_get_flag (rule, "required", FALSE))
        continue;
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "parameter \"%s\" is missing", name);
      return FALSE;
    }

  return check_known (selected, values, error);
}

/* What was given under another name of a parameter, such as the `prompt` that most providers have.
 */
static void
rename_given (JsonObject *object, JsonNode *selected, JsonNode *rule)
{
  const char *name = stoker_rule_get_text (rule, "name");
  const char *other = stoker_rule_get_text (rule, "also");

  if (other == NULL || !json_object_has_member (object, other) ||
      json_object_has_member (object, name) || find_parameter (selected, other) != NULL)
    return;
  json_object_set_member (object, name, json_object_dup_member (object, other));
  json_object_remove_member (object, other);
}

/**
 * stoker_parameters_fill:
 * @parameters: (nullable): their rules
 * @values: (nullable): what was given
 *
 * Returns: (transfer full): an object of @values, under their own names, and of the defaults of
 * those that were not given
 */
JsonNode *
stoker_parameters_fill (const StokerScope *scope, JsonNode *parameters, JsonNode *values)
{
  g_autoptr (JsonNode) selected = stoker_parameters_select (scope, parameters);
  g_autoptr (JsonObject) object = json_object_new ();
  JsonNode *filled = json_node_init_object (json_node_alloc (), object);

  if (values != NULL && JSON_NODE_HOLDS_OBJECT (values))
    stoker_json_merge (filled, values);
  for (guint i = 0; i < stoker_rule_count (selected); i++)
    {
      JsonNode *rule = stoker_rule_nth (selected, i);
      JsonNode *fallback = stoker_rule_get (rule, "default");
      const char *name = stoker_rule_get_text (rule, "name");

      rename_given (object, selected, rule);
      if (fallback != NULL && stoker_rule_get (filled, name) == NULL)
        json_object_set_member (object, name, json_node_copy (fallback));
    }

  return filled;
}

/* A number, `5s`, the megapixels of `1024x768`, or how many there are in a list; -1: nobody told,
 * or it is left to the service, as `auto` does. */
static double
measure (JsonNode *value)
{
  g_autofree char *text = stoker_value_dup_text (value);
  char *end = NULL;
  double number = 0;
  double width = 0;
  double height = 0;

  if (value == NULL || text == NULL || *text == '\0')
    return -1;
  if (JSON_NODE_HOLDS_ARRAY (value))
    return stoker_rule_count (value);
  if (parse_size (text, &width, &height))
    return width * height / PIXELS_IN_A_MEGAPIXEL;

  number = g_ascii_strtod (text, &end);

  return end > text && (*end == '\0' || g_str_equal (end, "s")) ? number : -1;
}

/* Multiplies @item with the parameter @name, and says so in @formula. */
static void
multiply (StokerEstimateItem *item,
          GString *formula,
          const char *name,
          gboolean rounds_up,
          const StokerScope *scope)
{
  g_autofree char *place = g_strconcat ("job.payload.", name, NULL);
  g_autoptr (JsonNode) value = stoker_scope_get (scope, place);
  double factor = measure (value);
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  if (factor < 0)
    {
      g_string_append_printf (formula, " × %s", name);
      item->amount = stoker_money_unknown ();
      if (item->note == NULL)
        item->note = g_strdup_printf (_ ("The price depends on “%s”, which is not told."), name);
      return;
    }
  if (rounds_up)
    factor = ceil (factor);
  g_ascii_formatd (digits, sizeof digits, "%.10g", factor);
  g_string_append_printf (formula, " × %s (%s)", digits, name);
  if (item->amount.is_known)
    item->amount = stoker_money_scale_double (item->amount, factor);
}

/* With all its digits, since a formula has to give its result. */
static char *
format_rate (StokerMoney amount)
{
  g_autofree char *exact = stoker_money_to_decimal (amount);
  const char *point = exact != NULL ? strchr (exact, '.') : NULL;

  if (point == NULL || strlen (point) <= 3)
    return stoker_money_format (amount);
  if (g_str_equal (amount.currency, "USD"))
    return g_strconcat ("$", exact, NULL);
  return g_strconcat (exact, " ", amount.currency, NULL);
}

/* One, unless the rule names the parameter that says how many; a surcharge makes none. */
static gint64
count_outputs (JsonNode *rule, const StokerScope *scope)
{
  const char *name = stoker_rule_get_text (rule, "outputs");
  g_autofree char *place = g_strconcat ("job.payload.", name, NULL);
  g_autoptr (JsonNode) value = name != NULL ? stoker_scope_get (scope, place) : NULL;

  if (stoker_rule_get_flag (rule, "extra", FALSE))
    return 0;
  return name != NULL ? MAX ((gint64) measure (value), 0) : 1;
}

/* (nullable): a member that is a template, filled in. */
static char *
expand (const StokerScope *scope, JsonNode *rule, const char *name)
{
  const char *text = stoker_rule_get_text (rule, name);

  return text != NULL ? stoker_scope_expand (scope, text, NULL) : NULL;
}

static StokerEstimateItem *
compute_one (JsonNode *rule, const StokerScope *scope)
{
  g_autofree char *amount = expand (scope, rule, "amount");
  g_autofree char *currency = expand (scope, rule, "currency");
  g_autofree char *as_of = expand (scope, rule, "as_of");
  const char *per = stoker_rule_get_text (rule, "per");
  JsonNode *times = stoker_rule_get (rule, "times");
  gboolean rounds_up = stoker_rule_get_flag (rule, "round_up", FALSE);
  StokerEstimateItem *item = g_new0 (StokerEstimateItem, 1);
  g_autofree char *rate = NULL;
  g_autoptr (GString) formula = NULL;

  item->kind = STOKER_ITEM_COMPUTE;
  item->amount = stoker_money_unknown ();
  if (amount != NULL)
    stoker_money_parse (amount, currency != NULL ? currency : "USD", &item->amount, NULL);
  rate = format_rate (item->amount);
  formula = g_string_new (rate);
  if (per != NULL)
    g_string_append_printf (formula, _ (" per %s"), per);
  for (guint i = 0; i < stoker_rule_count (times); i++)
    multiply (item, formula, json_node_get_string (stoker_rule_nth (times, i)), rounds_up, scope);
  item->formula = g_string_free (g_steal_pointer (&formula), FALSE);
  item->label = g_strdup (stoker_rule_get_flag (rule, "extra", FALSE) ? _ ("Surcharge")
                                                                      : _ ("This request"));
  item->source = g_strdup (stoker_rule_get_text (rule, "source"));
  item->as_of_us = stoker_time_parse (as_of);
  item->outputs = count_outputs (rule, scope);

  return item;
}

/**
 * stoker_cost_itemise:
 * @cost: (nullable): the rules: the first that holds is the price, those that are extra come on top
 * @scope: of a job whose parameters are filled in
 *
 * Returns: (transfer full) (element-type StokerEstimateItem): what this one request costs, part by
 * part; empty when no rule tells
 */
GPtrArray *
stoker_cost_itemise (JsonNode *cost, const StokerScope *scope)
{
  GPtrArray *items = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_estimate_item_free);

  for (guint i = 0; i < stoker_rule_count (cost); i++)
    {
      JsonNode *rule = stoker_rule_nth (cost, i);

      if (stoker_rule_get_flag (rule, "extra", FALSE) == (items->len > 0) &&
          stoker_conditions_hold (stoker_rule_get (rule, "when"), scope))
        g_ptr_array_add (items, compute_one (rule, scope));
    }

  return items;
}
