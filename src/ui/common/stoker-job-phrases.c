/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-job-phrases.h"

#include "stoker-error.h"
#include "stoker-phrases.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *text;
  const char *icon;
  const char *style_class;
} StateLook;

static const StateLook looks[] = {
  [STOKER_JOB_WAITING] = { N_ ("Waiting"), "content-loading-symbolic", "dim-label" },
  [STOKER_JOB_SUBMITTING] = { N_ ("Sending"), "document-send-symbolic", "accent" },
  [STOKER_JOB_QUEUED] = { N_ ("Queued"), "content-loading-symbolic", "accent" },
  [STOKER_JOB_PROVISIONING] = { N_ ("Starting"), "emblem-synchronizing-symbolic", "accent" },
  [STOKER_JOB_RUNNING] = { N_ ("Running"), "media-playback-start-symbolic", "accent" },
  [STOKER_JOB_FETCHING] = { N_ ("Loading outputs"), "folder-download-symbolic", "accent" },
  [STOKER_JOB_SUCCEEDED] = { N_ ("Done"), "emblem-ok-symbolic", "success" },
  [STOKER_JOB_FAILED] = { N_ ("Failed"), "dialog-error-symbolic", "error" },
  [STOKER_JOB_CANCELLED] = { N_ ("Cancelled"), "media-playback-stop-symbolic", "dim-label" },
  [STOKER_JOB_LOST] = { N_ ("Lost"), "dialog-question-symbolic", "warning" },
};

static const StateLook *
get_look (StokerJobState state)
{
  return (gsize) state < G_N_ELEMENTS (looks) ? &looks[state] : &looks[STOKER_JOB_LOST];
}

/**
 * stoker_phrase_job_state:
 * @state: a state
 *
 * Returns: (transfer none): the word for it
 */
const char *
stoker_phrase_job_state (StokerJobState state)
{
  return g_dgettext (GETTEXT_PACKAGE, get_look (state)->text);
}

/* English counts in four ways; other languages may say all four alike. */
static char *
tell_place (guint place)
{
  guint last = place % 10;
  gboolean is_teen = place / 10 % 10 == 1;

  if (last == 1 && !is_teen)
    /* Translators: the place of a waiting job in the queue: 1, 21, 31 … */
    return g_strdup_printf (_ ("Waiting, %ust"), place);
  if (last == 2 && !is_teen)
    /* Translators: the place of a waiting job in the queue: 2, 22, 32 … */
    return g_strdup_printf (_ ("Waiting, %und"), place);
  if (last == 3 && !is_teen)
    /* Translators: the place of a waiting job in the queue: 3, 23, 33 … */
    return g_strdup_printf (_ ("Waiting, %urd"), place);
  /* Translators: the place of a waiting job in the queue: 4 to 20, 24 to 30 … */
  return g_strdup_printf (_ ("Waiting, %uth"), place);
}

/**
 * stoker_phrase_job_place:
 * @state: a state
 * @place: its place in the queue, counted from 1; 0 when it does not wait or nobody knows
 *
 * Returns: (transfer full): the word for the state, with the place of what waits: "Waiting, 2nd"
 */
char *
stoker_phrase_job_place (StokerJobState state, guint place)
{
  if (state != STOKER_JOB_WAITING || place == 0)
    return g_strdup (stoker_phrase_job_state (state));
  return tell_place (place);
}

/**
 * stoker_phrase_job_icon:
 * @state: a state
 *
 * Returns: (transfer none): name of its symbolic icon
 */
const char *
stoker_phrase_job_icon (StokerJobState state)
{
  return get_look (state)->icon;
}

/**
 * stoker_phrase_job_class:
 * @state: a state
 *
 * Returns: (transfer none): style class of icon and word
 */
const char *
stoker_phrase_job_class (StokerJobState state)
{
  return get_look (state)->style_class;
}

/**
 * stoker_phrase_job_cost:
 * @accrued: what it has cost so far
 * @estimated: what it was thought to cost
 * @is_dry_run: whether nothing was sent
 *
 * Returns: (transfer full): "$0.21 of about $0.45"
 */
char *
stoker_phrase_job_cost (StokerMoney accrued, StokerMoney estimated, gboolean is_dry_run)
{
  g_autofree char *so_far = NULL;
  g_autofree char *all = NULL;

  if (is_dry_run)
    return g_strdup (_ ("Dry run, no cost"));
  all = stoker_phrase_about (estimated);
  if (!accrued.is_known)
    return g_steal_pointer (&all);
  so_far = stoker_money_format (accrued);
  if (!estimated.is_known)
    return g_strdup_printf (_ ("%s so far"), so_far);
  return g_strdup_printf (_ ("%s of %s"), so_far, all);
}

/**
 * stoker_phrase_cost_of_job:
 * @job: a job
 *
 * Returns: (transfer full): what stoker_phrase_job_cost() says of it; only the amount when it has
 * ended and there was no estimate, since nothing comes on top of it
 */
char *
stoker_phrase_cost_of_job (StokerJob *job)
{
  StokerMoney accrued = stoker_job_get_accrued (job);
  StokerMoney estimated = stoker_job_get_estimated (job);

  if (stoker_job_state_is_final (stoker_job_get_state (job)) && accrued.is_known &&
      !estimated.is_known && !stoker_job_get_dry_run (job))
    return stoker_money_format (accrued);
  return stoker_phrase_job_cost (accrued, estimated, stoker_job_get_dry_run (job));
}

/**
 * stoker_phrase_amounts:
 * @sum: a sum
 *
 * Returns: (transfer full): "$0.45", "$0.45 + €1.20" when there are several currencies, "$0.45 or
 * more" when something in it is not known, or "unknown"
 */
