/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-log.h"

#define OWN_DOMAIN_PREFIX "stoker"

/* Written by the main thread, read by all. */
static int chosen_level = STOKER_LOG_WARNING;

/* A notice (g_message) is meant for the user, and so counts as a warning. */
static StokerLogLevel
get_level (GLogLevelFlags flags)
{
  if ((flags & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL)) != 0)
    return STOKER_LOG_ERROR;
  if ((flags & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_MESSAGE)) != 0)
    return STOKER_LOG_WARNING;
  return (flags & G_LOG_LEVEL_INFO) != 0 ? STOKER_LOG_INFO : STOKER_LOG_DEBUG;
}

/**
 * stoker_log_shows:
 * @level: the chosen level
 * @flags: of a message
 * @domain: (nullable): the message's log domain; libraries have one
 *
 * Whether a message is written at a level. What libraries say for their own developers, below a
 * warning, is left to the variable G_MESSAGES_DEBUG.
 *
 * Returns: whether it is
 */
gboolean
stoker_log_shows (StokerLogLevel level, GLogLevelFlags flags, const char *domain)
{
  StokerLogLevel own = get_level (flags);

  if (own > STOKER_LOG_WARNING && domain != NULL && !g_str_has_prefix (domain, OWN_DOMAIN_PREFIX))
    return FALSE;
  return own <= level;
}

static const char *
find_domain (const GLogField *fields, gsize n_fields)
{
  for (gsize i = 0; i < n_fields; i++)
    if (g_strcmp0 (fields[i].key, "GLIB_DOMAIN") == 0)
      return fields[i].value;
  return NULL;
}

static GLogWriterOutput
write_log (GLogLevelFlags flags, const GLogField *fields, gsize n_fields, gpointer user_data)
{
  const char *domain = find_domain (fields, n_fields);
  StokerLogLevel level = (StokerLogLevel) g_atomic_int_get (&chosen_level);

  if (stoker_log_shows (level, flags, domain))
    return g_log_writer_standard_streams (flags, fields, n_fields, user_data);
  /* What a developer asked for by environment variable is shown at every level. */
  if (get_level (flags) > STOKER_LOG_WARNING && g_getenv ("G_MESSAGES_DEBUG") != NULL)
    return g_log_writer_default (flags, fields, n_fields, user_data);
  return G_LOG_WRITER_HANDLED;
}

/**
 * stoker_log_install:
 *
 * Makes the program's log keep to the chosen level. To be called once, before the first message.
 */
void
stoker_log_install (void)
{
  /* Standard output is for answers: a document that is printed there has to stay one. */
  g_log_writer_default_set_use_stderr (TRUE);
  g_log_set_writer_func (write_log, NULL, NULL);
}

/**
 * stoker_log_set_level:
 * @level: the least severe kind of message that is written
 *
 * Chooses how much is logged, to standard error.
 */
void
stoker_log_set_level (StokerLogLevel level)
{
  g_atomic_int_set (&chosen_level, (int) level);
  g_log_set_debug_enabled (level == STOKER_LOG_DEBUG);
}
