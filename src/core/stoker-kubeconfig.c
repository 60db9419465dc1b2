/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-kubeconfig.h"

#include "stoker-error.h"
#include "stoker-json.h"
#include "stoker-small-file.h"
#include "stoker-wipe.h"
#include "stoker-yaml.h"

#include <glib/gi18n-lib.h>

#include <string.h>

#define MAX_PART_BYTES (1024 * 1024)

const char *const stoker_kubeconfig_part_names[] = { "server", "namespace",   "authority",
                                                     "token",  "certificate", "key",
                                                     NULL };

/* Where the file itself has a piece in Base64. */
static const char *const data_members[STOKER_N_KUBECONFIG_PARTS] = {
  [STOKER_KUBECONFIG_AUTHORITY] = "certificate-authority-data",
  [STOKER_KUBECONFIG_CERTIFICATE] = "client-certificate-data",
  [STOKER_KUBECONFIG_KEY] = "client-key-data",
};

static gboolean refuse (GError **error, const char *name, const char *format, ...)
  G_GNUC_PRINTF (3, 4);

static gboolean
refuse (GError **error, const char *name, const char *format, ...)
{
  g_autofree char *mistake = NULL;
  va_list values;

  va_start (values, format);
  mistake = g_strdup_vprintf (format, values);
  va_end (values);
  g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, "%s: %s", name, mistake);

  return FALSE;
}

/* Reading: what is not a text counts as not there. */

static char *
dup_text (const StokerJsonPlace *parent, const char *name)
{
  char *text = NULL;

  if (parent->node == NULL || !JSON_NODE_HOLDS_OBJECT (parent->node) ||
      !stoker_json_get_string (parent, name, STOKER_JSON_OPTIONAL, &text, NULL) || text == NULL ||
      *text == '\0')
    g_clear_pointer (&text, stoker_wipe_free);

  return text;
}

static gboolean
is_named (const StokerJsonPlace *place, const char *name)
{
  g_autofree char *own = dup_text (place, "name");

  return own != NULL && g_strcmp0 (own, name) == 0;
}

/* What the element named @name of the list @list has for @member; an absent place when there is
 * none. */
static StokerJsonPlace
find_named (const StokerJsonPlace *root, const char *list, const char *name, const char *member)
{
  StokerJsonPlace elements = stoker_json_member (root, list);

  for (guint i = 0; i < stoker_json_length (&elements); i++)
    {
      StokerJsonPlace element = stoker_json_element (&elements, i);

      if (is_named (&element, name))
        return (StokerJsonPlace){ .name = member,
                                  .node = stoker_json_member (&element, member).node };
    }

  return (StokerJsonPlace){ .name = member };
}

static GStrv
list_names (const StokerJsonPlace *root, const char *list)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  StokerJsonPlace elements = stoker_json_member (root, list);

  for (guint i = 0; i < stoker_json_length (&elements); i++)
    {
      StokerJsonPlace element = stoker_json_element (&elements, i);
      g_autofree char *name = dup_text (&element, "name");

      if (name != NULL)
        g_strv_builder_add (names, name);
    }

  return g_strv_builder_end (names);
}

/* Only one way out is told; with any of them the file is of no use to Stoker. */
static void
set_obstacle (StokerKubeconfig *self, const char *obstacle)
{
  if (self->obstacle == NULL)
    self->obstacle = g_strdup (obstacle);
}

static gboolean
has_member (const StokerJsonPlace *place, const char *name)
{
  return place->node != NULL && JSON_NODE_HOLDS_OBJECT (place->node) &&
         stoker_json_member (place, name).node != NULL &&
         !JSON_NODE_HOLDS_NULL (stoker_json_member (place, name).node);
}

static void
read_cluster (StokerKubeconfig *self, const StokerJsonPlace *cluster)
{
  static const char *const unknown[] = { "tls-server-name", "proxy-url" };
  g_autofree char *insecure = dup_text (cluster, "insecure-skip-tls-verify");

  self->parts[STOKER_KUBECONFIG_SERVER] = dup_text (cluster, "server");
  self->parts[STOKER_KUBECONFIG_AUTHORITY] = dup_text (cluster,
                                                       data_members[STOKER_KUBECONFIG_AUTHORITY]);
  self->files[STOKER_KUBECONFIG_AUTHORITY] = dup_text (cluster, "certificate-authority");
  if (g_strcmp0 (insecure, "true") == 0)
    set_obstacle (self, _ ("clusters: insecure-skip-tls-verify: Stoker always looks at the "
                           "certificate of a cluster; give certificate-authority-data instead"));
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    if (has_member (cluster, unknown[i]))
      {
        g_autofree char *obstacle = g_strdup_printf (_ ("clusters: %s: is something that Stoker "
                                                        "cannot do"),
                                                     unknown[i]);

        set_obstacle (self, obstacle);
      }
}

