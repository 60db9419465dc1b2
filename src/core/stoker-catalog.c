/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-catalog.h"

#include "stoker-error.h"
#include "stoker-json.h"

#include <glib/gi18n-lib.h>

#include <string.h>

/* Of its texts in the translations: an image is no picture here. */
#define CONTEXT "catalog"
#define MAX_DOCUMENT_BYTES ((gsize) 4 * 1024 * 1024)
#define MAX_USER_FILES 1000

struct _StokerCatalog
{
  GObject parent_instance;

  GPtrArray *profiles; /* owned, of StokerProfile, by name */
  GHashTable *by_id;   /* owned, borrows from profiles */
  GStrv problems;      /* owned: what is wrong with documents of the user */
};

G_DEFINE_FINAL_TYPE (StokerCatalog, stoker_catalog, G_TYPE_OBJECT)

static void
stoker_catalog_finalize (GObject *object)
{
  StokerCatalog *self = STOKER_CATALOG (object);

  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->profiles, g_ptr_array_unref);
  g_clear_pointer (&self->problems, g_strfreev);

  G_OBJECT_CLASS (stoker_catalog_parent_class)->finalize (object);
}

static void
stoker_catalog_class_init (StokerCatalogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = stoker_catalog_finalize;
}

static void
stoker_catalog_init (StokerCatalog *self)
{
  self->profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_profile_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->problems = g_new0 (char *, 1);
}

static StokerProfile *
decode_document (JsonNode *node, const char *file, GError **error)
{
  g_autoptr (StokerProfile) profile = stoker_profile_decode (node, file, error);
  g_autofree char *base = g_path_get_basename (file);
  g_autofree char *expected = NULL;

  if (profile == NULL)
    return NULL;
  expected = g_strconcat (profile->id, ".json", NULL);
  if (!g_str_equal (base, expected))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                   "%s: $.id: \"%s\" is not the name of the file", file, profile->id);
      return NULL;
    }

  return g_steal_pointer (&profile);
}

static void
add_profile (StokerCatalog *self, StokerProfile *profile)
{
  g_hash_table_insert (self->by_id, profile->id, profile);
  g_ptr_array_add (self->profiles, stoker_profile_ref (profile));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const StokerProfile *first = *(const StokerProfile *const *) a;
  const StokerProfile *second = *(const StokerProfile *const *) b;
  g_autofree char *first_key = g_utf8_casefold (first->name, -1);
  g_autofree char *second_key = g_utf8_casefold (second->name, -1);
  int order = strcmp (first_key, second_key);

  return order != 0 ? order : strcmp (first->id, second->id);
}

static StokerProfile *
read_resource (const char *path, GError **error)
{
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (JsonNode) node = NULL;
  gsize size = 0;
  const char *text = NULL;

  if (bytes == NULL)
    return NULL;
  text = g_bytes_get_data (bytes, &size);
  node = stoker_json_parse (text, (gssize) size, name, error);

  return node != NULL ? decode_document (node, name, error) : NULL;
}

static GPtrArray *
read_resources (const char *dir, GError **error)
{
  g_auto (GStrv) names = g_resources_enumerate_children (dir, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (GPtrArray)
    profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) stoker_profile_unref);

  if (names == NULL)
    return NULL;
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *path = g_build_path ("/", dir, names[i], NULL);
      StokerProfile *profile = NULL;

      if (!g_str_has_suffix (names[i], ".json"))
        continue;
      profile = read_resource (path, error);
      if (profile == NULL)
        return NULL;
      g_ptr_array_add (profiles, profile);
    }

  return g_steal_pointer (&profiles);
}

/* What is shipped does not change while the program runs, so that each folder is read once. */
static gboolean
add_resources (StokerCatalog *self, const char *dir, GError **error)
{
  static GHashTable *folders = NULL;
  static GMutex mutex;
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&mutex);
  GPtrArray *profiles = NULL;

  if (folders == NULL)
    folders = g_hash_table_new (g_str_hash, g_str_equal);
  profiles = g_hash_table_lookup (folders, dir);
  if (profiles == NULL)
    profiles = read_resources (dir, error);
  if (profiles == NULL)
    return FALSE;
  g_hash_table_insert (folders, (gpointer) g_intern_string (dir), profiles);
  for (guint i = 0; i < profiles->len; i++)
    add_profile (self, g_ptr_array_index (profiles, i));

  return TRUE;
}

