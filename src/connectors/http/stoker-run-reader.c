/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-run-reader.h"

#include "stoker-error.h"
#include "stoker-json-write.h"
#include "stoker-record.h"
#include "stoker-schema.h"
#include "stoker-step-answer.h"
#include "stoker-time.h"

#include <glib/gi18n-lib.h>

#include <math.h>

/* What `available` may say besides yes and no. */
#define NO_QUOTA "quota"

/* Money when it is a number, else what the server calls it. */
static char *
read_balance (const StokerScope *scope)
{
  StokerMoney money = stoker_scope_get_money (scope, "balance");

  return money.is_known ? stoker_money_format_for_record (money)
                        : stoker_scope_dup_text (scope, "balance");
}

/**
 * stoker_run_read_health:
 * @run: a finished `check`
 *
 * Returns: (transfer full): that all is well, with account, balance, scopes and message where they
 * are known
 */
StokerHealth *
stoker_run_read_health (const StokerRun *run)
{
  g_autofree char *message = stoker_scope_dup_text (run->scope, "message");
  StokerHealth *health = stoker_health_new (TRUE, g_get_real_time (), message);

  health->latency_us = run->latency_us;
  health->account = stoker_scope_dup_text (run->scope, "account");
  health->balance = read_balance (run->scope);
  health->scopes = stoker_scope_dup_text (run->scope, "scopes");

  return health;
}

static const char *
intern (const StokerScope *scope, const char *name, const char *fallback)
{
  g_autofree char *text = stoker_scope_dup_text (scope, name);

  return text != NULL && *text != '\0' ? g_intern_string (text) : fallback;
}

static StokerTri
read_tri (const StokerScope *scope, const char *name)
{
  g_autofree char *text = stoker_scope_dup_text (scope, name);

  if (text == NULL)
    return STOKER_TRI_UNKNOWN;
  if (g_str_equal (text, "yes") || g_str_equal (text, "true"))
    return STOKER_TRI_YES;
  if (g_str_equal (text, "no") || g_str_equal (text, "false") || g_str_equal (text, NO_QUOTA))
    return STOKER_TRI_NO;

  return STOKER_TRI_UNKNOWN;
}

static gboolean
is_over_quota (const StokerScope *scope)
{
  g_autofree char *text = stoker_scope_dup_text (scope, "available");

  return g_strcmp0 (text, NO_QUOTA) == 0;
}

static StokerUnit
read_unit (const StokerScope *scope)
{
  g_autofree char *text = stoker_scope_dup_text (scope, "unit");

  for (int i = 0; text != NULL && stoker_unit_names[i] != NULL; i++)
    if (g_str_equal (text, stoker_unit_names[i]))
      return (StokerUnit) i;

  return STOKER_UNIT_HOUR;
}

static StokerOffer
read_offer (const StokerScope *record, const StokerProfile *profile)
{
  const char *plan = intern (record, "plan", NULL);

  return (StokerOffer){
    .provider_id = g_intern_string (stoker_connection_get_provider_id (record->connection)),
    .profile = profile,
    .plan = plan != NULL ? stoker_profile_find_plan (profile, plan) : NULL,
    .offer_id = intern (record, "id", NULL),
    .gpu = intern (record, "gpu", NULL),
    .region = intern (record, "region", "*"),
    .vram_gb = stoker_scope_get_number (record, "vram_gb", -1),
    .gpus = (int) stoker_scope_get_number (record, "gpus", 1),
    .price = stoker_scope_get_money (record, "price"),
    .price_unit = read_unit (record),
    .confidence = STOKER_CONFIDENCE_OFFICIAL,
    .reliability = stoker_scope_get_number (record, "reliability", -1),
    .is_available = read_tri (record, "available"),
    .lacks_quota = is_over_quota (record),
    .is_live = TRUE,
  };
}

/* Nobody pays for being used: a price below zero is a mark for something else. */
static gboolean
is_offer (const StokerOffer *offer)
{
  return offer->plan != NULL && (!offer->price.is_known || offer->price.nanos >= 0);
}

/* A schema becomes the parameters that it tells of. */
static JsonNode *
describe_value (const StokerRun *run, const char *name)
{
  g_autoptr (JsonNode) value = stoker_scope_get (run->scope, name);
  g_autoptr (JsonNode) schemas = stoker_scope_get (run->scope, "schemas");

  if (value == NULL || !g_str_equal (name, "input"))
    return g_steal_pointer (&value);
  return stoker_schema_to_parameters (value, schemas);
}