char *
stoker_phrase_amounts (const StokerSum *sum)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (sum->n_amounts == 0)
    return stoker_phrase_money (stoker_sum_get_main (sum));
  for (guint i = 0; i < sum->n_amounts; i++)
    {
      g_autofree char *amount = stoker_money_format (sum->amounts[i]);

      g_string_append_printf (text, i > 0 ? " + %s" : "%s", amount);
    }
  if (sum->n_unknown > 0)
    return g_strdup_printf (_ ("%s or more"), text->str);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * stoker_phrase_about_amounts:
 * @sum: a sum of estimates
 *
 * Returns: (transfer full): "about $0.45 + €1.20", "no charge" or "cost unknown"
 */
char *
stoker_phrase_about_amounts (const StokerSum *sum)
{
  g_autofree char *amounts = NULL;

  if (sum->n_amounts < 2 && sum->n_unknown == 0)
    return stoker_phrase_about (stoker_sum_get_main (sum));
  if (sum->n_amounts == 0)
    return stoker_phrase_about (stoker_money_unknown ());
  amounts = stoker_phrase_amounts (sum);
  return g_strdup_printf (_ ("about %s"), amounts);
}

/**
 * stoker_phrase_job_progress:
 * @progress: 0 to 1, negative when not told
 * @stage: (nullable): what is being done
 *
 * Returns: (transfer full): "62 % · sampling", either part alone, or an empty text
 */
char *
stoker_phrase_job_progress (double progress, const char *stage)
{
  g_autofree char *percent = NULL;

  if (progress < 0)
    return g_strdup (stage != NULL ? stage : "");
  percent = g_strdup_printf (_ ("%d %%"), (int) (CLAMP (progress, 0, 1) * 100));
  if (stage == NULL || *stage == '\0')
    return g_steal_pointer (&percent);
  return g_strdup_printf ("%s · %s", percent, stage);
}

static char *
tell_end (StokerJob *job, const char *provider_name)
{
  gint64 started_us = stoker_job_get_started (job);
  gint64 ended_us = stoker_job_get_ended (job);
  g_autofree char *took = NULL;

  if (stoker_job_get_dry_run (job))
    return g_strdup_printf (_ ("Rehearsed for %s. Nothing was sent."), provider_name);
  if (started_us == 0 || ended_us < started_us)
    return g_strdup_printf (_ ("Finished on %s."), provider_name);
  took = stoker_duration_format ((ended_us - started_us) / G_USEC_PER_SEC);
  return g_strdup_printf (_ ("Finished on %s in %s."), provider_name, took);
}

/**
 * stoker_phrase_job_story:
 * @job: a job
 * @provider_name: what its provider is called
 *
 * Returns: (transfer full): what has become of it, in one sentence
 */
char *
stoker_phrase_job_story (StokerJob *job, const char *provider_name)
{
  switch (stoker_job_get_state (job))
    {
    case STOKER_JOB_WAITING:
      return g_strdup_printf (_ ("Waits here for its turn on %s."), provider_name);
    case STOKER_JOB_SUBMITTING:
      return g_strdup_printf (_ ("Is being sent to %s."), provider_name);
    case STOKER_JOB_QUEUED:
      return g_strdup_printf (_ ("Waits in the queue of %s."), provider_name);
    case STOKER_JOB_PROVISIONING:
      return g_strdup_printf (_ ("%s is getting a machine ready."), provider_name);
    case STOKER_JOB_RUNNING:
      return g_strdup_printf (_ ("Runs on %s."), provider_name);
    case STOKER_JOB_FETCHING:
      return g_strdup_printf (_ ("Finished on %s; its outputs are being loaded."), provider_name);
    case STOKER_JOB_SUCCEEDED:
      return tell_end (job, provider_name);
    case STOKER_JOB_FAILED:
      return g_strdup_printf (_ ("Failed on %s."), provider_name);
    case STOKER_JOB_CANCELLED:
      return g_strdup_printf (_ ("Was cancelled on %s."), provider_name);
    case STOKER_JOB_LOST:
    default:
      return g_strdup_printf (
        _ ("It is not known what became of it. It may still cost money at %s."), provider_name);
    }
}

/**
 * stoker_phrase_job_message:
 * @job: a job
 *
 * Returns: (transfer full): what its provider or Stoker says about it as a sentence, and what one
 * can do when it waits for a machine; an empty text when there is nothing to say
 */
char *
stoker_phrase_job_message (StokerJob *job)
{
  const char *message = stoker_job_get_message (job);
  g_autofree char *sentence = stoker_phrase_sentence (message != NULL ? message : "");

  if (*sentence != '\0' && stoker_job_get_state (job) == STOKER_JOB_QUEUED &&
      stoker_job_get_error_code (job) == STOKER_ERROR_UNAVAILABLE)
    return g_strdup_printf (_ ("%s. Let it wait, or cancel it and run it elsewhere."), sentence);
  return g_steal_pointer (&sentence);
}

/**
 * stoker_job_may_be_cancelled:
 * @job: a job
 *
 * Returns: whether there is something left to end; a lost job may still run at the provider
 */
gboolean
stoker_job_may_be_cancelled (StokerJob *job)
{
  StokerJobState state = stoker_job_get_state (job);

  return !stoker_job_state_is_final (state) || state == STOKER_JOB_LOST;
}

/**
 * stoker_job_may_be_retried:
 * @job: a job
 *
 * Returns: whether it ended badly
 */
gboolean
stoker_job_may_be_retried (StokerJob *job)
{
  StokerJobState state = stoker_job_get_state (job);

  return state == STOKER_JOB_FAILED || state == STOKER_JOB_CANCELLED || state == STOKER_JOB_LOST;
}
