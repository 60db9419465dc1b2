/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-history.h"

#include "stoker-job-private.h"
#include "stoker-json-write.h"
#include "stoker-json.h"
#include "stoker-time.h"

/* A job that is tried for ever keeps its last steps. */
#define MAX_EVENTS 200

static JsonArray *
ensure_array (StokerJob *self)
{
  if (self->history == NULL || !JSON_NODE_HOLDS_ARRAY (self->history))
    {
      g_clear_pointer (&self->history, json_node_unref);
      self->history = json_node_init_array (json_node_alloc (), NULL);
      json_node_take_array (self->history, json_array_new ());
    }
  return json_node_get_array (self->history);
}

static gboolean
read_event (const StokerJsonPlace *place, StokerJobEvent *event)
{
  g_autofree char *at = NULL;
  gint64 attempt = 0;
  int state = STOKER_JOB_WAITING;

  if (!stoker_json_get_string (place, "at", STOKER_JSON_REQUIRED, &at, NULL) ||
      !stoker_json_get_enum (place, "state", STOKER_JSON_REQUIRED, stoker_job_state_names, &state,
                             NULL) ||
      !stoker_json_get_int (place, "attempt", STOKER_JSON_OPTIONAL, 0, G_MAXINT, &attempt, NULL))
    return FALSE;
  event->at_us = stoker_time_parse (at);
  event->state = (StokerJobState) state;
  event->attempt = (int) attempt;
  stoker_json_get_string (place, "message", STOKER_JSON_OPTIONAL, &event->message, NULL);
  return TRUE;
}

/**
 * stoker_job_event_free:
 * @self: (transfer full): a step
 */
void
stoker_job_event_free (StokerJobEvent *self)
{
  g_free (self->message);
  g_free (self);
}

/**
 * stoker_job_list_events:
 *
 * Returns: (transfer full) (element-type StokerJobEvent): the steps of its way that were noted,
 * oldest first; what cannot be read is left out
 */
GPtrArray *
stoker_job_list_events (StokerJob *self)
{
  GPtrArray *events = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_job_event_free);
  StokerJsonPlace root = stoker_json_root (self->history, "history");

  g_return_val_if_fail (STOKER_IS_JOB (self), events);

  for (guint i = 0; self->history != NULL && i < stoker_json_length (&root); i++)
    {
      StokerJsonPlace place = stoker_json_element (&root, i);
      StokerJobEvent *event = g_new0 (StokerJobEvent, 1);

      if (read_event (&place, event))
        g_ptr_array_add (events, event);
      else
        stoker_job_event_free (event);
    }
  return events;
}

/**
 * stoker_job_note_state:
 * @at_us: the present
 *
 * Notes that the job is in its state from now on, with its message as the cause. The same state of
 * the same try is not noted twice.
 */
void
stoker_job_note_state (StokerJob *self, gint64 at_us)
{
  g_autoptr (GPtrArray) events = NULL;
  const StokerJobEvent *last = NULL;
  JsonObject *object = NULL;
  JsonArray *array = NULL;

  g_return_if_fail (STOKER_IS_JOB (self));

  events = stoker_job_list_events (self);
  last = events->len > 0 ? g_ptr_array_index (events, events->len - 1) : NULL;
  if (last != NULL && last->state == self->state && last->attempt == (int) self->attempts->len)
    return;
  array = ensure_array (self);
  if (json_array_get_length (array) >= MAX_EVENTS)
    json_array_remove_element (array, 0);
  object = json_object_new ();
  stoker_json_set_time (object, "at", at_us);
  json_object_set_string_member (object, "state", stoker_job_state_names[self->state]);
  json_object_set_int_member (object, "attempt", self->attempts->len);
  stoker_json_set_text (object, "message", self->message);
  json_array_add_object_element (array, object);
}

/**
 * stoker_job_get_history:
 *
 * Returns: (transfer none) (nullable): the steps as they are stored, an array of
 * `{"at","state","attempt","message"}`
 */
JsonNode *
stoker_job_get_history (StokerJob *self)
{
  g_return_val_if_fail (STOKER_IS_JOB (self), NULL);

  return self->history;
}

/**
 * stoker_job_set_history:
 * @history: (nullable): the steps as they were stored; copied
 */
void
stoker_job_set_history (StokerJob *self, JsonNode *history)
{
  g_return_if_fail (STOKER_IS_JOB (self));

  g_clear_pointer (&self->history, json_node_unref);
  self->history = history != NULL ? json_node_copy (history) : NULL;
}
