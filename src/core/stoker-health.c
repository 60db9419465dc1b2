/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-health.h"

#include "stoker-error.h"
#include "stoker-json-write.h"
#include "stoker-json.h"

G_DEFINE_BOXED_TYPE (StokerHealth, stoker_health, stoker_health_ref, stoker_health_unref)

/**
 * stoker_health_new:
 * @is_ok: whether the provider is there and the key is good
 * @checked_us: when it was asked
 * @message: (nullable): what is wrong and what to do; without any secret
 *
 * Returns: (transfer full): the outcome of a check, to be filled before it is shared
 */
StokerHealth *
stoker_health_new (gboolean is_ok, gint64 checked_us, const char *message)
{
  StokerHealth *self = g_new0 (StokerHealth, 1);

  self->is_ok = is_ok;
  self->checked_us = checked_us;
  self->since_us = checked_us;
  self->latency_us = -1;
  self->message = g_strdup (message);
  self->error_code = is_ok ? -1 : STOKER_ERROR_FAILED;
  g_atomic_ref_count_init (&self->ref_count);

  return self;
}

/**
 * stoker_health_new_error:
 * @error: why the check failed
 * @checked_us: when it was asked
 *
 * Returns: (transfer full): the outcome of a check that failed
 */
StokerHealth *
stoker_health_new_error (const GError *error, gint64 checked_us)
{
  StokerHealth *self = stoker_health_new (FALSE, checked_us, error->message);

  if (error->domain == STOKER_ERROR)
    self->error_code = error->code;
  if (stoker_error_get_wait (error) > 0)
    self->retry_at_us = checked_us + stoker_error_get_wait (error) * G_USEC_PER_SEC;
  self->is_unreached = stoker_error_is_unreached (error);

  return self;
}

/**
 * stoker_health_ref:
 *
 * Returns: (transfer full): @self
 */
StokerHealth *
stoker_health_ref (StokerHealth *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

/**
 * stoker_health_unref:
 * @self: (transfer full): an outcome
 */
void
stoker_health_unref (StokerHealth *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->account);
  g_free (self->balance);
  g_free (self->scopes);
  g_free (self->message);
  g_free (self);
}

/**
 * stoker_health_continue:
 * @self: an outcome that nobody else has yet
 * @before: (nullable): that of the check before
 *
 * When both ended alike, @self has been so since @before was.
 */
void
stoker_health_continue (StokerHealth *self, const StokerHealth *before)
{
  if (before != NULL && before->is_ok == self->is_ok && before->error_code == self->error_code)
    self->since_us = MIN (before->since_us, self->since_us);
}

/**
 * stoker_health_to_json:
 *
 * Returns: (transfer full): the `last_health` of a registry entry: `ok` and `ts` (seconds since
 * 1970) as the seeds have them, and what Stoker adds
 */
JsonNode *
stoker_health_to_json (const StokerHealth *self)
{
  g_autoptr (JsonObject) object = json_object_new ();

  json_object_set_boolean_member (object, "ok", self->is_ok);
  json_object_set_int_member (object, "ts", self->checked_us / G_USEC_PER_SEC);
  stoker_json_set_time (object, "checked_at", self->checked_us);
  stoker_json_set_measure (object, "latency_ms",
                           self->latency_us < 0 ? -1 : (double) self->latency_us / 1000);
  stoker_json_set_text (object, "account", self->account);
  stoker_json_set_text (object, "balance", self->balance);
  stoker_json_set_text (object, "scopes", self->scopes);
  stoker_json_set_text (object, "message", self->message);
  stoker_json_set_text (object, "error", stoker_error_code_to_string (self->error_code));
  if (self->since_us < self->checked_us)
    stoker_json_set_time (object, "since", self->since_us);
  if (self->retry_at_us != 0)
    stoker_json_set_time (object, "retry_at", self->retry_at_us);

  return json_node_init_object (json_node_alloc (), object);
}

static gint64
read_time (const StokerJsonPlace *place)
{
  g_autofree char *checked_at = NULL;
  double seconds = 0;
  gint64 time_us = 0;

  stoker_json_get_string (place, "checked_at", STOKER_JSON_OPTIONAL, &checked_at, NULL);
  time_us = stoker_time_parse (checked_at);
  if (time_us == 0 &&
      stoker_json_get_double (place, "ts", STOKER_JSON_OPTIONAL, 0, 1e11, &seconds, NULL))
    time_us = (gint64) (seconds * G_USEC_PER_SEC);

  return time_us;
}

/* What was written before this was kept tells the time of the check only. */
static gint64
read_since (const StokerJsonPlace *place, gint64 checked_us)
{
  g_autofree char *since = NULL;
  gint64 since_us = 0;

  stoker_json_get_string (place, "since", STOKER_JSON_OPTIONAL, &since, NULL);
  since_us = stoker_time_parse (since);
  return since_us > 0 ? MIN (since_us, checked_us) : checked_us;
}

static gint64
read_retry_time (const StokerJsonPlace *place)
{
  g_autofree char *retry_at = NULL;

  stoker_json_get_string (place, "retry_at", STOKER_JSON_OPTIONAL, &retry_at, NULL);
  return stoker_time_parse (retry_at);
}

static void
read_error_code (const StokerJsonPlace *place, StokerHealth *health)
{
  g_autofree char *name = NULL;
  StokerError code;

  stoker_json_get_string (place, "error", STOKER_JSON_OPTIONAL, &name, NULL);
  if (!health->is_ok && name != NULL && stoker_error_code_from_string (name, &code))
    health->error_code = (int) code;
}

/**
 * stoker_health_from_json:
 * @node: (nullable): a `last_health` member
 *
 * Reads what it can: an old outcome is no reason to refuse a registry.
 *
 * Returns: (transfer full) (nullable): the outcome; %NULL when there is none or it was never
 * checked
 */
StokerHealth *
stoker_health_from_json (JsonNode *node)
{
  StokerJsonPlace root = stoker_json_root (node, "last_health");
  StokerHealth *health = NULL;
  gboolean is_ok = FALSE;
  double latency_ms = -1;
  gint64 checked_us;

  if (!stoker_json_expect_object (&root, NULL) ||
      !stoker_json_get_boolean (&root, "ok", STOKER_JSON_REQUIRED, &is_ok, NULL))
    return NULL;
  checked_us = read_time (&root);
  if (checked_us == 0)
    return NULL;

  health = stoker_health_new (is_ok, checked_us, NULL);
  if (stoker_json_get_double (&root, "latency_ms", STOKER_JSON_OPTIONAL, 0, 1e9, &latency_ms,
                              NULL) &&
      latency_ms >= 0)
    health->latency_us = (gint64) (latency_ms * 1000);
  stoker_json_get_string (&root, "account", STOKER_JSON_OPTIONAL, &health->account, NULL);
  stoker_json_get_string (&root, "balance", STOKER_JSON_OPTIONAL, &health->balance, NULL);
  stoker_json_get_string (&root, "scopes", STOKER_JSON_OPTIONAL, &health->scopes, NULL);
  stoker_json_get_string (&root, "message", STOKER_JSON_OPTIONAL, &health->message, NULL);
  health->since_us = read_since (&root, checked_us);
  health->retry_at_us = read_retry_time (&root);
  read_error_code (&root, health);

  return health;
}