static const char *
find_way_in (const StokerJsonPlace *user)
{
  static const struct
  {
    const char *member;
    const char *way;
  } ways[] = {
    { "token", "token" },
    { "tokenFile", "token" },
    { "client-certificate-data", "certificate" },
    { "client-certificate", "certificate" },
    { "exec", "command" },
    { "auth-provider", "command" },
    { "username", "password" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++)
    if (has_member (user, ways[i].member))
      return ways[i].way;

  return NULL;
}

static void
read_user (StokerKubeconfig *self, const StokerJsonPlace *user)
{
  static const char *const others[] = { "as", "as-uid", "as-groups", "as-user-extra" };

  self->parts[STOKER_KUBECONFIG_TOKEN] = dup_text (user, "token");
  self->files[STOKER_KUBECONFIG_TOKEN] = dup_text (user, "tokenFile");
  self->parts[STOKER_KUBECONFIG_CERTIFICATE] =
    dup_text (user, data_members[STOKER_KUBECONFIG_CERTIFICATE]);
  self->files[STOKER_KUBECONFIG_CERTIFICATE] = dup_text (user, "client-certificate");
  self->parts[STOKER_KUBECONFIG_KEY] = dup_text (user, data_members[STOKER_KUBECONFIG_KEY]);
  self->files[STOKER_KUBECONFIG_KEY] = dup_text (user, "client-key");
  self->logs_in_by = find_way_in (user);
  if (g_strcmp0 (self->logs_in_by, "command") == 0)
    set_obstacle (self, _ ("users: that of the context gets its key from another program (exec), "
                           "which Stoker does not run; use a token of a service account"));
  if (g_strcmp0 (self->logs_in_by, "password") == 0)
    set_obstacle (self, _ ("users: that of the context has a password, which clusters do not take "
                           "any more; use a token of a service account"));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    if (has_member (user, others[i]))
      set_obstacle (self, _ ("users: that of the context acts as somebody else, which Stoker "
                             "cannot do"));
}

static gboolean
read_context (StokerKubeconfig *self, const StokerJsonPlace *root, const char *name, GError **error)
{
  StokerJsonPlace context = find_named (root, "contexts", self->context, "context");
  g_autofree char *cluster_name = dup_text (&context, "cluster");
  StokerJsonPlace cluster = find_named (root, "clusters", cluster_name, "cluster");
  StokerJsonPlace user = { 0 };

  self->user = dup_text (&context, "user");
  user = find_named (root, "users", self->user, "user");
  self->parts[STOKER_KUBECONFIG_NAMESPACE] = dup_text (&context, "namespace");
  read_cluster (self, &cluster);
  read_user (self, &user);
  if (self->parts[STOKER_KUBECONFIG_SERVER] == NULL)
    return refuse (error, name, _ ("clusters: that of the current context has no server"));
  if (self->logs_in_by == NULL)
    return refuse (error, name,
                   _ ("users: that of the current context has neither token nor certificate"));

  return TRUE;
}

static gboolean
choose_context (StokerKubeconfig *self,
                const StokerJsonPlace *root,
                const char *context,
                const char *name,
                GError **error)
{
  self->context = context != NULL ? g_strdup (context) : dup_text (root, "current-context");
  if (self->context == NULL ||
      g_strv_contains ((const char *const *) self->contexts, self->context))
    return TRUE;
  if (context != NULL)
    return refuse (error, name, _ ("contexts: there is no “%s”"), context);

  return refuse (error, name, _ ("current-context: names a context that is not in the file"));
}

/**
 * stoker_kubeconfig_decode:
 * @text: the file, YAML or JSON
 * @context: (nullable): name of the context to read; the current one unless told
 * @name: what to call the file in an error
 *
 * Returns: (transfer full) (nullable): what the file itself says, pieces in Base64 as they are;
 * %NULL with %STOKER_ERROR_CONFIG naming place and mistake
 */
StokerKubeconfig *
stoker_kubeconfig_decode (
  const char *text, gsize length, const char *context, const char *name, GError **error)
{
  g_autoptr (StokerKubeconfig) self = g_new0 (StokerKubeconfig, 1);
  g_autoptr (JsonNode) node = stoker_yaml_parse (text, length, name, error);
  StokerJsonPlace root = stoker_json_root (node, name);
  g_auto (GStrv) clusters = NULL;

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_OBJECT (node))
    clusters = list_names (&root, "clusters");
  if (clusters == NULL || clusters[0] == NULL)
    {
      refuse (error, name, _ ("is no kubeconfig: it names no cluster"));
      return NULL;
    }
  self->contexts = list_names (&root, "contexts");
  if (self->contexts[0] == NULL)
    refuse (error, name, _ ("contexts: there is none"));
  else if (choose_context (self, &root, context, name, error) &&
           (self->context == NULL || read_context (self, &root, name, error)))
    return g_steal_pointer (&self);

  return NULL;
}

