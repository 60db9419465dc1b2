/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-rehearsal-private.h"

#include "stoker-error.h"
#include "stoker-json.h"

#include <glib/gi18n-lib.h>

#define QUEUED_US G_USEC_PER_SEC
#define PROVISIONED_US (3 * G_USEC_PER_SEC)

/* What "fail" of a workload's payload may say. */
const char *const stoker_mishap_names[] = { "none",       "no-capacity", "auth", "quota",
                                            "rate-limit", "crash",       NULL };

/* stoker_rehearsal_free: Frees a rehearsal. */
void
stoker_rehearsal_free (StokerRehearsal *self)
{
  g_free (self->token);
  g_free (self);
}

static gboolean
get_number (const StokerJsonPlace *root, const char *name, gint64 *value, GError **error)
{
  g_autofree char *text = NULL;
  StokerJsonPlace place;

  if (!stoker_json_get_string (root, name, STOKER_JSON_REQUIRED, &text, error))
    return FALSE;
  if (g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, value, NULL))
    return TRUE;
  place = stoker_json_member (root, name);
  stoker_json_set_error (error, &place, "must be a number");
  return FALSE;
}

/*
 * stoker_rehearsal_decode:
 * @handle: (nullable): what an earlier report left
 *
 * Returns: (transfer full): the rehearsal, or %NULL with %STOKER_ERROR_NOT_FOUND or
 * %STOKER_ERROR_CONFIG
 */
StokerRehearsal *
stoker_rehearsal_decode (JsonNode *handle, GError **error)
{
  g_autoptr (StokerRehearsal) self = g_new0 (StokerRehearsal, 1);
  StokerJsonPlace root;
  int mishap = STOKER_MISHAP_NONE;

  if (handle == NULL)
    {
      g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_NOT_FOUND,
                           _ ("there is no such rehearsal"));
      return NULL;
    }
  root = stoker_json_root (handle, "handle");
  if (!stoker_json_get_string (&root, "token", STOKER_JSON_REQUIRED, &self->token, error) ||
      !get_number (&root, "submitted_us", &self->submitted_us, error) ||
      !get_number (&root, "cancelled_us", &self->cancelled_us, error) ||
      !get_number (&root, "seconds", &self->seconds, error) ||
      !stoker_json_get_enum (&root, "fail", STOKER_JSON_REQUIRED, stoker_mishap_names, &mishap,
                             error))
    return NULL;
  self->mishap = (StokerMishap) mishap;
  return g_steal_pointer (&self);
}

static void
set_number (JsonObject *object, const char *name, gint64 value)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, value);

  json_object_set_string_member (object, name, text);
}

static JsonNode *
encode (const StokerRehearsal *self)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "token", self->token);
  json_object_set_string_member (object, "fail", stoker_mishap_names[self->mishap]);
  set_number (object, "submitted_us", self->submitted_us);
  set_number (object, "cancelled_us", self->cancelled_us);
  set_number (object, "seconds", self->seconds);
  json_node_set_object (node, object);
  return node;
}

/* The acts, each until the time since the submission that is given. */
typedef struct
{
  StokerJobState state;
  gint64 until_us;
} Act;

static gint64
get_run_us (const StokerRehearsal *self)
{
  gint64 run_us = self->seconds * G_USEC_PER_SEC;

  return self->mishap == STOKER_MISHAP_CRASH ? run_us / 2 : run_us;
}

static void
set_state (const StokerRehearsal *self, StokerJobReport *report, gint64 age_us)
{
  const Act acts[] = {
    { STOKER_JOB_QUEUED, QUEUED_US },
    { STOKER_JOB_PROVISIONING, PROVISIONED_US },
    { STOKER_JOB_RUNNING, PROVISIONED_US + get_run_us (self) },
  };

  if (self->cancelled_us != 0)
    {
      report->state = STOKER_JOB_CANCELLED;
      report->ended_us = self->cancelled_us;
      return;
    }
  for (gsize i = 0; i < G_N_ELEMENTS (acts); i++)
    {
      report->state = acts[i].state;
      if (age_us < acts[i].until_us)
        return;
    }
  report->state = self->mishap == STOKER_MISHAP_CRASH ? STOKER_JOB_FAILED : STOKER_JOB_SUCCEEDED;
  report->ended_us = self->submitted_us + PROVISIONED_US + get_run_us (self);
}

static double
get_progress (const StokerRehearsal *self, gint64 age_us)
{
  if (age_us < PROVISIONED_US)
    return 0;
  if (self->seconds == 0)
    return 1;
  return MIN (1, (double) (age_us - PROVISIONED_US) / ((double) self->seconds * G_USEC_PER_SEC));
}

static const char *
describe_state (StokerJobState state)
{
  if (state == STOKER_JOB_QUEUED)
    return _ ("Waiting for a simulated machine");
  if (state == STOKER_JOB_PROVISIONING)
    return _ ("Starting a simulated machine");
  if (state == STOKER_JOB_RUNNING)
    return _ ("Rehearsing");
  return NULL;
}

static char *
write_log (const StokerRehearsal *self, const StokerJobReport *report, gint64 age_us)
{
  g_autoptr (GString) log = g_string_new ("queued\n");

  if (age_us >= QUEUED_US)
    g_string_append (log, "machine is starting\n");
  if (age_us >= PROVISIONED_US)
    g_string_append (log, "running: nothing is computed, this is a rehearsal\n");
  for (int tenth = 1; tenth <= (int) (report->progress * 10); tenth++)
    g_string_append_printf (log, "progress: %d.%d\n", tenth / 10, tenth % 10);
  if (stoker_job_state_is_final (report->state))
    g_string_append_printf (log, "%s\n", stoker_job_state_names[report->state]);
  return g_string_free (g_steal_pointer (&log), FALSE);
}

static void
add_picture (const StokerRehearsal *self, StokerJobReport *report)
{
  StokerRemoteOutput *output = stoker_job_report_add_output (report, "rehearsal.png");

  output->data = stoker_rehearsal_draw (self->token);
  output->media_type = g_strdup ("image/png");
}

/*
 * stoker_rehearsal_report:
 * @now_us: the time it is
 *
 * Works out how far a rehearsal is: one second in the queue, two until its machine has started,
 * then as long as it was told to take. A function of its arguments alone.
 *
 * Returns: (transfer full): the report
 */
StokerJobReport *
stoker_rehearsal_report (const StokerRehearsal *self, gint64 now_us)
{
  StokerJobReport *report = stoker_job_report_new (STOKER_JOB_QUEUED);
  gint64 end_us = self->cancelled_us != 0 ? self->cancelled_us : now_us;
  gint64 age_us = MAX (0, end_us - self->submitted_us);

  set_state (self, report, age_us);
  if (report->ended_us != 0)
    age_us = report->ended_us - self->submitted_us;
  report->remote_id = g_strdup (self->token);
  report->handle = encode (self);
  report->progress = get_progress (self, age_us);
  report->stage = g_strdup (describe_state (report->state));
  report->log = write_log (self, report, age_us);
  report->billed = stoker_money_usd (0);
  report->billed_s = 0;
  if (age_us >= PROVISIONED_US)
    report->started_us = self->submitted_us + PROVISIONED_US;
  if (report->state == STOKER_JOB_FAILED)
    {
      report->error_code = STOKER_ERROR_FAILED;
      report->message = g_strdup (_ ("rehearsed: the program crashed"));
    }
  else if (report->state == STOKER_JOB_SUCCEEDED)
    add_picture (self, report);
  return report;
}
