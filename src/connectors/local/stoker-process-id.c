/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-process-id-private.h"

#include <gio/gio.h>

#include <string.h>
#include <unistd.h>

/* Fields of /proc/PID/stat behind the name, see proc(5): the state is the first, the start the
 * twentieth. */
#define FIELD_STATE 0
#define FIELD_START 19
#define N_FIELDS 20

static char *
read_stat (int pid)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", pid);
  char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) ? text : NULL;
}

/*
 * stoker_process_id_lookup:
 * @id: (out): filled in when there is such a process
 *
 * A process that has ended but that nobody asked for its status yet does not count.
 *
 * Returns: whether there is one
 */
gboolean
stoker_process_id_lookup (int pid, StokerProcessId *id)
{
  g_autofree char *text = pid > 0 ? read_stat (pid) : NULL;
  const char *behind_name = text != NULL ? strrchr (text, ')') : NULL;
  g_auto (GStrv) fields = NULL;

  if (behind_name == NULL || behind_name[1] != ' ')
    return FALSE;
  fields = g_strsplit (behind_name + 2, " ", -1);
  if (g_strv_length (fields) < N_FIELDS || strchr ("ZXx", fields[FIELD_STATE][0]) != NULL)
    return FALSE;
  id->pid = pid;
  id->start_ticks = g_ascii_strtoull (fields[FIELD_START], NULL, 10);
  return TRUE;
}

/* stoker_process_id_is_alive: Returns: whether that very process still runs */
gboolean
stoker_process_id_is_alive (const StokerProcessId *id)
{
  StokerProcessId now = { 0 };

  return stoker_process_id_lookup (id->pid, &now) && now.start_ticks == id->start_ticks;
}

/* The environment is a list of texts with a NUL behind each. */
static gboolean
has_variable (int pid, const char *variable)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/environ", pid);
  g_autofree char *text = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &text, &length, NULL))
    return FALSE;
  for (gsize at = 0; at < length; at += strlen (text + at) + 1)
    if (g_str_equal (text + at, variable))
      return TRUE;
  return FALSE;
}

static gboolean
is_session_leader (int pid)
{
  return getsid (pid) == pid;
}

/*
 * stoker_process_id_find:
 * @variable: "NAME=value"
 *
 * Looks for the leader of a session that was started with @variable in its environment.
 *
 * Returns: whether there is one
 */
gboolean
stoker_process_id_find (const char *variable, StokerProcessId *id)
{
  g_autoptr (GDir) dir = g_dir_open ("/proc", 0, NULL);
  const char *name = NULL;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      int pid = (int) g_ascii_strtoll (name, NULL, 10);

      if (pid > 0 && is_session_leader (pid) && has_variable (pid, variable) &&
          stoker_process_id_lookup (pid, id))
        return TRUE;
    }
  return FALSE;
}
