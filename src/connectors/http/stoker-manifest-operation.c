/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"
#include "stoker-manifest-private.h"

#define MAX_PAGES 100
#define DEFAULT_PAGES 20

/* HTTP's own idempotent methods (RFC 9110, section 9.2.2). */
static gboolean
is_idempotent (const char *method)
{
  static const char *const methods[] = { "GET", "HEAD", "PUT", "DELETE", NULL };

  return g_strv_contains (methods, method);
}

static gboolean
decode_body (const StokerJsonPlace *parent, StokerStep *step, GError **error)
{
  static const char *const forms[] = { "json", "form", "multipart", NULL };
  static const StokerBodyForm values[] = { STOKER_BODY_JSON, STOKER_BODY_FORM,
                                           STOKER_BODY_MULTIPART };
  StokerJsonPlace place = { 0 };

  if (!stoker_json_get_object (parent, "body", STOKER_JSON_OPTIONAL, &place, error))
    return FALSE;
  if (!stoker_json_is_present (&place))
    return TRUE;
  if (!stoker_json_expect_known_members (&place, forms, error) ||
      !stoker_manifest_check_templates (&place, STOKER_TEMPLATE_SECRET, error))
    return FALSE;

  for (guint i = 0; forms[i] != NULL; i++)
    {
      StokerJsonPlace body = stoker_json_member (&place, forms[i]);

      if (!stoker_json_is_present (&body))
        continue;
      step->form = values[i];
      step->body = json_node_ref (body.node);
      return TRUE;
    }

  stoker_json_set_error (error, &place, "expected json, form or multipart");
  return FALSE;
}

static gboolean
decode_pages (const StokerJsonPlace *parent, StokerPages *pages, GError **error)
{
  static const char *const names[] = { "next", "cursor", "parameter", "max", NULL };
  StokerJsonPlace place = { 0 };
  gint64 max = DEFAULT_PAGES;

  if (!stoker_json_get_object (parent, "pages", STOKER_JSON_OPTIONAL, &place, error))
    return FALSE;
  if (!stoker_json_is_present (&place))
    return TRUE;
  if (!stoker_json_expect_known_members (&place, names, error) ||
      !stoker_manifest_get_path (&place, "next", &pages->next, error) ||
      !stoker_manifest_get_path (&place, "cursor", &pages->cursor, error) ||
      !stoker_json_get_string (&place, "parameter", STOKER_JSON_OPTIONAL, &pages->parameter,
                               error) ||
      !stoker_json_get_int (&place, "max", STOKER_JSON_OPTIONAL, 1, MAX_PAGES, &max, error))
    return FALSE;
  if ((pages->next == NULL) == (pages->cursor == NULL) ||
      (pages->cursor == NULL) != (pages->parameter == NULL))
    {
      stoker_json_set_error (error, &place, "expected next, or cursor with parameter");
      return FALSE;
    }
  pages->max = (guint) max;

  return TRUE;
}

static StokerStep *
step_new (void)
{
  StokerStep *self = g_new0 (StokerStep, 1);

  self->when = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_condition_free);
  self->headers = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_pair_free);
  self->query = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_pair_free);
  self->takes = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_take_free);
  self->errors = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_error_rule_free);
  self->has_answer = TRUE;

  return self;
}

static gboolean
decode_request (const StokerJsonPlace *place, StokerStep *step, GError **error)
{
  static const char *const methods[] = { "GET", "POST", "PUT", "PATCH", "DELETE", NULL };
  int method = 0;
  gint64 timeout_s = 0;

  if (!stoker_json_get_enum (place, "method", STOKER_JSON_OPTIONAL, methods, &method, error) ||
      !stoker_manifest_get_template (place, "url", STOKER_JSON_OPTIONAL, STOKER_TEMPLATE_PLAIN,
                                     &step->url, error) ||
      !stoker_manifest_get_map (place, "headers", stoker_manifest_decode_secret_pair, step->headers,
                                error) ||
      !stoker_manifest_get_map (place, "query", stoker_manifest_decode_pair, step->query, error) ||
      !stoker_json_get_int (place, "timeout_s", STOKER_JSON_OPTIONAL, 1, 3600, &timeout_s, error) ||
      !decode_body (place, step, error))
    return FALSE;

  step->method = g_strdup (methods[method]);
  step->timeout_s = (guint) timeout_s;
  step->is_repeatable = is_idempotent (step->method);

  return TRUE;
}

