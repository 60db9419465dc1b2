/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-payload-files-private.h"

#include "stoker-error.h"
#include "stoker-json.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

#include <string.h>

#define FILE_SCHEME "file:"
#define FILE_ADDRESS "file:///"
#define MAX_FILE_MB 32
#define BYTES_IN_A_MEGABYTE 1e6

/* Nothing else may be sent along: a workload of somebody else's could name a key file. */
typedef struct
{
  const char *suffix;
  const char *type;
  gsize offset; /* of the magic number */
  const char *magic;
} Kind;

static const Kind kinds[] = {
  { ".png", "image/png", 0, "\x89PNG" },        { ".jpg", "image/jpeg", 0, "\xff\xd8\xff" },
  { ".jpeg", "image/jpeg", 0, "\xff\xd8\xff" }, { ".webp", "image/webp", 8, "WEBP" },
  { ".gif", "image/gif", 0, "GIF8" },           { ".mp4", "video/mp4", 4, "ftyp" },
  { ".mov", "video/quicktime", 4, "ftyp" },     { ".webm", "video/webm", 0, "\x1a\x45\xdf\xa3" },
  { ".wav", "audio/wav", 8, "WAVE" },           { ".mp3", "audio/mpeg", 0, "ID3" },
  { ".mp3", "audio/mpeg", 0, "\xff\xfb" },      { ".m4a", "audio/mp4", 4, "ftyp" },
  { ".ogg", "audio/ogg", 0, "OggS" },           { ".flac", "audio/flac", 0, "fLaC" },
};

/* Makes something else of a text of the payload; %NULL without an error leaves it as it is. */
typedef char *(*Replacement) (const char *text, gconstpointer data, GError **error);

static JsonNode *
rebuild (JsonNode *node, Replacement replacement, gconstpointer data, GError **error);

static gboolean
is_file_text (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
         g_str_has_prefix (json_node_get_string (node), FILE_SCHEME);
}

static JsonNode *
rebuild_object (JsonNode *node, Replacement replacement, gconstpointer data, GError **error)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;

  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      JsonNode *rebuilt = rebuild (member, replacement, data, error);

      if (rebuilt == NULL)
        return NULL;
      json_object_set_member (object, name, rebuilt);
    }
  return json_node_init_object (json_node_alloc (), object);
}

static JsonNode *
rebuild_array (JsonNode *node, Replacement replacement, gconstpointer data, GError **error)
{
  g_autoptr (JsonArray) array = json_array_new ();
  StokerJsonPlace list = stoker_json_root (node, NULL);

  for (guint i = 0; i < stoker_json_length (&list); i++)
    {
      JsonNode *rebuilt = rebuild (stoker_json_element (&list, i).node, replacement, data, error);

      if (rebuilt == NULL)
        return NULL;
      json_array_add_element (array, rebuilt);
    }
  return json_node_init_array (json_node_alloc (), array);
}

/* The depth of a document is limited by its reader. */
static JsonNode *
rebuild (JsonNode *node, Replacement replacement, gconstpointer data, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autofree char *text = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    return rebuild_object (node, replacement, data, error);
  if (JSON_NODE_HOLDS_ARRAY (node))
    return rebuild_array (node, replacement, data, error);
  if (is_file_text (node))
    text = replacement (json_node_get_string (node), data, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return text != NULL ? json_node_init_string (json_node_alloc (), text) : json_node_copy (node);
}

/* The workload that @text describes, with other texts in its payload. */
static StokerWorkload *
rewrite_text (const char *text, Replacement replacement, gconstpointer data, GError **error)
{
  g_autoptr (JsonNode) document = stoker_json_parse (text, -1, NULL, error);
  StokerJsonPlace root = stoker_json_root (document, NULL);
  JsonNode *payload = NULL;

  if (document == NULL)
    return NULL;
  payload = rebuild (stoker_json_member (&root, "payload").node, replacement, data, error);
  if (payload == NULL)
    {
      g_prefix_error (error, "payload: ");
      return NULL;
    }
  json_object_set_member (json_node_get_object (document), "payload", payload);
  return stoker_workload_decode (document, NULL, error);
}

/* Copies of nodes share their objects, so the document is written and read again. */
static StokerWorkload *
rewrite (StokerWorkload *workload, Replacement replacement, gconstpointer data, GError **error)
{
  g_autofree char *text = stoker_json_to_string (workload->source, FALSE);

  return rewrite_text (text, replacement, data, error);
}

static const Kind *
find_kind_by_name (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_has_suffix (lower, kinds[i].suffix))
      return &kinds[i];
  return NULL;
}

