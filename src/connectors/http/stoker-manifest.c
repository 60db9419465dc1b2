/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-manifest.h"

#include "stoker-error.h"
#include "stoker-manifest-private.h"

const char *const stoker_operation_names[] = {
  "check", "offers", "submit", "poll", "cancel", "outputs", "find", NULL,
};

void
stoker_condition_free (StokerCondition *self)
{
  g_free (self->name);
  g_strfreev (self->texts);
  g_clear_pointer (&self->operand, json_node_unref);
  g_clear_pointer (&self->regex, g_regex_unref);
  g_free (self);
}

void
stoker_take_free (StokerTake *self)
{
  g_free (self->name);
  g_clear_pointer (&self->paths, g_ptr_array_unref);
  g_clear_pointer (&self->addends, g_ptr_array_unref);
  g_clear_pointer (&self->value, json_node_unref);
  g_free (self->header);
  g_clear_pointer (&self->regex, g_regex_unref);
  g_clear_pointer (&self->map, g_hash_table_unref);
  g_clear_pointer (&self->fallback, json_node_unref);
  g_free (self);
}

void
stoker_error_rule_free (StokerErrorRule *self)
{
  g_clear_pointer (&self->statuses, g_array_unref);
  g_clear_object (&self->path);
  g_clear_object (&self->missing);
  g_clear_pointer (&self->text, g_regex_unref);
  g_free (self->message);
  g_free (self);
}

void
stoker_state_rule_free (StokerStateRule *self)
{
  g_clear_pointer (&self->when, g_ptr_array_unref);
  g_free (self->stage);
  g_free (self->message);
  g_free (self);
}

void
stoker_pair_free (StokerPair *self)
{
  g_free (self->name);
  g_free (self->value);
  g_free (self);
}

void
stoker_step_free (StokerStep *self)
{
  g_clear_pointer (&self->when, g_ptr_array_unref);
  g_free (self->method);
  g_free (self->url);
  g_clear_pointer (&self->headers, g_ptr_array_unref);
  g_clear_pointer (&self->query, g_ptr_array_unref);
  g_clear_pointer (&self->body, json_node_unref);
  g_clear_pointer (&self->success, g_array_unref);
  g_clear_pointer (&self->takes, g_ptr_array_unref);
  g_clear_pointer (&self->errors, g_ptr_array_unref);
  g_clear_object (&self->pages.next);
  g_clear_object (&self->pages.cursor);
  g_free (self->pages.parameter);
  g_free (self);
}

void
stoker_record_rule_free (StokerRecordRule *self)
{
  g_clear_object (&self->items);
  g_clear_pointer (&self->fields, g_ptr_array_unref);
  g_clear_pointer (&self->when, g_ptr_array_unref);
  g_clear_pointer (&self->within, stoker_record_rule_free);
  g_free (self);
}

void
stoker_operation_free (StokerOperation *self)
{
  g_strfreev (self->needs);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_strfreev (self->keep);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_clear_pointer (&self->errors, g_ptr_array_unref);
  g_free (self);
}

/**
 * stoker_manifest_free:
 * @self: (transfer full): a manifest
 */
void
stoker_manifest_free (StokerManifest *self)
{
  g_clear_pointer (&self->bases, g_ptr_array_unref);
  g_free (self->auth.name);
  g_free (self->auth.value);
  g_clear_pointer (&self->error_text, g_ptr_array_unref);
  g_clear_pointer (&self->errors, g_ptr_array_unref);
  g_clear_pointer (&self->states, g_ptr_array_unref);
  g_clear_pointer (&self->unsupported, g_hash_table_unref);
  g_clear_pointer (&self->operations, g_hash_table_unref);
  g_free (self);
}

/**
 * stoker_manifest_find:
 * @self: a manifest
 * @operation: its name
 *
 * Returns: (nullable): the operation; %NULL with %STOKER_ERROR_UNSUPPORTED and the manifest's own
 * explanation, when it has one
 */
const StokerOperation *
stoker_manifest_find (const StokerManifest *self, const char *operation, GError **error)
{
  const StokerOperation *found = g_hash_table_lookup (self->operations, operation);
  const char *reason = g_hash_table_lookup (self->unsupported, operation);

  if (found != NULL)
    return found;

  if (reason != NULL)
    g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED, reason);
  else
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED,
                 "this provider has no operation \"%s\"", operation);

  return NULL;
}

/**
 * stoker_manifest_get_base:
 * @name: as in `${base.name}`
 *
 * Returns: (nullable): the template of that base address
 */
const char *
stoker_manifest_get_base (const StokerManifest *self, const char *name)
{
  for (guint i = 0; i < self->bases->len; i++)
    {
      const StokerPair *base = g_ptr_array_index (self->bases, i);

      if (g_str_equal (base->name, name))
        return base->value;
    }

  return NULL;
}