/* Makes a StokerStep. */
gpointer
stoker_manifest_decode_step (const StokerJsonPlace *place, GError **error)
{
  static const char *const names[] = { "when",       "method",  "url",      "headers",
                                       "query",      "body",    "success",  "answer",
                                       "repeatable", "creates", "optional", "timeout_s",
                                       "take",       "errors",  "pages",    NULL };
  StokerStep *step = step_new ();
  StokerJsonPlace creates = stoker_json_member (place, "creates");

  if (!stoker_json_expect_object (place, error) ||
      !stoker_json_expect_known_members (place, names, error) ||
      !stoker_manifest_get_conditions (place, "when", step->when, error) ||
      !decode_request (place, step, error) ||
      !stoker_manifest_get_statuses (place, "success", &step->success, error) ||
      !stoker_json_get_boolean (place, "answer", STOKER_JSON_OPTIONAL, &step->has_answer, error) ||
      !stoker_json_get_boolean (place, "repeatable", STOKER_JSON_OPTIONAL, &step->is_repeatable,
                                error) ||
      !stoker_json_get_boolean (place, "creates", STOKER_JSON_OPTIONAL, &step->creates, error) ||
      !stoker_json_get_boolean (place, "optional", STOKER_JSON_OPTIONAL, &step->is_optional,
                                error) ||
      !stoker_manifest_get_takes (place, "take", step->takes, error) ||
      !stoker_manifest_get_errors (place, "errors", step->errors, error) ||
      !decode_pages (place, &step->pages, error))
    g_clear_pointer (&step, stoker_step_free);
  else if (!stoker_json_is_present (&creates))
    step->creates = !step->is_repeatable;

  return step;
}

static gpointer
decode_record (const StokerJsonPlace *place, GError **error)
{
  static const char *const names[] = { "items",  "fields", "when",     "within",
                                       "search", "base64", "document", NULL };
  StokerRecordRule *rule = g_new0 (StokerRecordRule, 1);
  StokerJsonPlace within = stoker_json_member (place, "within");
  gboolean is_valid = FALSE;

  rule->fields = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_take_free);
  rule->when = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_condition_free);
  is_valid =
    stoker_json_expect_object (place, error) &&
    stoker_json_expect_known_members (place, names, error) &&
    stoker_manifest_get_path (place, "items", &rule->items, error) &&
    stoker_manifest_get_takes (place, "fields", rule->fields, error) &&
    stoker_manifest_get_conditions (place, "when", rule->when, error) &&
    stoker_json_get_boolean (place, "search", STOKER_JSON_OPTIONAL, &rule->searches, error) &&
    stoker_json_get_boolean (place, "base64", STOKER_JSON_OPTIONAL, &rule->is_base64, error) &&
    stoker_json_get_boolean (place, "document", STOKER_JSON_OPTIONAL, &rule->is_document, error);

  if (is_valid && rule->items == NULL)
    {
      stoker_json_set_error (error, place, "items is missing");
      is_valid = FALSE;
    }
  if (is_valid && stoker_json_is_present (&within))
    is_valid = (rule->within = decode_record (&within, error)) != NULL;
  if (!is_valid)
    g_clear_pointer (&rule, stoker_record_rule_free);

  return rule;
}

/* Makes a StokerOperation. */
StokerOperation *
stoker_manifest_decode_operation (const StokerJsonPlace *place, GError **error)
{
  static const char *const names[] = { "needs", "steps", "keep", "records", "errors", NULL };
  StokerOperation *self = g_new0 (StokerOperation, 1);
  gboolean is_valid = FALSE;

  self->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_step_free);
  self->records = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_record_rule_free);
  self->errors = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_error_rule_free);
  is_valid = stoker_json_expect_object (place, error) &&
             stoker_json_expect_known_members (place, names, error) &&
             stoker_json_get_strings (place, "needs", STOKER_JSON_OPTIONAL, &self->needs, error) &&
             stoker_manifest_get_list (place, "steps", stoker_manifest_decode_step, self->steps,
                                       error) &&
             stoker_json_get_strings (place, "keep", STOKER_JSON_OPTIONAL, &self->keep, error) &&
             stoker_manifest_get_list (place, "records", decode_record, self->records, error) &&
             stoker_manifest_get_errors (place, "errors", self->errors, error);

  if (is_valid && self->steps->len == 0)
    {
      stoker_json_set_error (error, place, "expected at least one step");
      is_valid = FALSE;
    }
  if (!is_valid)
    g_clear_pointer (&self, stoker_operation_free);

  return self;
}
