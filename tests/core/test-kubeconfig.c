/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-error.h"
#include "stoker-kubeconfig.h"

#include <glib/gstdio.h>

#include <string.h>

/* Base64 of "-----BEGIN x", of "-----BEGIN y" and of "-----BEGIN z". */
#define X "LS0tLS1CRUdJTiB4"
#define Y "LS0tLS1CRUdJTiB5"
#define Z "LS0tLS1CRUdJTiB6"

#define HEAD "apiVersion: v1\nkind: Config\n"
#define CLUSTERS                                                                          \
  "clusters:\n- name: one\n  cluster:\n    server: https://one.example:6443\n"            \
  "    certificate-authority-data: " X "\n- name: two\n  cluster:\n    server: \"https:/" \
  "/two.example\"\n    certificate-authority: ca.pem\n"
#define CONTEXTS                                                                      \
  "contexts:\n- name: a\n  context:\n    cluster: one\n    user: me\n    namespace: " \
  "renders\n- name: b\n  context: {cluster: two, user: you}\ncurrent-context: a\n"

static char *folder;

static void
write_file (const char *name, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static StokerKubeconfig *
open_text (const char *text, const char *context, GError **error)
{
  g_autofree char *path = g_build_filename (folder, "config", NULL);
  g_autoptr (StokerKubeconfig)
    file = stoker_kubeconfig_decode (text, strlen (text), context, "config", error);

  if (file == NULL || !stoker_kubeconfig_complete (file, path, error))
    return NULL;

  return g_steal_pointer (&file);
}

static void
expect_parts (const StokerKubeconfig *file, const char *const *parts)
{
  for (int i = 0; i < STOKER_N_KUBECONFIG_PARTS; i++)
    g_assert_cmpstr (file->parts[i], ==, parts[i]);
}

static void
test_token (void)
{
  static const char *const parts[] = {
    "https://one.example:6443", "renders", "-----BEGIN x", "example", NULL, NULL
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerKubeconfig)
    file = open_text (HEAD CLUSTERS CONTEXTS "users:\n- name: me\n  user: {token: example}\n", NULL,
                      &error);

  g_assert_no_error (error);
  expect_parts (file, parts);
  g_assert_cmpstr (file->context, ==, "a");
  g_assert_cmpstr (file->user, ==, "me");
  g_assert_cmpstr (file->logs_in_by, ==, "token");
  g_assert_cmpuint (g_strv_length (file->contexts), ==, 2);
}

static void
test_certificate (void)
{
  static const char *const parts[] = {
    "https://two.example", NULL, "-----BEGIN authority", NULL, "-----BEGIN y", "-----BEGIN z",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerKubeconfig) file = NULL;

  write_file ("ca.pem", "-----BEGIN authority\n");
  file = open_text (HEAD CLUSTERS CONTEXTS
                    "users:\n- name: you\n  user:\n    client-certificate-data: " Y
                    "\n    client-certificate: /nonexistent\n    client-key-data: " Z "\n",
                    "b", &error);
  g_assert_no_error (error);
  expect_parts (file, parts);
  g_assert_cmpstr (file->logs_in_by, ==, "certificate");
}

/* A token in a file is newer than one beside it; names begin where the kubeconfig lies. */
static void
test_files (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerKubeconfig) file = NULL;
  g_autofree char *text =
    g_strdup_printf ("%susers:\n- name: me\n  user:\n    token: old\n    tokenFile: %s/token\n"
                     "    client-certificate: ./y.pem\n    client-key: z.pem\n",
                     HEAD CLUSTERS CONTEXTS, folder);

  write_file ("token", "new\n");
  write_file ("y.pem", "-----BEGIN y\n");
  write_file ("z.pem", "-----BEGIN z\n");
  file = open_text (text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (file->parts[STOKER_KUBECONFIG_TOKEN], ==, "new");
  g_assert_cmpstr (file->parts[STOKER_KUBECONFIG_CERTIFICATE], ==, "-----BEGIN y");
  g_assert_cmpstr (file->parts[STOKER_KUBECONFIG_KEY], ==, "-----BEGIN z");
}

static void
test_json (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerKubeconfig) file =
    open_text ("{\"kind\": \"Config\", \"clusters\": [{\"name\": \"c\", \"cluster\": {\"server\": "
               "\"https://c.example\", \"insecure-skip-tls-verify\": false}}], \"contexts\": "
               "[{\"name\": \"x\", \"context\": {\"cluster\": \"c\", \"user\": \"u\"}}], "
               "\"current-context\": \"x\", \"users\": [{\"name\": \"u\", \"user\": {\"token\": "
               "\"t\"}}], \"preferences\": {}}",
               NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (file->parts[STOKER_KUBECONFIG_SERVER], ==, "https://c.example");
  g_assert_cmpstr (file->parts[STOKER_KUBECONFIG_TOKEN], ==, "t");
}

/* A file of several clusters is a kubeconfig before a context is chosen. */
static void
test_no_current_context (void)
{
  static const char text[] = "clusters: [{name: a}]\ncontexts: [{name: b}, {}]\ncurrent-context: "
                             "\"\"\n";
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) other_error = NULL;
  g_autoptr (StokerKubeconfig)
    file = stoker_kubeconfig_decode (text, strlen (text), NULL, "config", &error);
  g_autoptr (StokerKubeconfig) none = open_text (text, NULL, &other_error);

  g_assert_no_error (error);
  g_assert_null (file->context);
  g_assert_cmpuint (g_strv_length (file->contexts), ==, 1);
  g_assert_null (none);
  g_assert_error (other_error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_nonnull (strstr (other_error->message, "current-context: there is none"));
}

#define USER(user) HEAD CLUSTERS CONTEXTS "users:\n- name: me\n  user: {" user "}\n"
#define CLUSTER(cluster)                                                       \
  "clusters: [{name: one, cluster: {" cluster "}}]\n" CONTEXTS "users: [{name" \
  ": me, user: {token: secret}}]\n"

static void
test_refusals (void)
{
  const struct
  {
    const char *text;
    const char *context;
    const char *mistake;
  } cases[] = {
    { "clusters: one\n", NULL, "is no kubeconfig: it names no cluster" },
    { "- a\n", NULL, "is no kubeconfig: it names no cluster" },
    { "clusters: [{name: a}]\n", NULL, "contexts: there is none" },
    { USER ("token: secret"), "c", "contexts: there is no “c”" },
    { HEAD CLUSTERS CONTEXTS, NULL, "neither token nor certificate" },
    { USER (""), NULL, "neither token nor certificate" },
    { USER ("username: a, password: secret"), NULL, "has a password" },
    { USER ("exec: {command: secret}"), NULL, "another program (exec)" },
    { USER ("auth-provider: {name: gcp}"), NULL, "another program (exec)" },
    { USER ("token: secret, as: admin"), NULL, "acts as somebody else" },
    { USER ("tokenFile: /nonexistent/token"), NULL, "/nonexistent/token: cannot be read" },
    { USER ("client-certificate-data: " Y), NULL, "needs its key" },
    { USER ("client-certificate-data: c2VjcmV0, client-key-data: " Z), NULL,
      "client-certificate-data: is damaged" },
    { USER ("client-certificate-data: " Y ", client-key-data: /////w=="), NULL,
      "client-key-data: is damaged" },
    { CLUSTER (""), NULL, "has no server" },
    { CLUSTER ("server: [secret]"), NULL, "has no server" },
    { CLUSTER ("server: https://a, insecure-skip-tls-verify: true"), NULL,
      "always looks at the certificate" },
    { CLUSTER ("server: https://a, proxy-url: https://secret"), NULL, "proxy-url" },
    { CLUSTER ("server: https://a, tls-server-name: b"), NULL, "tls-server-name" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (StokerKubeconfig) file = open_text (cases[i].text, cases[i].context, &error);

      g_assert_null (file);
      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
      g_test_message ("%s", error->message);
      g_assert_nonnull (strstr (error->message, cases[i].mistake));
      g_assert_null (strstr (error->message, "secret"));
    }
}

/* However a file is cut off or broken, it is read or refused. */
static void
test_broken (void)
{
  static const char text[] = USER ("client-certificate-data: " Y ", client-key-data: " Z);

  for (gsize at = 0; at < strlen (text); at++)
    {
      g_autofree char *cut = g_strndup (text, at);
      g_autofree char *bent = g_strdup (text);
      g_autoptr (StokerKubeconfig) short_file = open_text (cut, NULL, NULL);
      g_autoptr (StokerKubeconfig) bent_file = NULL;

      bent[at] = '[';
      bent_file = open_text (bent, NULL, NULL);
      g_assert_true (short_file == NULL || short_file->context != NULL);
      g_assert_true (bent_file == NULL || bent_file->context != NULL);
    }
}

/* As KUBECONFIG names several: of each name the first file that has it tells. */
static void
test_several (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerKubeconfig) file = NULL;
  g_autofree char *inner = g_build_filename (folder, "inner", NULL);
  g_autofree char *paths = g_strdup_printf ("%s/absent:%s/first:%s/inner/second", folder, folder,
                                            folder);
  g_autofree char *none = g_strdup_printf ("%s/absent:%s/missing", folder, folder);
  g_autofree char *text = NULL;
  gsize length = 0;

  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  write_file ("first", "clusters: [{name: one, cluster: {server: https://first.example}}]\n"
                       "contexts: [{name: a, context: {cluster: one, user: me}}]\nusers: []\n");
  write_file ("inner/second",
              "current-context: a\nclusters: [{name: one, cluster: {server: "
              "https://second.example}}, {name: two, cluster: {server: https://two.example}}]\n"
              "contexts: [{name: b, context: {cluster: two, user: me}}]\n"
              "users: [{name: me, user: {tokenFile: own}}]\n");
  write_file ("inner/own", "of the second\n");
  text = stoker_kubeconfig_read (paths, &length, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strlen (text), ==, length);
  file = open_text (text, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_strv_length (file->contexts), ==, 2);
  g_assert_cmpstr (file->context, ==, "a");
  g_assert_cmpstr (file->parts[STOKER_KUBECONFIG_SERVER], ==, "https://first.example");
  g_assert_cmpstr (file->parts[STOKER_KUBECONFIG_TOKEN], ==, "of the second");
  g_assert_null (stoker_kubeconfig_read (none, &length, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
}

static void
remove_files (void)
{
  static const char *const names[] = { "ca.pem", "token",        "y.pem",     "z.pem",
                                       "first",  "inner/second", "inner/own", "inner" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_remove (path);
    }
  g_rmdir (folder);
  g_free (folder);
}

int
main (int argc, char *argv[])
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("stoker-kubeconfig-XXXXXX", NULL);
  g_test_add_func ("/kubeconfig/token", test_token);
  g_test_add_func ("/kubeconfig/certificate", test_certificate);
  g_test_add_func ("/kubeconfig/files", test_files);
  g_test_add_func ("/kubeconfig/json", test_json);
  g_test_add_func ("/kubeconfig/no-current-context", test_no_current_context);
  g_test_add_func ("/kubeconfig/several", test_several);
  g_test_add_func ("/kubeconfig/refusals", test_refusals);
  g_test_add_func ("/kubeconfig/broken", test_broken);
  status = g_test_run ();
  remove_files ();

  return status;
}