/* What `keep` names is there until the provider is asked again, with the day it was told. */
static void
describe (StokerOfferTable *table, const StokerRun *run, gint64 now_us)
{
  JsonNode *keep = stoker_rule_get (run->operation, "keep");
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) description = json_node_init_object (json_node_alloc (), object);
  g_autofree char *now = stoker_time_format_iso (now_us);

  if (keep == NULL)
    return;
  stoker_json_set_text (object, "at", now);
  for (guint i = 0; i < stoker_rule_count (keep); i++)
    {
      const char *name = json_node_get_string (stoker_rule_nth (keep, i));
      JsonNode *value = describe_value (run, name);

      if (value != NULL)
        json_object_set_member (object, name, value);
    }
  stoker_offer_table_describe (table, description);
}

/**
 * stoker_run_read_offers:
 * @run: a finished `offers`
 * @catalog: whose profile and plans the offers borrow
 *
 * Returns: (transfer full) (nullable): the offers, without those of unknown plans; %NULL with
 * %STOKER_ERROR_PROTOCOL when a required field is missing
 */
StokerOfferTable *
stoker_run_read_offers (const StokerRun *run, StokerCatalog *catalog, GError **error)
{
  const StokerProfile *own = stoker_scope_get_profile (run->scope);
  const StokerProfile *listed = stoker_catalog_lookup (catalog, own->id);
  g_autoptr (GPtrArray)
    records = stoker_records_read (stoker_rule_get (run->operation, "records"), run, error);
  g_autofree char *source = g_strdup_printf (_ ("%s, asked live"), own->name);
  gint64 now_us = g_get_real_time ();
  StokerOfferTable *table = NULL;

  if (records == NULL)
    return NULL;
  table = stoker_offer_table_new (catalog);
  describe (table, run, now_us);
  for (guint i = 0; i < records->len; i++)
    {
      const StokerRecord *record = g_ptr_array_index (records, i);
      StokerOffer offer = read_offer (record->scope, listed != NULL ? listed : own);

      offer.source = g_intern_string (source);
      offer.as_of_us = now_us;
      if (is_offer (&offer))
        stoker_offer_table_append (table, &offer);
    }

  return table;
}

/* What later operations need and cannot ask for again. */
static JsonNode *
read_handle (JsonNode *operation, const StokerScope *scope)
{
  JsonNode *keep = stoker_rule_get (operation, "keep");
  g_autoptr (JsonObject) handle = json_object_new ();

  for (guint i = 0; i < stoker_rule_count (keep); i++)
    {
      const char *name = json_node_get_string (stoker_rule_nth (keep, i));
      g_autofree char *text = stoker_scope_dup_text (scope, name);

      if (text != NULL)
        json_object_set_string_member (handle, name, text);
    }

  return stoker_rule_count (keep) > 0 ? json_node_init_object (json_node_alloc (), handle) : NULL;
}

static char *
expand_redacted (const StokerScope *scope, const char *text)
{
  g_autofree char *expanded = text != NULL ? stoker_scope_expand (scope, text, NULL) : NULL;

  return stoker_scope_redact (scope, expanded);
}

static char *
read_redacted (const StokerScope *scope, const char *name)
{
  g_autofree char *text = stoker_scope_dup_text (scope, name);

  return stoker_scope_redact (scope, text);
}

static void
apply_state (StokerJobReport *report, JsonNode *rule, const StokerScope *scope)
{
  const char *code = stoker_rule_get_text (rule, "code");
  const char *message = stoker_rule_get_text (rule, "message");
  StokerError error_code = STOKER_ERROR_FAILED;

  if (code != NULL)
    stoker_error_code_from_string (code, &error_code);
  if (code != NULL || report->state == STOKER_JOB_FAILED)
    report->error_code = (int) error_code;
  g_free (report->stage);
  report->stage = expand_redacted (scope, stoker_rule_get_text (rule, "stage"));
  if (message == NULL)
    return;
  g_free (report->message);
  report->message = expand_redacted (scope, message);
}

/* The state a rule names: the checked word is one of the list. */
static StokerJobState
get_state (JsonNode *rule)
{
  const char *word = stoker_rule_get_text (rule, "state");
  int state = 0;

  while (!g_str_equal (stoker_job_state_names[state], word))
    state++;

  return (StokerJobState) state;
}

static void
read_progress (StokerJobReport *report, const StokerScope *scope)
{
  double billed_s = stoker_scope_get_number (scope, "billed_s", -1);

  report->progress = CLAMP (stoker_scope_get_number (scope, "progress", -1), -1, 1);
  report->message = read_redacted (scope, "message");
  report->log = read_redacted (scope, "log");
  report->started_us = (gint64) stoker_scope_get_number (scope, "started", 0);
  report->ended_us = (gint64) stoker_scope_get_number (scope, "ended", 0);
  report->billed_s = billed_s < 0 ? -1 : (gint64) ceil (billed_s);
  report->billed = stoker_scope_get_money (scope, "billed");
}

