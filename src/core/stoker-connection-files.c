/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-connection.h"

#include "stoker-error.h"
#include "stoker-small-file.h"
#include "stoker-wipe.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define MAX_FILE_BYTES (1024 * 1024)

typedef struct
{
  StokerConnection *connection; /* owned */
  GStrv fields;                 /* owned */
} Opening;

static void
opening_free (gpointer data)
{
  Opening *self = data;

  stoker_connection_unref (self->connection);
  g_strfreev (self->fields);
  g_free (self);
}

/* Where the secret of @field is, when it is in a file and not in the keyring. */
static const char *
find_path (StokerConnection *connection, const char *field)
{
  const StokerProfile *profile = stoker_connection_get_profile (connection);
  const StokerAuthField *known = stoker_profile_find_field (profile, field);
  const char *path = stoker_connection_get_config (connection, field);

  if (known == NULL || known->type != STOKER_FIELD_PATH || path == NULL || *path == '\0' ||
      stoker_connection_get_secret (connection, field) != NULL)
    return NULL;

  return path;
}

/* The text of the file, without the line end behind it, so that it can be a header too. */
static char *
read_text (const char *path, GError **error)
{
  g_autofree char *expanded = stoker_small_file_expand (path);
  gsize length = 0;
  char *text = stoker_small_file_read (expanded, MAX_FILE_BYTES, &length, error);

  if (text == NULL)
    return NULL;
  if (length > 0 && g_utf8_validate_len (text, length, NULL))
    return g_strchomp (text);
  stoker_wipe_free (text);
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, _ ("%s: is no text"), expanded);

  return NULL;
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Opening *self = data;
  g_autoptr (GHashTable) secrets = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                                          (GDestroyNotify) stoker_wipe_free);

  for (guint i = 0; self->fields[i] != NULL; i++)
    {
      const char *path = find_path (self->connection, self->fields[i]);
      GError *error = NULL;
      char *text = path != NULL ? read_text (path, &error) : NULL;

      if (error != NULL)
        {
          g_task_return_error (task, error);
          return;
        }
      if (text != NULL)
        g_hash_table_insert (secrets, self->fields[i], text);
    }
  g_task_return_pointer (task, stoker_connection_new_with_secrets (self->connection, secrets),
                         (GDestroyNotify) stoker_connection_unref);
}

/**
 * stoker_connection_has_unread_files:
 * @fields: ids of fields
 *
 * Returns: whether the secret of one of them is in a file that its setting names
 */
gboolean
stoker_connection_has_unread_files (StokerConnection *self, const char *const *fields)
{
  for (guint i = 0; fields[i] != NULL; i++)
    if (find_path (self, fields[i]) != NULL)
      return TRUE;

  return FALSE;
}

/**
 * stoker_connection_open_files_async:
 * @fields: ids of fields; those that name a file are read, on another thread
 */
void
stoker_connection_open_files_async (StokerConnection *self,
                                    const char *const *fields,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Opening *opening = g_new0 (Opening, 1);

  g_task_set_source_tag (task, stoker_connection_open_files_async);
  opening->connection = stoker_connection_ref (self);
  opening->fields = g_strdupv ((GStrv) fields);
  g_task_set_task_data (task, opening, opening_free);
  g_task_run_in_thread (task, open_in_thread);
}

/**
 * stoker_connection_open_files_finish:
 *
 * Returns: (transfer full) (nullable): the same connection, in which the files' contents are the
 * secrets of their fields; %NULL with %STOKER_ERROR_CONFIG naming the file that cannot be read
 */
StokerConnection *
stoker_connection_open_files_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_connection_open_files_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
