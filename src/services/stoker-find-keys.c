/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-find-keys.h"

#include "stoker-environment.h"
#include "stoker-key-text-private.h"
#include "stoker-small-file.h"
#include "stoker-task.h"
#include "stoker-wipe.h"

#include <string.h>

/* A settings file is smaller; what is larger is something else. */
#define MAX_FILE_BYTES (256 * 1024)
#define MAX_VALUE_BYTES 8192

/* A search under way, in its thread. */
typedef struct
{
  GPtrArray *profiles; /* owned, of StokerProfile */
  GPtrArray *found;    /* owned, of StokerFoundKey */
  GHashTable *texts;   /* owned: path and format → StokerKeyText, each file read once */
} Search;

static void
search_free (Search *self)
{
  g_ptr_array_unref (self->profiles);
  g_ptr_array_unref (self->found);
  g_hash_table_unref (self->texts);
  g_free (self);
}

STOKER_DEFINE_TASK_STATE (Search, search, search_free)

static char *
shorten_path (const char *path)
{
  const char *home = g_get_home_dir ();
  gsize length = strlen (home);

  if (g_str_has_prefix (path, home) && path[length] == G_DIR_SEPARATOR)
    return g_strconcat ("~", path + length, NULL);
  return g_strdup (path);
}

static void
free_nullable_text (StokerKeyText *text)
{
  g_clear_pointer (&text, stoker_key_text_free);
}

/* (transfer none) (nullable) */
static const StokerKeyText *
get_text (Search *search, const char *path, const char *format)
{
  g_autofree char *name = g_strconcat (format, ":", path, NULL);
  StokerKeyText *text = NULL;
  char *content = NULL;
  gsize length = 0;

  if (g_hash_table_contains (search->texts, name))
    return g_hash_table_lookup (search->texts, name);
  content = stoker_small_file_read (path, MAX_FILE_BYTES, &length, NULL);
  if (content != NULL)
    text = stoker_key_text_parse (content, format, path, NULL);
  if (content != NULL && text == NULL)
    g_debug ("%s cannot be read as %s", path, format);
  stoker_wipe_free (content);
  g_hash_table_insert (search->texts, g_steal_pointer (&name), text);
  return text;
}

static gboolean
has_good_characters (const char *value)
{
  if (*value == '\0' || strlen (value) > MAX_VALUE_BYTES || !g_utf8_validate (value, -1, NULL))
    return FALSE;
  for (const char *c = value; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return FALSE;
  return TRUE;
}

/* A variable may be used for other things too; what cannot be the field's value is no find. */
static gboolean
is_fit (const StokerAuthField *field, const char *value)
{
  if (!has_good_characters (value))
    return FALSE;
  if (field->type == STOKER_FIELD_PATH && !g_file_test (value, G_FILE_TEST_IS_REGULAR))
    return FALSE;
  return field->pattern == NULL || g_regex_match_simple (field->pattern, value, 0, 0);
}

static void
add_find (Search *search,
          const StokerProfile *profile,
          const StokerAuthField *field,
          StokerFoundPlace place,
          const char *source,
          const char *value)
{
  if (is_fit (field, value))
    g_ptr_array_add (search->found,
                     stoker_found_key_new (profile->id, field, place, source, value));
}

static void
search_environment (Search *search, const StokerProfile *profile)
{
  for (guint i = 0; profile->auth_fields != NULL && i < profile->auth_fields->len; i++)
    {
      const StokerAuthField *field = g_ptr_array_index (profile->auth_fields, i);
      const char *variable = NULL;
      const char *value = stoker_environment_lookup (field, &variable);

      if (value != NULL)
        add_find (search, profile, field, STOKER_FOUND_IN_ENVIRONMENT, variable, value);
    }
}

static void
search_files (Search *search, const StokerProfile *profile)
{
  for (guint i = 0; profile->import_from != NULL && i < profile->import_from->len; i++)
    {
      const StokerKeyFile *file = g_ptr_array_index (profile->import_from, i);
      const StokerAuthField *field = stoker_profile_find_field (profile, file->field);
      g_autofree char *path = stoker_small_file_expand (file->path);
      g_autofree char *source = shorten_path (path);
      const StokerKeyText *text = get_text (search, path, file->format);
      const char *value = text != NULL ? stoker_key_text_get (text, file->key) : NULL;

      if (field != NULL && value != NULL)
        add_find (search, profile, field, STOKER_FOUND_IN_FILE, source, value);
    }
}

static void
search_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Search *search = task_data;

  for (guint i = 0; i < search->profiles->len; i++)
    {
      const StokerProfile *profile = g_ptr_array_index (search->profiles, i);

      if (g_task_return_error_if_cancelled (task))
        return;
      if (profile->is_discontinued)
        continue;
      search_environment (search, profile);
      search_files (search, profile);
    }
  g_task_return_pointer (task, g_ptr_array_ref (search->found), (GDestroyNotify) g_ptr_array_unref);
}

