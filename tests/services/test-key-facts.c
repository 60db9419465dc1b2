/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "test-session.h"

#include "stoker-error.h"
#include "stoker-key-facts.h"

#include <string.h>

/* Cut in two, so that nobody's scanner takes a test for a lost key. */
#define BEGIN_KEY \
  "-----BEGIN "   \
  "PRIVATE KEY-----"
#define END_KEY \
  "-----END "   \
  "PRIVATE KEY-----"

static char *folder;

static char *
write_file (const char *name, const char *text, gssize length)
{
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (folder, name, NULL);

  g_file_set_contents (path, text, length, &error);
  g_assert_no_error (error);
  return path;
}

static StokerKeyFacts *
read_path (const char *path, StokerKeyFileKind kind, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  stoker_read_key_file_async (path, kind, NULL, test_session_take_result, &result);
  return stoker_read_key_file_finish (test_session_wait (&result), error);
}

static void
expect_refusal (const char *name, const char *text, StokerKeyFileKind kind, const char *message)
{
  g_autofree char *path = write_file (name, text, -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerKeyFacts) facts = read_path (path, kind, &error);

  g_assert_null (facts);
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_google (void)
{
  g_autofree char *path =
    write_file ("google.json",
                "{\"type\": \"service_account\", \"project_id\": \"my-project\", "
                "\"private_key\": \"" BEGIN_KEY "\\nMIIB\\n" END_KEY "\\n\", "
                "\"client_email\": \"stoker@my-project.iam.gserviceaccount.com\"}",
                -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerKeyFacts) facts = read_path (path, STOKER_KEY_FILE_GOOGLE, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (facts->project_id, ==, "my-project");
  g_assert_cmpstr (facts->account, ==, "stoker@my-project.iam.gserviceaccount.com");
  text = stoker_key_facts_describe (facts);
  g_assert_cmpstr (text, ==, "stoker@my-project.iam.gserviceaccount.com in project my-project");
}

static void
test_wrong_google (void)
{
  const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "", "x.json: is empty" },
    { "hello", "x.json: is not JSON, so it is no service account key" },
    { "{}", "x.json: is JSON, but no service account key" },
    { "{\"type\": \"authorized_user\", \"refresh_token\": \"x\"}",
      "x.json: is a person's login, as gcloud writes it; a key of a service account is needed" },
    { "{\"installed\": {\"client_id\": \"x\"}}",
      "x.json: is an OAuth client; a key of a service account is needed" },
    { "{\"type\": \"service_account\"}", "x.json: project_id: is missing" },
    { "{\"type\": \"service_account\", \"project_id\": \"p\", \"client_email\": \"a@b\"}",
      "x.json: private_key: is missing" },
    { "{\"type\": \"service_account\", \"project_id\": \"p\", \"client_email\": \"a@b\", "
      "\"private_key\": \"" BEGIN_KEY "\\nMII\"}",
      "x.json: private_key: is cut off or no key" },
    { BEGIN_KEY "\nMIIB\n" END_KEY "\n",
      "x.json: is a bare private key, but the JSON file of a service account is needed" },
    { "clusters: []\ncontexts: []\n",
      "x.json: is a kubeconfig, but the JSON file of a service account is needed" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    expect_refusal ("x.json", cases[i].text, STOKER_KEY_FILE_GOOGLE, cases[i].message);
}

/* (nullable): path of a new key; NULL without ssh-keygen. */
static char *
generate (const char *name, const char *const *arguments)
{
  char *path = g_build_filename (folder, name, NULL);
  g_autofree char *program = g_find_program_in_path ("ssh-keygen");
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  int status = 0;

  if (program == NULL)
    {
      g_free (path);
      return NULL;
    }
  g_ptr_array_add (words, program);
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (words, (gpointer) arguments[i]);
  g_ptr_array_add (words, (gpointer) "-q");
  g_ptr_array_add (words, (gpointer) "-f");
  g_ptr_array_add (words, path);
  g_ptr_array_add (words, NULL);
  g_assert_true (g_spawn_sync (NULL, (char **) words->pdata, NULL, G_SPAWN_DEFAULT, NULL, NULL,
                               NULL, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
  return path;
}

/* What ssh-keygen says of the same key: "256 SHA256:… comment (ED25519)". */
static void
expect_fingerprint (const char *path, const StokerKeyFacts *facts)
{
  const char *arguments[] = { "ssh-keygen", "-l", "-f", path, NULL };
  g_autofree char *output = NULL;
  g_auto (GStrv) words = NULL;

  g_assert_true (g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                               &output, NULL, NULL, NULL));
  words = g_strsplit (output, " ", 3);
  g_assert_cmpint (facts->bits, ==, (int) g_ascii_strtoll (words[0], NULL, 10));
  if (facts->fingerprint != NULL)
    g_assert_cmpstr (facts->fingerprint, ==, words[1]);
}

static void
test_ssh (void)
{
  const struct
  {
    const char *name;
    const char *arguments[12];
    const char *algorithm;
    gboolean has_passphrase;
    gboolean has_fingerprint;
  } cases[] = {
    { "ed25519", { "-t", "ed25519", "-N", "", NULL }, "Ed25519", FALSE, TRUE },
    { "ed25519-locked", { "-t", "ed25519", "-N", "words", NULL }, "Ed25519", TRUE, TRUE },
    { "rsa", { "-t", "rsa", "-b", "2048", "-N", "", NULL }, "RSA", FALSE, TRUE },
    { "ecdsa", { "-t", "ecdsa", "-b", "384", "-N", "", NULL }, "ECDSA", FALSE, TRUE },
    { "rsa-pem", { "-t", "rsa", "-b", "2048", "-m", "PEM", "-N", "", NULL }, "RSA", FALSE, FALSE },
    { "ecdsa-pem", { "-t", "ecdsa", "-m", "PEM", "-N", "", NULL }, "ECDSA", FALSE, FALSE },
    { "rsa-pkcs8",
      { "-t", "rsa", "-b", "2048", "-m", "PKCS8", "-N", "", NULL },
      "RSA",
      FALSE,
      FALSE },
    { "ecdsa-pkcs8",
      { "-t", "ecdsa", "-b", "521", "-m", "PKCS8", "-N", "", NULL },
      "ECDSA",
      FALSE,
      FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = generate (cases[i].name, cases[i].arguments);
      g_autoptr (GError) error = NULL;
      g_autoptr (StokerKeyFacts) facts = NULL;

      if (path == NULL)
        {
          g_test_skip ("there is no ssh-keygen to make keys with");
          return;
        }
      facts = read_path (path, STOKER_KEY_FILE_SSH, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (facts->algorithm, ==, cases[i].algorithm);
      g_assert_cmpint (facts->has_passphrase, ==, cases[i].has_passphrase);
      g_assert_cmpint (facts->fingerprint != NULL, ==, cases[i].has_fingerprint);
      expect_fingerprint (path, facts);
    }
}

/* What is encrypted as a whole says so by its label, and nothing else. */
static void
test_ssh_locked_pem (void)
{
  const char *const arguments[] = { "-t", "rsa", "-b", "2048", "-m", "PEM", "-N", "words", NULL };
  g_autofree char *path = generate ("rsa-pem-locked", arguments);
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerKeyFacts) facts = NULL;
  g_autofree char *text = NULL;

  if (path == NULL)
    {
      g_test_skip ("there is no ssh-keygen to make a key with");
      return;
    }
  facts = read_path (path, STOKER_KEY_FILE_SSH, &error);
  g_assert_no_error (error);
  g_assert_true (facts->has_passphrase);
  text = stoker_key_facts_describe (facts);
  g_assert_nonnull (strstr (text, "with a passphrase"));
}

static void
test_wrong_ssh (void)
{
  const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5 me@here\n",
      "id: is the public half of a key; choose the private one, without .pub" },
    { "PuTTY-User-Key-File-3: ssh-ed25519\n",
      "id: is a key of PuTTY; export it in OpenSSH's format first" },
    { "-----BEGIN "
      "CERTIFICATE-----\n",
      "id: is a certificate, not an SSH private key" },
    { "Host *\n", "id: is no SSH private key" },
    { "-----BEGIN OPENSSH "
      "PRIVATE KEY-----\nAAAA\n",
      "id: is cut off: its last line is missing" },
    { "-----BEGIN OPENSSH "
      "PRIVATE KEY-----\nAAAA\n-----END OPENSSH "
      "PRIVATE KEY-----\n",
      "id: is damaged: it cannot be decoded" },
    { BEGIN_KEY "\nMIIB\n" END_KEY "\n", "id: is damaged: it cannot be decoded" },
    { "{\"type\": \"service_account\"}",
      "id: is a Google service account key, but an SSH private key is needed" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    expect_refusal ("id", cases[i].text, STOKER_KEY_FILE_SSH, cases[i].message);
}

/* Every beginning of a good key is refused, and none is read past its end. */
static void
test_cut_ssh (void)
{
  const char *const arguments[] = { "-t", "rsa", "-b", "1024", "-m", "PKCS8", "-N", "", NULL };
  g_autofree char *path = generate ("rsa-cut", arguments);
  g_autofree char *text = NULL;
  gsize length = 0;

  if (path == NULL)
    {
      g_test_skip ("there is no ssh-keygen to make a key with");
      return;
    }
  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  for (gsize kept = strlen (BEGIN_KEY); kept + 8 < length - strlen (END_KEY); kept += 4)
    {
      g_autofree char *body = g_strndup (text, kept);
      g_autofree char *cut = g_strconcat (body, "\n" END_KEY "\n", NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (StokerKeyFacts)
        facts = stoker_key_facts_decode (cut, strlen (cut), STOKER_KEY_FILE_SSH, "cut", &error);

      g_assert_null (facts);
      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
    }
}

static const char kubeconfig[] =
  "apiVersion: v1\nkind: Config\nclusters:\n- cluster:\n    certificate-authority-data: >-\n"
  "      AAAA\n      BBBB: CCCC\n    server: https://one.example:6443\n  name: one\n"
  "- name: two\n  cluster:\n    server: \"https://two.example\" # the big one\n"
  "contexts:\n  - context:\n      cluster: two\n      user: me\n      namespace: renders\n"
  "    name: gpu\n  - {}\ncurrent-context: gpu\npreferences: {}\nusers:\n- name: me\n  user:\n"
  "    token: example\n";

static void
test_kubeconfig (void)
{
  g_autofree char *path = write_file ("config", kubeconfig, -1);
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerKeyFacts) facts = read_path (path, STOKER_KEY_FILE_KUBECONFIG, &error);
  g_autofree char *text = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (facts->context, ==, "gpu");
  g_assert_cmpstr (facts->server, ==, "https://two.example");
  g_assert_cmpstr (facts->name_space, ==, "renders");
  g_assert_cmpstr (facts->account, ==, "me");
  g_assert_cmpstr (facts->logs_in_by, ==, "token");
  text = stoker_key_facts_describe (facts);
  g_assert_cmpstr (text, ==,
                   "1 context, current “gpu” at https://two.example, logs in with a token");
}

static void
test_wrong_kubeconfig (void)
{
  expect_refusal ("config", "a: b\n", STOKER_KEY_FILE_KUBECONFIG,
                  "config: is no kubeconfig: it names no cluster");
  expect_refusal ("config", "{\"clusters\": [{\"name\": \"a\"}], \"contexts\": []}",
                  STOKER_KEY_FILE_KUBECONFIG, "config: contexts: there is none");
  expect_refusal ("config",
                  "clusters:\n- name: a\ncontexts:\n- name: b\ncurrent-context: elsewhere\n",
                  STOKER_KEY_FILE_KUBECONFIG,
                  "config: current-context: names a context that is not in the file");
}

static void
test_no_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (StokerKeyFacts) facts = read_path (folder, STOKER_KEY_FILE_SSH, &error);
  g_autoptr (GError) second_error = NULL;
  g_autoptr (StokerKeyFacts)
    none = read_path ("/nonexistent/key", STOKER_KEY_FILE_SSH, &second_error);

  g_assert_null (facts);
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_null (none);
  g_assert_error (second_error, STOKER_ERROR, STOKER_ERROR_CONFIG);
}

int
main (int argc, char *argv[])
{
  int status = 0;

  g_test_init (&argc, &argv, NULL);
  test_session_init ();
  folder = g_build_filename (g_get_home_dir (), "keys", NULL);
  g_mkdir_with_parents (folder, 0700);
  g_test_add_func ("/key-facts/google", test_google);
  g_test_add_func ("/key-facts/wrong-google", test_wrong_google);
  g_test_add_func ("/key-facts/ssh", test_ssh);
  g_test_add_func ("/key-facts/ssh-locked-pem", test_ssh_locked_pem);
  g_test_add_func ("/key-facts/wrong-ssh", test_wrong_ssh);
  g_test_add_func ("/key-facts/cut-ssh", test_cut_ssh);
  g_test_add_func ("/key-facts/kubeconfig", test_kubeconfig);
  g_test_add_func ("/key-facts/wrong-kubeconfig", test_wrong_kubeconfig);
  g_test_add_func ("/key-facts/no-file", test_no_file);
  status = g_test_run ();
  test_session_clear ();
  g_free (folder);
  return status;
}
