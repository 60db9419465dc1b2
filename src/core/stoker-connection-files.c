/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-connection.h"

#include "stoker-error.h"
#include "stoker-kubeconfig.h"
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

/* (transfer full): @text without the line end behind it, so that it can be a header too. */
static char *
tidy_text (char *text, gsize length, const char *path, GError **error)
{
  if (text == NULL)
    return NULL;
  if (length > 0 && g_utf8_validate_len (text, length, NULL))
    return g_strchomp (text);
  stoker_wipe_free (text);
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, _ ("%s: is no text"), path);

  return NULL;
}

static char *
read_text (const char *path, GError **error)
{
  g_autofree char *expanded = stoker_small_file_expand (path);
  gsize length = 0;
  char *text = stoker_small_file_read (expanded, MAX_FILE_BYTES, &length, error);

  return tidy_text (text, length, expanded, error);
}

/* What was found: settings and secrets by field. */
typedef struct
{
  GHashTable *config;
  GHashTable *secrets; /* overwritten when freed */
} Found;

static void
found_clear (Found *self)
{
  g_clear_pointer (&self->config, g_hash_table_unref);
  g_clear_pointer (&self->secrets, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Found, found_clear)

static gboolean
read_secrets (const Opening *self, Found *found, GError **error)
{
  for (guint i = 0; self->fields[i] != NULL; i++)
    {
      const char *path = find_path (self->connection, self->fields[i]);
      char *text = path != NULL ? read_text (path, error) : NULL;

      if (path != NULL && text == NULL)
        return FALSE;
      if (text != NULL)
        g_hash_table_insert (found->secrets, g_strdup (self->fields[i]), text);
    }

  return TRUE;
}

/* What the user filled in stands above what a file says. */
static void
fill (StokerConnection *connection, const char *field, const char *value, Found *found)
{
  const StokerAuthField *known =
    stoker_profile_find_field (stoker_connection_get_profile (connection), field);

  if (value == NULL || stoker_connection_has_config (connection, field) ||
      stoker_connection_get_secret (connection, field) != NULL)
    return;
  if (known->type == STOKER_FIELD_SECRET || known->type == STOKER_FIELD_PATH)
    g_hash_table_insert (found->secrets, g_strdup (field), g_strdup (value));
  else
    g_hash_table_insert (found->config, g_strdup (field), g_strdup (value));
}

static StokerKubeconfig *
open_kubeconfig (const char *path, const char *context, GError **error)
{
  g_autoptr (StokerKubeconfig) file = NULL;
  gsize length = 0;
  char *text = stoker_kubeconfig_read (path, &length, error);

  text = tidy_text (text, length, path, error);
  if (text == NULL)
    return NULL;
  file = stoker_kubeconfig_decode (text, strlen (text), context, path, error);
  stoker_wipe_free (text);
  if (file == NULL || !stoker_kubeconfig_complete (file, path, error))
    return NULL;

  return g_steal_pointer (&file);
}

static gboolean
read_fills (StokerConnection *connection,
            const StokerAuthField *field,
            Found *found,
            GError **error)
{
  g_autofree char *path = stoker_small_file_expand (
    stoker_connection_get_config (connection, field->id));
  const char *part = field->file->part != NULL
                       ? stoker_connection_get_config (connection, field->file->part)
                       : NULL;
  g_autoptr (StokerKubeconfig)
    file = open_kubeconfig (path, part != NULL && *part != '\0' ? part : NULL, error);
  GHashTableIter iter;
  gpointer id = NULL;
  gpointer index = NULL;

  if (file == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, field->file->fills);
  while (g_hash_table_iter_next (&iter, &id, &index))
    fill (connection, id, file->parts[GPOINTER_TO_INT (index)], found);

  return TRUE;
}

static gboolean
is_filling (StokerConnection *connection, const StokerAuthField *field)
{
  return field->file != NULL && stoker_connection_has_config (connection, field->id);
}

static gboolean
read_files (const Opening *self, Found *found, GError **error)
{
  const StokerProfile *profile = stoker_connection_get_profile (self->connection);

  for (guint i = 0; profile->auth_fields != NULL && i < profile->auth_fields->len; i++)
    {
      const StokerAuthField *field = g_ptr_array_index (profile->auth_fields, i);

      if (is_filling (self->connection, field) &&
          !read_fills (self->connection, field, found, error))
        return FALSE;
    }

  return read_secrets (self, found, error);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Opening *self = data;
  g_auto (Found) found = {
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) stoker_wipe_free),
  };
  GError *error = NULL;

  if (read_files (self, &found, &error))
    g_task_return_pointer (task,
                           stoker_connection_new_with_files (self->connection, found.config,
                                                             found.secrets),
                           (GDestroyNotify) stoker_connection_unref);
  else
    g_task_return_error (task, error);
}

/* Whether the profile has a field whose file fills in others, and the user named that file. */
static gboolean
has_filling_files (StokerConnection *self)
{
  const StokerProfile *profile = stoker_connection_get_profile (self);

  for (guint i = 0; profile->auth_fields != NULL && i < profile->auth_fields->len; i++)
    if (is_filling (self, g_ptr_array_index (profile->auth_fields, i)))
      return TRUE;

  return FALSE;
}

/**
 * stoker_connection_is_in_file:
 * @field: id of a field that was not filled in
 *
 * Returns: whether a file that was not read for @self may fill it in
 */
gboolean
stoker_connection_is_in_file (StokerConnection *self, const char *field)
{
  const StokerProfile *profile = stoker_connection_get_profile (self);

  if (stoker_connection_has_open_files (self) || stoker_connection_has_config (self, field))
    return FALSE;
  for (guint i = 0; profile->auth_fields != NULL && i < profile->auth_fields->len; i++)
    {
      const StokerAuthField *other = g_ptr_array_index (profile->auth_fields, i);

      if (is_filling (self, other) && g_hash_table_contains (other->file->fills, field))
        return TRUE;
    }

  return FALSE;
}

/**
 * stoker_connection_has_unread_files:
 * @fields: ids of fields
 *
 * Returns: whether the secret of one of them is in a file that its setting names, or a file fills
 * in what other fields leave empty, and none of them was read for @self
 */
gboolean
stoker_connection_has_unread_files (StokerConnection *self, const char *const *fields)
{
  if (stoker_connection_has_open_files (self))
    return FALSE;
  for (guint i = 0; fields[i] != NULL; i++)
    if (find_path (self, fields[i]) != NULL)
      return TRUE;

  return has_filling_files (self);
}

/**
 * stoker_connection_open_files_async:
 * @fields: ids of fields; those that name a file are read, on another thread, and so are files that
 *   fill in other fields
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
 * secrets of their fields, and what was empty is filled in; %NULL with %STOKER_ERROR_CONFIG naming
 * the file that cannot be read
 */
StokerConnection *
stoker_connection_open_files_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_connection_open_files_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