static gboolean
add_file (StokerCatalog *self, const char *path, GError **error)
{
  g_autoptr (JsonNode) node = stoker_json_load_file (path, MAX_DOCUMENT_BYTES, error);
  g_autoptr (StokerProfile) profile = node != NULL ? decode_document (node, path, error) : NULL;

  if (profile == NULL)
    return FALSE;
  if (g_hash_table_contains (self->by_id, profile->id))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
                   "%s: $.id: \"%s\" is the id of another provider already", path, profile->id);
      return FALSE;
    }
  add_profile (self, profile);

  return TRUE;
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* The order of a folder is that of the disk; ours is always the same. */
static GPtrArray *
list_files (const char *dir, GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) folder = g_dir_open (dir, 0, error);
  const char *name = NULL;

  if (folder == NULL)
    return NULL;
  while ((name = g_dir_read_name (folder)) != NULL && paths->len < MAX_USER_FILES)
    if (g_str_has_suffix (name, ".json") && *name != '.')
      g_ptr_array_add (paths, g_build_filename (dir, name, NULL));
  g_ptr_array_sort (paths, compare_paths);

  return g_steal_pointer (&paths);
}

static void
add_user_files (StokerCatalog *self, const char *dir, GStrvBuilder *problems)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GPtrArray) paths = list_files (dir, &local_error);

  if (g_error_matches (local_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return;
  if (paths == NULL)
    {
      g_autofree char *problem = g_strdup_printf ("%s: %s", dir, local_error->message);

      g_strv_builder_add (problems, problem);
      return;
    }
  for (guint i = 0; i < paths->len; i++)
    {
      g_autoptr (GError) file_error = NULL;

      if (!add_file (self, g_ptr_array_index (paths, i), &file_error))
        g_strv_builder_add (problems, file_error->message);
    }
}

/**
 * stoker_catalog_load:
 * @resource_dir: a folder of the registered resources with the shipped documents
 * @user_dir: (nullable): a folder with the user's own, which need not exist
 *
 * Reads all documents. One of the user's that cannot be read, or that takes the id of another, is
 * passed over and named by stoker_catalog_get_problems().
 *
 * Returns: (transfer full) (nullable): the catalog; %NULL with @error when a shipped document is
 * wrong
 */
StokerCatalog *
stoker_catalog_load (const char *resource_dir, const char *user_dir, GError **error)
{
  g_autoptr (GStrvBuilder) problems = g_strv_builder_new ();
  g_autoptr (StokerCatalog) self = g_object_new (STOKER_TYPE_CATALOG, NULL);

  if (!add_resources (self, resource_dir, error))
    return NULL;
  if (user_dir != NULL)
    add_user_files (self, user_dir, problems);
  g_clear_pointer (&self->problems, g_strfreev);
  self->problems = g_strv_builder_end (problems);
  g_ptr_array_sort (self->profiles, compare_names);

  return g_steal_pointer (&self);
}

/**
 * stoker_catalog_load_dir:
 * @dir: a folder of documents
 *
 * Reads all documents of a folder; every mistake is an error, as with the shipped ones.
 *
 * Returns: (transfer full) (nullable): the catalog; %NULL with @error
 */
StokerCatalog *
stoker_catalog_load_dir (const char *dir, GError **error)
{
  g_autoptr (StokerCatalog) self = g_object_new (STOKER_TYPE_CATALOG, NULL);
  g_autoptr (GPtrArray) paths = list_files (dir, error);

  if (paths == NULL)
    return NULL;
  for (guint i = 0; i < paths->len; i++)
    if (!add_file (self, g_ptr_array_index (paths, i), error))
      return NULL;
  g_ptr_array_sort (self->profiles, compare_names);

  return g_steal_pointer (&self);
}

/**
 * stoker_catalog_get_profiles:
 *
 * Returns: (transfer none) (element-type StokerProfile): all profiles, by name
 */
GPtrArray *
stoker_catalog_get_profiles (StokerCatalog *self)
{
  g_return_val_if_fail (STOKER_IS_CATALOG (self), NULL);

  return self->profiles;
}

/**
 * stoker_catalog_lookup:
 * @id: (nullable): id of a profile
 *
 * Returns: (transfer none) (nullable): the profile of that id
 */
StokerProfile *
stoker_catalog_lookup (StokerCatalog *self, const char *id)
{
  g_return_val_if_fail (STOKER_IS_CATALOG (self), NULL);

  return id != NULL ? g_hash_table_lookup (self->by_id, id) : NULL;
}

/**
 * stoker_catalog_get_problems:
 *
 * Returns: (transfer none): what is wrong with documents of the user that were passed over, one
 * line each
 */
GStrv
stoker_catalog_get_problems (StokerCatalog *self)
{
  g_return_val_if_fail (STOKER_IS_CATALOG (self), NULL);

  return self->problems;
}

/**
 * stoker_catalog_translate:
 * @text: the label or note of an action or of one of its parameters
 *
 * Returns: (transfer none): @text in the reader's language; as it is where nobody translated it,
 * which is so for the documents of a user
 */
const char *
stoker_catalog_translate (const char *text)
{
  return g_dpgettext2 (GETTEXT_PACKAGE, CONTEXT, text);
}