static StokerJobReport *
read_report (const StokerRun *run, const StokerScope *scope, int fallback, GError **error)
{
  JsonNode *rule = stoker_states_find (scope);
  g_autofree char *word = stoker_scope_dup_text (scope, "state");
  g_autoptr (StokerJobReport) report = NULL;

  if (rule == NULL && (fallback < 0 || word != NULL))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_PROTOCOL,
                   _ ("%s names a state that is not documented: \"%s\""),
                   stoker_scope_get_profile (scope)->name, word != NULL ? word : "");
      return NULL;
    }
  report = stoker_job_report_new (rule != NULL ? get_state (rule) : (StokerJobState) fallback);
  report->remote_id = stoker_scope_dup_text (scope, "id");
  if (report->remote_id == NULL)
    report->remote_id = stoker_scope_dup_text (scope, "job.remote_id");
  report->handle = read_handle (run->operation, scope);
  report->poll_s = (gint64) stoker_manifest_get_limit (run->scope->manifest, "poll_s");
  read_progress (report, scope);
  if (rule != NULL)
    apply_state (report, rule, scope);

  return g_steal_pointer (&report);
}

/**
 * stoker_run_read_job:
 * @run: a finished `submit`, `poll`, `cancel` or `outputs`
 * @fallback: what it means when the answer names no state; -1: that is a mistake
 *
 * Returns: (transfer full) (nullable): the report; %NULL with %STOKER_ERROR_PROTOCOL when no rule
 * knows the state
 */
StokerJobReport *
stoker_run_read_job (const StokerRun *run, int fallback, GError **error)
{
  return read_report (run, run->scope, fallback, error);
}

/* A job that is there, but whose state cannot be read, because of @mistake, which is taken over: it
 * waits, and its next poll tells more. */
static StokerJobReport *
read_accepted (const StokerRun *run, const StokerScope *scope, GError *mistake, GError **error)
{
  g_autoptr (GError) cause = mistake;
  g_autofree char *id = stoker_scope_dup_text (scope, "id");
  StokerJobReport *report = NULL;

  if (id == NULL || *id == '\0')
    {
      cause->code = STOKER_ERROR_UNCERTAIN;
      g_propagate_error (error, g_steal_pointer (&cause));
      return NULL;
    }
  report = stoker_job_report_new (STOKER_JOB_QUEUED);
  report->remote_id = g_steal_pointer (&id);
  report->handle = read_handle (run->operation, scope);
  report->message = stoker_scope_redact (scope, cause->message);
  report->error_code = cause->code;

  return report;
}

/**
 * stoker_run_read_accepted_job:
 * @run: a finished `submit` whose state cannot be read
 * @mistake: (transfer full): why
 *
 * Returns: (transfer full) (nullable): the job, which waits until its next poll; %NULL with
 * %STOKER_ERROR_UNCERTAIN when the answer did not tell its id either
 */
StokerJobReport *
stoker_run_read_accepted_job (const StokerRun *run, GError *mistake, GError **error)
{
  return read_accepted (run, run->scope, mistake, error);
}

/**
 * stoker_run_read_failed_job:
 * @run: a `submit` that failed but left something
 *
 * Returns: (transfer full): a failed job with what is needed to end what it left
 */
StokerJobReport *
stoker_run_read_failed_job (const StokerRun *run)
{
  StokerJobReport *report = stoker_job_report_new (STOKER_JOB_FAILED);

  report->remote_id = stoker_scope_dup_text (run->scope, "id");
  report->handle = stoker_run_read_handle (run);
  report->message = stoker_scope_redact (run->scope, run->failure->message);
  report->error_code = run->failure->code;

  return report;
}

/**
 * stoker_run_read_handle:
 *
 * Returns: (transfer full) (nullable): the values that `keep` of the operation names
 */
JsonNode *
stoker_run_read_handle (const StokerRun *run)
{
  return read_handle (run->operation, run->scope);
}

/**
 * stoker_run_read_found_jobs:
 * @run: a finished `find`
 *
 * Returns: (transfer full) (nullable) (element-type StokerJobReport): every job that could be it;
 * %NULL with %STOKER_ERROR_UNSUPPORTED when there is none in what was read of a longer list
 */
GPtrArray *
stoker_run_read_found_jobs (const StokerRun *run, GError **error)
{
  g_autoptr (GPtrArray)
    records = stoker_records_read (stoker_rule_get (run->operation, "records"), run, error);
  g_autoptr (GPtrArray)
    reports = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_job_report_unref);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      const StokerRecord *record = g_ptr_array_index (records, i);
      GError *mistake = NULL;
      StokerJobReport *report = read_report (run, record->scope, -1, &mistake);

      if (report == NULL)
        report = read_accepted (run, record->scope, mistake, error);
      if (report == NULL)
        return NULL;
      g_ptr_array_add (reports, report);
    }

  if (records != NULL && reports->len == 0 && run->is_cut)
    {
      g_set_error_literal (error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED,
                           _ ("its list of jobs is longer than can be read"));
      return NULL;
    }

  return records != NULL ? g_steal_pointer (&reports) : NULL;
}
