/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-jwt.h"

#include "stoker-error.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#include <string.h>

/* RFC 7515, appendix A.1: header, claims and key as they stand there. */
#define RFC_HEADER "{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}"
#define RFC_CLAIMS \
  "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}"
#define RFC_KEY \
  "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ+EstJQLr/T+1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow=="
#define RFC_TOKEN                                                                                 \
  "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0" \
  "dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"

#define HEADER "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"k1\"}"
#define CLAIMS "{\"iss\":\"render@example.iam.gserviceaccount.com\",\"iat\":1,\"exp\":3601}"

static void
test_hs256 (void)
{
  gsize length = 0;
  g_autofree guchar *data = g_base64_decode (RFC_KEY, &length);
  g_autoptr (GBytes) key = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;
  g_autofree char *token = stoker_jwt_sign ("HS256", RFC_HEADER, RFC_CLAIMS, key, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (token, ==, RFC_TOKEN);
}

/* Runs openssl, which must end well. */
static void
run_openssl (const char *folder, const char *arguments)
{
  g_autofree char *command = g_strconcat ("openssl ", arguments, NULL);
  g_auto (GStrv) argv = NULL;
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
    G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_shell_parse_argv (command, NULL, &argv, NULL));
  g_subprocess_launcher_set_cwd (launcher, folder);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);
}

static void
write_file (const char *folder, const char *name, const void *data, gsize length)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, data, (gssize) length, &error);
  g_assert_no_error (error);
}

static GBytes *
read_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *data = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  return g_bytes_new_take (data, length);
}

static void
write_signature (const char *folder, const char *encoded)
{
  g_autofree char *text = g_strconcat (encoded, "==", NULL);
  g_autofree guchar *signature = NULL;
  gsize length = 0;

  g_strdelimit (text, "-", '+');
  g_strdelimit (text, "_", '/');
  signature = g_base64_decode (text, &length);
  write_file (folder, "signature", signature, length);
}

static void
remove_folder (const char *folder)
{
  static const char *const names[] = { "key.pem", "public.pem", "text", "signature" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

/* A key that openssl made, and a signature that openssl takes. */
static void
test_rs256 (void)
{
  g_autofree char *folder = g_dir_make_tmp ("stoker-jwt-XXXXXX", NULL);
  g_autoptr (GBytes) key = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *token = NULL;
  g_auto (GStrv) parts = NULL;
  g_autofree char *text = NULL;

  run_openssl (folder, "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out key.pem");
  run_openssl (folder, "pkey -in key.pem -pubout -out public.pem");
  key = read_file (folder, "key.pem");
  token = stoker_jwt_sign ("RS256", HEADER, CLAIMS, key, &error);
  g_assert_no_error (error);
  parts = g_strsplit (token, ".", -1);
  g_assert_cmpuint (g_strv_length (parts), ==, 3);
  text = g_strconcat (parts[0], ".", parts[1], NULL);
  write_file (folder, "text", text, strlen (text));
  write_signature (folder, parts[2]);
  run_openssl (folder, "dgst -sha256 -verify public.pem -signature signature text");
  remove_folder (folder);
}

static void
test_bad_key (void)
{
  static const char secret[] =
    "-----BEGIN PRIVATE KEY-----\nMIIsecret\n-----END PRIVATE KEY-----\n";
  g_autoptr (GBytes) key = g_bytes_new_static (secret, sizeof secret - 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (stoker_jwt_sign ("RS256", HEADER, CLAIMS, key, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_CONFIG);
  g_assert_null (strstr (error->message, "MIIsecret"));
}

static void
test_unknown_algorithm (void)
{
  g_autoptr (GBytes) key = g_bytes_new_static ("k", 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (stoker_jwt_sign ("none", HEADER, CLAIMS, key, &error));
  g_assert_error (error, STOKER_ERROR, STOKER_ERROR_UNSUPPORTED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/jwt/hs256", test_hs256);
  g_test_add_func ("/jwt/rs256", test_rs256);
  g_test_add_func ("/jwt/bad-key", test_bad_key);
  g_test_add_func ("/jwt/unknown-algorithm", test_unknown_algorithm);

  return g_test_run ();
}