/* Completing */

static gboolean
decode_pem (StokerKubeconfig *self, StokerKubeconfigPart part, const char *path, GError **error)
{
  gsize length = 0;
  char *encoded = g_steal_pointer (&self->parts[part]);
  guchar *decoded = g_base64_decode (encoded, &length);
  g_autofree char *copy = g_strndup ((const char *) decoded, length);

  stoker_wipe_free (encoded);
  explicit_bzero (decoded, length);
  g_free (decoded);
  self->parts[part] = g_steal_pointer (&copy);
  if (strlen (self->parts[part]) == length && g_utf8_validate (self->parts[part], -1, NULL) &&
      strstr (self->parts[part], "-----BEGIN ") != NULL)
    return TRUE;

  return refuse (error, path, _ ("%s: is damaged: it is no PEM in Base64"), data_members[part]);
}

/* Names of files in it begin where it lies. */
static gboolean
read_part (StokerKubeconfig *self, StokerKubeconfigPart part, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *file = g_canonicalize_filename (self->files[part], folder);
  gsize length = 0;
  char *text = stoker_small_file_read (file, MAX_PART_BYTES, &length, error);

  if (text == NULL)
    return FALSE;
  stoker_wipe_free (self->parts[part]);
  self->parts[part] = text;
  if (length > 0 && g_utf8_validate_len (text, length, NULL))
    {
      g_strchomp (text);
      return TRUE;
    }

  g_set_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG, _ ("%s: is no text"), file);

  return FALSE;
}

/* Data stands above a file, but a file above a token. */
static gboolean
complete_part (StokerKubeconfig *self, StokerKubeconfigPart part, const char *path, GError **error)
{
  if (data_members[part] != NULL && self->parts[part] != NULL)
    return decode_pem (self, part, path, error);
  if (self->files[part] != NULL)
    return read_part (self, part, path, error);

  return TRUE;
}

/**
 * stoker_kubeconfig_complete:
 * @path: of the file; those that it names lie there unless they say otherwise
 *
 * Reads the files that it names, and the pieces in Base64. Blocks: for threads.
 *
 * Returns: whether Stoker can go where it leads; else %FALSE with %STOKER_ERROR_CONFIG
 */
gboolean
stoker_kubeconfig_complete (StokerKubeconfig *self, const char *path, GError **error)
{
  if (self->context == NULL)
    return refuse (error, path, _ ("current-context: there is none; name a context"));
  if (self->obstacle != NULL)
    return refuse (error, path, "%s", self->obstacle);
  for (int part = 0; part < STOKER_N_KUBECONFIG_PARTS; part++)
    if (!complete_part (self, (StokerKubeconfigPart) part, path, error))
      return FALSE;
  if ((self->parts[STOKER_KUBECONFIG_CERTIFICATE] == NULL) !=
      (self->parts[STOKER_KUBECONFIG_KEY] == NULL))
    return refuse (error, path,
                   _ ("users: a client certificate needs its key, and a key its "
                      "certificate"));

  return TRUE;
}

/**
 * stoker_kubeconfig_free:
 * @self: (transfer full): a kubeconfig; what may be a secret is overwritten
 */
void
stoker_kubeconfig_free (StokerKubeconfig *self)
{
  for (int part = 0; part < STOKER_N_KUBECONFIG_PARTS; part++)
    {
      stoker_wipe_free (self->parts[part]);
      g_free (self->files[part]);
    }
  g_strfreev (self->contexts);
  g_free (self->context);
  g_free (self->user);
  g_free (self->obstacle);
  g_free (self);
}
