/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-notice.h"

#include "stoker-error.h"

/**
 * stoker_notice_rules_init:
 * @self: return location
 * @settings: (nullable): the preferences; without them everything is told at any time
 */
void
stoker_notice_rules_init (StokerNoticeRules *self, GSettings *settings)
{
  *self = (StokerNoticeRules){ .finished = TRUE, .failed = TRUE, .attention = TRUE };
  if (settings == NULL)
    return;
  self->finished = g_settings_get_boolean (settings, "notify-finished");
  self->failed = g_settings_get_boolean (settings, "notify-failed");
  self->attention = g_settings_get_boolean (settings, "notify-attention");
  self->has_quiet_hours = g_settings_get_boolean (settings, "quiet-hours");
  self->quiet_from = g_settings_get_int (settings, "quiet-from");
  self->quiet_to = g_settings_get_int (settings, "quiet-to");
}

/**
 * stoker_notice_of_state:
 * @before: the state a job was in
 * @state: the state it is in now
 *
 * Returns: what that is worth telling; a job that was cancelled is no news to who did it
 */
StokerNotice
stoker_notice_of_state (StokerJobState before, StokerJobState state)
{
  if (before == state)
    return STOKER_NOTICE_NONE;
  if (state == STOKER_JOB_SUCCEEDED)
    return STOKER_NOTICE_FINISHED;
  if (state == STOKER_JOB_FAILED || state == STOKER_JOB_LOST)
    return STOKER_NOTICE_FAILED;
  return STOKER_NOTICE_NONE;
}

/* Trouble that does not go away by itself. */
static gboolean
needs_person (int code)
{
  switch (code)
    {
    case STOKER_ERROR_AUTH:
    case STOKER_ERROR_FORBIDDEN:
    case STOKER_ERROR_QUOTA:
    case STOKER_ERROR_CONFIG:
    case STOKER_ERROR_HELD:
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * stoker_notice_of_trouble:
 * @code_before: #StokerError that a job had, or -1
 * @code: the one it has now, or -1
 * @state: the state it is in
 *
 * Returns: whether the job has come to need a person while it goes on; how it ends is told by
 * stoker_notice_of_state()
 */
StokerNotice
stoker_notice_of_trouble (int code_before, int code, StokerJobState state)
{
  if (stoker_job_state_is_final (state) || code == code_before || !needs_person (code))
    return STOKER_NOTICE_NONE;
  return STOKER_NOTICE_ATTENTION;
}

/* The provider's trouble, which its user can only wait for. */
static gboolean
is_outage (int code)
{
  return code == STOKER_ERROR_UNAVAILABLE || code == STOKER_ERROR_PROTOCOL ||
         code == STOKER_ERROR_FAILED;
}

/**
 * stoker_notice_of_health:
 * @before: (nullable): the check before
 * @health: (nullable): the last check
 *
 * Returns: whether a provider has come to need a person, or an outage has begun: that is told once,
 * however it goes on, and its end is not
 */
StokerNotice
stoker_notice_of_health (const StokerHealth *before, const StokerHealth *health)
{
  gboolean was_ill = before != NULL && !before->is_ok;

  if (health == NULL || health->is_ok)
    return STOKER_NOTICE_NONE;
  if (!needs_person (health->error_code))
    return !was_ill && is_outage (health->error_code) ? STOKER_NOTICE_OUTAGE : STOKER_NOTICE_NONE;
  if (was_ill && before->error_code == health->error_code)
    return STOKER_NOTICE_NONE;
  return STOKER_NOTICE_ATTENTION;
}

/**
 * stoker_notice_is_quiet:
 * @rules: what the user wants
 * @minute: minutes since midnight
 *
 * Returns: whether it is in the quiet hours, the first minute included and the last not; an end
 * before the beginning is on the next day, and an end at the beginning makes no hours at all
 */
gboolean
stoker_notice_is_quiet (const StokerNoticeRules *rules, int minute)
{
  if (!rules->has_quiet_hours)
    return FALSE;
  if (rules->quiet_from <= rules->quiet_to)
    return minute >= rules->quiet_from && minute < rules->quiet_to;
  return minute >= rules->quiet_from || minute < rules->quiet_to;
}

/**
 * stoker_notice_is_wanted:
 * @notice: something worth telling, or nothing
 * @rules: what the user wants
 * @minute: minutes since midnight
 * @is_window_active: whether the window is in front, where everything can be seen
 *
 * Returns: whether to tell it
 */
gboolean
stoker_notice_is_wanted (StokerNotice notice,
                         const StokerNoticeRules *rules,
                         int minute,
                         gboolean is_window_active)
{
  if (is_window_active || stoker_notice_is_quiet (rules, minute))
    return FALSE;
  switch (notice)
    {
    case STOKER_NOTICE_FINISHED:
      return rules->finished;
    case STOKER_NOTICE_FAILED:
      return rules->failed;
    case STOKER_NOTICE_ATTENTION:
    case STOKER_NOTICE_OUTAGE:
      return rules->attention;
    case STOKER_NOTICE_NONE:
    default:
      return FALSE;
    }
}