/* That of its name when it has what belongs to it, else whatever it really is. */
static const Kind *
find_kind (const char *path, const char *data, gsize length)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);
  const Kind *found = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      const Kind *kind = &kinds[i];
      gsize size = strlen (kind->magic);

      if (length < kind->offset + size || memcmp (data + kind->offset, kind->magic, size) != 0)
        continue;
      if (g_str_has_suffix (lower, kind->suffix))
        return kind;
      if (found == NULL)
        found = kind;
    }
  return found;
}

static void
set_kind_error (GError **error, const char *path)
{
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
               _ ("“%s” is neither a picture, a sound nor a video of a kind that can be sent along "
                  "(PNG, JPEG, WebP, GIF, MP4, MOV, WebM, WAV, MP3, M4A, OGG, FLAC)"),
               path);
}

static void
set_size_error (GError **error, const char *path, double bytes)
{
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG,
               _ ("“%s” has %.1f MB, and a file that is sent along may have %d MB"), path,
               bytes / BYTES_IN_A_MEGABYTE, MAX_FILE_MB);
}

static char *
get_path (const char *text, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  char *path = g_filename_from_uri (text, NULL, &local_error);

  if (path == NULL)
    g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, _ ("“%s” is not the address of a file"),
                 text);
  return path;
}

/* What a rehearsal shows in place of the content. */
static char *
describe_file (const char *text, gconstpointer unused, GError **error)
{
  g_autofree char *path = get_path (text, error);
  const Kind *kind = NULL;
  GStatBuf facts;

  if (path == NULL)
    return NULL;
  if (g_stat (path, &facts) != 0 || !S_ISREG (facts.st_mode))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, _ ("there is no file “%s”"), path);
      return NULL;
    }
  kind = find_kind_by_name (path);
  if (kind == NULL)
    set_kind_error (error, path);
  else if ((double) facts.st_size > MAX_FILE_MB * BYTES_IN_A_MEGABYTE)
    set_size_error (error, path, (double) facts.st_size);
  else
    return g_strdup_printf ("data:%s;base64,(%" G_GINT64_FORMAT " bytes of %s)", kind->type,
                            (gint64) facts.st_size, path);
  return NULL;
}

static char *
read_file (const char *text, gconstpointer unused, GError **error)
{
  g_autofree char *path = get_path (text, error);
  g_autofree char *facts = path != NULL ? describe_file (text, NULL, error) : NULL;
  g_autofree char *data = NULL;
  g_autofree char *encoded = NULL;
  g_autoptr (GError) local_error = NULL;
  const Kind *kind = NULL;
  gsize length = 0;

  if (facts == NULL)
    return NULL;
  if (!g_file_get_contents (path, &data, &length, &local_error))
    {
      g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, _ ("“%s” cannot be read: %s"), path,
                   local_error->message);
      return NULL;
    }
  kind = find_kind (path, data, length);
  if (kind == NULL)
    {
      set_kind_error (error, path);
      return NULL;
    }
  encoded = g_base64_encode ((const guchar *) data, length);
  return g_strconcat ("data:", kind->type, ";base64,", encoded, NULL);
}