/**
 * stoker_find_keys_async:
 * @catalog: says where to look
 * @cancellable: (nullable): to give up
 * @callback: called with the finds
 * @user_data: for @callback
 *
 * Searches in a thread, since a home folder may lie on a slow disk. A file that is not there, too
 * large or not readable is passed over.
 */
void
stoker_find_keys_async (StokerCatalog *catalog,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (catalog, cancellable, callback, user_data);
  Search *search = g_new0 (Search, 1);

  search->profiles = g_ptr_array_copy (stoker_catalog_get_profiles (catalog),
                                       (GCopyFunc) (void (*) (void)) stoker_profile_ref, NULL);
  g_ptr_array_set_free_func (search->profiles, (GDestroyNotify) stoker_profile_unref);
  search->found = g_ptr_array_new_with_free_func (g_object_unref);
  search->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) free_nullable_text);
  g_task_set_source_tag (task, stoker_find_keys_async);
  stoker_task_set_search_state (task, search);
  g_task_run_in_thread (task, search_in_thread);
}

/**
 * stoker_find_keys_finish:
 * @result: what the callback got
 * @error: return location; %G_IO_ERROR_CANCELLED alone
 *
 * Returns: (transfer full) (element-type StokerFoundKey): the finds, in the order of the catalog;
 * of one provider variables come before files
 */
GPtrArray *
stoker_find_keys_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_find_keys_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
has_field (GPtrArray *keys, const char *field_id)
{
  for (guint i = 0; i < keys->len; i++)
    if (g_str_equal (stoker_found_key_get_field_id (g_ptr_array_index (keys, i)), field_id))
      return TRUE;
  return FALSE;
}

static gboolean
has_credential (GPtrArray *keys)
{
  for (guint i = 0; i < keys->len; i++)
    if (stoker_found_key_is_credential (g_ptr_array_index (keys, i)))
      return TRUE;
  return FALSE;
}

/**
 * stoker_select_found_keys:
 * @found: (element-type StokerFoundKey): what was found
 * @profile_id: a provider of the catalog
 * @place: the environment, or files
 *
 * Picks what may be taken over together, one value a field. Variables and files are not mixed: the
 * id of one account with the secret of another would be refused.
 *
 * Returns: (transfer full) (element-type StokerFoundKey): the finds; empty when no credential is
 * among them
 */
GPtrArray *
stoker_select_found_keys (GPtrArray *found, const char *profile_id, StokerFoundPlace place)
{
  GPtrArray *keys = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < found->len; i++)
    {
      StokerFoundKey *key = g_ptr_array_index (found, i);

      if (stoker_found_key_get_place (key) == place &&
          g_str_equal (stoker_found_key_get_profile_id (key), profile_id) &&
          !has_field (keys, stoker_found_key_get_field_id (key)))
        g_ptr_array_add (keys, g_object_ref (key));
    }
  if (!has_credential (keys))
    g_ptr_array_set_size (keys, 0);
  return keys;
}