/* "file:fox.png" beside the workload. */
static char *
anchor_file (const char *text, gconstpointer folder, GError **error)
{
  const char *name = text + strlen (FILE_SCHEME);
  g_autofree char *path = NULL;

  if (g_str_has_prefix (text, FILE_ADDRESS) || *name == '\0' || strpbrk (name, "\r\n") != NULL)
    return NULL;
  path = g_canonicalize_filename (name, folder);
  return g_filename_to_uri (path, NULL, NULL);
}

typedef struct
{
  gboolean names_files;
  gboolean names_neighbours; /* files beside the workload */
} Findings;

static void
look_at (JsonNode *node, Findings *findings)
{
  StokerJsonPlace place = stoker_json_root (node, NULL);
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;

  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      json_object_iter_init (&iter, json_node_get_object (node));
      while (json_object_iter_next (&iter, &name, &member))
        look_at (member, findings);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < stoker_json_length (&place); i++)
      look_at (stoker_json_element (&place, i).node, findings);
  else if (is_file_text (node) && g_str_has_prefix (json_node_get_string (node), FILE_ADDRESS))
    findings->names_files = TRUE;
  else if (is_file_text (node))
    findings->names_neighbours = TRUE;
}

static Findings
look_for_files (StokerWorkload *workload)
{
  Findings findings = { FALSE };

  if (workload->payload != NULL && workload->source != NULL)
    look_at (workload->payload, &findings);
  return findings;
}

/**
 * stoker_payload_files_are_named:
 * @workload: what would be sent
 * @profile: (nullable): where
 *
 * Returns: whether its payload names files of this machine that have to be read before it is sent
 * there; only services with a manifest get them
 */
gboolean
stoker_payload_files_are_named (StokerWorkload *workload, const StokerProfile *profile)
{
  return profile != NULL && g_strcmp0 (stoker_profile_get_connector_class (profile), "http") == 0 &&
         look_for_files (workload).names_files;
}

/**
 * stoker_payload_files_stand_in:
 * @workload: what would be sent
 * @profile: (nullable): where
 * @error: return location
 *
 * For rehearsals and prices: whether the files are there is looked at, and nothing is read.
 *
 * Returns: (transfer full) (nullable): the workload with data: addresses that tell size and name in
 * the place of their content; %NULL with %STOKER_ERROR_CONFIG naming the file
 */
StokerWorkload *
stoker_payload_files_stand_in (StokerWorkload *workload,
                               const StokerProfile *profile,
                               GError **error)
{
  if (!stoker_payload_files_are_named (workload, profile))
    return stoker_workload_ref (workload);
  return rewrite (workload, describe_file, NULL, error);
}

/**
 * stoker_payload_files_anchor:
 * @workload: as it was read
 * @folder: where it was read
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the workload in which `file:fox.png` is the file of that
 * name in @folder; %NULL with @error
 */
StokerWorkload *
stoker_payload_files_anchor (StokerWorkload *workload, const char *folder, GError **error)
{
  if (!look_for_files (workload).names_neighbours)
    return stoker_workload_ref (workload);
  return rewrite (workload, anchor_file, folder, error);
}

static void
open_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  StokerWorkload *workload = rewrite_text (data, read_file, NULL, &error);

  if (workload == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, workload, (GDestroyNotify) stoker_workload_unref);
}

/**
 * stoker_payload_files_open_async:
 * @workload: what is sent
 * @cancellable: (nullable): to give up
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Reads the files off the main loop.
 */
void
stoker_payload_files_open_async (StokerWorkload *workload,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, stoker_payload_files_open_async);
  /* Its nodes are not for two threads. */
  g_task_set_task_data (task, stoker_json_to_string (workload->source, FALSE), g_free);
  g_task_run_in_thread (task, open_in_thread);
}

/**
 * stoker_payload_files_open_finish:
 * @result: what the callback got
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the workload with the files as data: addresses; %NULL with
 * %STOKER_ERROR_CONFIG naming the file
 */
StokerWorkload *
stoker_payload_files_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, stoker_payload_files_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
