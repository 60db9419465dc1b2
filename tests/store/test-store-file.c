/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-store.h"

#include "stoker-error.h"
#include "store-calls.h"

#include <glib/gstdio.h>
#include <sqlite3.h>

#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define NEWEST_VERSION "3"
#define NOBODY 65534

typedef struct
{
  char *folder;
  char *path;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = make_folder ();
  fixture->path = g_build_filename (fixture->folder, "stoker.db", NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  remove_folder (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
}

static void
assert_mode (const char *path, guint expected)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, expected);
}

static void
assert_query (const char *path, const char *sql, const char *expected)
{
  g_autofree char *text = query_sql (path, sql);

  g_assert_cmpstr (text, ==, expected);
}

static GBytes *
read_bytes (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *content = NULL;
  gsize length = 0;

  g_file_get_contents (path, &content, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (content, length);
}

static void
write_bytes (const char *path, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), &error);
  g_assert_no_error (error);
}

static void
add_job (StokerStore *store, const char *id)
{
  g_autoptr (StokerJob) job = make_job (id, 1);
  g_autoptr (GError) error = NULL;

  g_assert_true (save_job (store, job, NULL, &error));
  g_assert_no_error (error);
}

static void
make_store_with_job (const char *path)
{
  StokerStore *store = open_good_store (path);

  add_job (store, "job-1");
  close_store (store);
}

static gboolean
end_writing_cb (gpointer data)
{
  sqlite3 *writer = data;

  g_assert_cmpint (sqlite3_exec (writer, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (writer), ==, SQLITE_OK);
  return G_SOURCE_REMOVE;
}

/* Two processes meet at a file that is new: one writes its first pages when the other wants its log
 * of writes ahead. */
static void
test_new_file_in_use (Fixture *fixture, gconstpointer data)
{
  StokerStore *store;
  sqlite3 *writer = NULL;

  g_assert_cmpint (sqlite3_open (fixture->path, &writer), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (writer, "BEGIN IMMEDIATE", NULL, NULL, NULL), ==, SQLITE_OK);
  g_timeout_add (100, end_writing_cb, writer);
  store = open_good_store (fixture->path);
  add_job (store, "job-1");
  close_store (store);
}

static void
assert_cannot_open (const char *path, StokerError code, const char *expected)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (open_store (path, &error));
  g_assert_error (error, STOKER_ERROR, (int) code);
  g_test_message ("%s", error->message);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_nonnull (strstr (error->message, expected));
}

static void
test_modes (Fixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "a", "b", NULL);
  g_autofree char *path = g_build_filename (folder, "stoker.db", NULL);
  g_autofree char *wal_path = g_strconcat (path, "-wal", NULL);
  StokerStore *store = open_good_store (path);

  add_job (store, "job-1");
  assert_mode (folder, 0700);
  assert_mode (path, 0600);
  assert_mode (wal_path, 0600);
  close_store (store);

  /* A file that somebody opened to others is closed again; a folder that was there before is not
   * ours. */
  g_assert_cmpint (g_chmod (path, 0644), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);
  close_store (open_good_store (path));
  assert_mode (path, 0600);
  assert_mode (folder, 0755);
}

static void
test_settings (Fixture *fixture, gconstpointer data)
{
  make_store_with_job (fixture->path);
  assert_query (fixture->path, "PRAGMA journal_mode", "wal");
  assert_query (fixture->path, "PRAGMA user_version", NEWEST_VERSION);
  assert_query (fixture->path, "PRAGMA integrity_check", "ok");
}

/* Version 0: a file that is there and empty. */
static void
test_version_0 (Fixture *fixture, gconstpointer data)
{
  g_autofree char *backup = g_strconcat (fixture->path, ".v0.bak", NULL);

  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  make_store_with_job (fixture->path);
  assert_query (fixture->path, "PRAGMA user_version", NEWEST_VERSION);
  g_assert_false (g_file_test (backup, G_FILE_TEST_EXISTS));
}

static void
make_version_1 (const char *path)
{
  g_autofree char *fixture_path = g_build_filename (g_getenv ("STOKER_TEST_SOURCE_ROOT"), "tests",
                                                    "data", "store-v1.sql", NULL);
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (fixture_path, &sql, NULL, &error);
  g_assert_no_error (error);
  run_sql (path, sql);
}

static void
test_version_1 (Fixture *fixture, gconstpointer data)
{
  g_autofree char *backup = g_strconcat (fixture->path, ".v1.bak", NULL);
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GPtrArray) entries = NULL;
  g_autoptr (GPtrArray) ledger = NULL;
  g_autoptr (GError) error = NULL;
  StokerStore *store = NULL;

  make_version_1 (fixture->path);
  store = open_good_store (fixture->path);
  jobs = load_jobs (store);
  entries = load_providers (store);
  ledger = list_ledger (store, 0);
  g_assert_cmpuint (jobs->len, ==, 2);
  g_assert_cmpuint (stoker_job_get_attempts (g_ptr_array_index (jobs, 0))->len, ==, 1);
  g_assert_cmpuint (entries->len, ==, 1);
  g_assert_cmpuint (ledger->len, ==, 2);
  g_assert_true (append_audit (store, "test", NULL, NULL, &error));
  close_store (store);

  assert_query (fixture->path, "PRAGMA user_version", NEWEST_VERSION);
  assert_mode (backup, 0600);
  assert_query (backup, "PRAGMA user_version", "1");
  assert_query (backup, "SELECT count (*) FROM jobs", "2");
  assert_query (backup, "PRAGMA integrity_check", "ok");
}

/* A step that fails leaves the file at the version it had, with everything in it. */
static void
test_failing_migration (Fixture *fixture, gconstpointer data)
{
  make_version_1 (fixture->path);
  run_sql (fixture->path, "CREATE TABLE audit (other TEXT)");
  assert_cannot_open (fixture->path, STOKER_ERROR_STORAGE, "audit");
  assert_query (fixture->path, "PRAGMA user_version", "1");
  assert_query (fixture->path, "SELECT count (*) FROM jobs", "2");
  assert_query (fixture->path, "SELECT count (*) FROM sqlite_master WHERE type = 'trigger'", "0");
}

static void
test_newer_version (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;

  make_store_with_job (fixture->path);
  run_sql (fixture->path, "PRAGMA user_version = 99");
  before = read_bytes (fixture->path);
  assert_cannot_open (fixture->path, STOKER_ERROR_UNSUPPORTED,
                      "written by Stoker " PACKAGE_VERSION);
  after = read_bytes (fixture->path);
  g_assert_true (g_bytes_equal (before, after));
}

/* It may keep what is known of itself anywhere. */
static void
test_newer_version_of_an_unknown_shape (Fixture *fixture, gconstpointer data)
{
  run_sql (fixture->path, "PRAGMA user_version = 99");
  assert_cannot_open (fixture->path, STOKER_ERROR_UNSUPPORTED, "newer version of Stoker");
}

/* Finds the file that was moved aside; what belonged to it went along. */
static char *
find_aside (Fixture *fixture)
{
  g_autoptr (GDir) dir = g_dir_open (fixture->folder, 0, NULL);
  const char *name = NULL;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "stoker.db.damaged-") && !g_str_has_suffix (name, "-wal") &&
        !g_str_has_suffix (name, "-shm"))
      return g_build_filename (fixture->folder, name, NULL);
  return NULL;
}

static GBytes *
damage_middle (GBytes *bytes)
{
  gsize length = g_bytes_get_size (bytes);
  guint8 *content = g_memdup2 (g_bytes_get_data (bytes, NULL), length);

  /* From the second page on: the header is good, and opening alone would not notice. */
  memset (content + 4096, 0x5a, length - 4096);
  return g_bytes_new_take (content, length);
}

static GBytes *
make_damaged (Fixture *fixture, const char *kind)
{
  g_autoptr (GBytes) good = NULL;

  make_store_with_job (fixture->path);
  good = read_bytes (fixture->path);
  if (strcmp (kind, "garbage") == 0)
    return g_bytes_new_static ("This is no database at all, is it?", 34);
  if (strcmp (kind, "truncated") == 0)
    return g_bytes_new_from_bytes (good, 0, g_bytes_get_size (good) / 2);
  return damage_middle (good);
}

static void
test_damaged (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) damaged = make_damaged (fixture, data);
  g_autoptr (GBytes) kept = NULL;
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *aside = NULL;
  StokerStore *store = NULL;

  write_bytes (fixture->path, damaged);
  store = open_store (fixture->path, &error);
  g_assert_no_error (error);
  aside = find_aside (fixture);
  g_assert_nonnull (aside);
  g_assert_nonnull (strstr (stoker_store_get_notice (store), aside));
  kept = read_bytes (aside);
  g_assert_true (g_bytes_equal (kept, damaged));

  jobs = load_jobs (store);
  g_assert_cmpuint (jobs->len, ==, 0);
  add_job (store, "job-2");
  close_store (store);
  /* The next start has nothing to tell. */
  close_store (open_good_store (fixture->path));
}

static void
test_folder_in_the_way (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (g_mkdir (fixture->path, 0700), ==, 0);
  assert_cannot_open (fixture->path, STOKER_ERROR_STORAGE, "");
  g_assert_true (g_file_test (fixture->path, G_FILE_TEST_IS_DIR));
}

/* Root may write everywhere, so it becomes somebody else for the time of the test. */
static gboolean
drop_rights (void)
{
  return geteuid () != 0 || seteuid (NOBODY) == 0;
}

static void
take_rights_back (uid_t user)
{
  g_assert_cmpint (seteuid (user), ==, 0);
}

static void
test_read_only_folder (Fixture *fixture, gconstpointer data)
{
  uid_t user = geteuid ();
  gboolean has_file = GPOINTER_TO_INT (data);
  g_autoptr (GBytes) before = NULL;
  g_autoptr (GBytes) after = NULL;

  if (has_file)
    {
      make_store_with_job (fixture->path);
      before = read_bytes (fixture->path);
      g_assert_cmpint (g_chmod (fixture->path, 0444), ==, 0);
    }
  g_assert_cmpint (g_chmod (fixture->folder, 0555), ==, 0);
  g_assert_true (drop_rights ());
  assert_cannot_open (fixture->path, STOKER_ERROR_STORAGE, "");
  take_rights_back (user);
  g_assert_cmpint (g_chmod (fixture->folder, 0755), ==, 0);
  if (!has_file)
    return;
  after = read_bytes (fixture->path);
  g_assert_true (g_bytes_equal (before, after));
}

/* Writes larger and larger jobs until one does not fit; returns how many did. */
static guint
fill (StokerStore *store, const char *expected_message)
{
  g_autofree char *log = g_strnfill (50000, 'x');

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *id = g_strdup_printf ("filler-%u", i);
      g_autoptr (StokerJob) job = make_job (id, i);
      g_autoptr (GError) error = NULL;

      stoker_job_set_log (job, log);
      if (save_job (store, job, NULL, &error))
        continue;
      g_assert_error (error, STOKER_ERROR, STOKER_ERROR_STORAGE);
      g_test_message ("%u: %s", i, error->message);
      g_assert_nonnull (strstr (error->message, "stoker.db: "));
      g_assert_nonnull (strstr (error->message, expected_message));
      return i;
    }
  g_assert_not_reached ();
}

static void
check_after_full (const char *path, guint n_acknowledged)
{
  StokerStore *store = open_good_store (path);
  g_autoptr (GPtrArray) jobs = load_jobs (store);

  g_assert_cmpuint (jobs->len, ==, n_acknowledged + 1);
  close_store (store);
  assert_query (path, "PRAGMA integrity_check", "ok");
}

/* A limit on the size of files works for everybody, and tells of itself as a failing write. */
static void
test_file_too_large (Fixture *fixture, gconstpointer data)
{
  StokerStore *store = open_good_store (fixture->path);
  struct rlimit old_limit, limit;
  guint n_jobs;

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old_limit), ==, 0);
  limit = old_limit;
  limit.rlim_cur = 400 * 1024;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  n_jobs = fill (store, "");
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old_limit), ==, 0);

  g_assert_cmpuint (n_jobs, >, 0);
  add_job (store, "after");
  close_store (store);
  check_after_full (fixture->path, n_jobs);
}

static void
test_disk_full (Fixture *fixture, gconstpointer data)
{
  g_autofree char *disk = g_build_filename (fixture->folder, "disk", NULL);
  g_autofree char *path = g_build_filename (disk, "stoker.db", NULL);
  g_autofree char *ballast = g_build_filename (disk, "ballast", NULL);
  g_autofree char *content = g_malloc0 (1024 * 1024);
  StokerStore *store = NULL;
  guint n_jobs;

  g_assert_cmpint (g_mkdir (disk, 0700), ==, 0);
  if (mount ("stoker", disk, "tmpfs", 0, "size=2m") != 0)
    {
      g_test_skip ("a small disk of its own needs the right to mount");
      return;
    }
  g_assert_true (g_file_set_contents (ballast, content, 1024 * 1024, NULL));
  store = open_good_store (path);
  n_jobs = fill (store, "full");
  g_assert_cmpuint (n_jobs, >, 0);

  /* The user makes room, and the same store goes on. */
  g_assert_cmpint (g_unlink (ballast), ==, 0);
  add_job (store, "after");
  close_store (store);
  check_after_full (path, n_jobs);
  g_assert_cmpint (umount (disk), ==, 0);
}

static void
add (const char *path, void (*run) (Fixture *, gconstpointer), gconstpointer data)
{
  g_test_add (path, Fixture, data, set_up, run, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  add ("/store-file/modes", test_modes, NULL);
  add ("/store-file/settings", test_settings, NULL);
  add ("/store-file/version-0", test_version_0, NULL);
  add ("/store-file/version-1", test_version_1, NULL);
  add ("/store-file/failing-migration", test_failing_migration, NULL);
  add ("/store-file/newer-version", test_newer_version, NULL);
  add ("/store-file/newer-version-of-an-unknown-shape", test_newer_version_of_an_unknown_shape,
       NULL);
  add ("/store-file/new-file-in-use", test_new_file_in_use, NULL);
  add ("/store-file/damaged/garbage", test_damaged, "garbage");
  add ("/store-file/damaged/truncated", test_damaged, "truncated");
  add ("/store-file/damaged/middle", test_damaged, "middle");
  add ("/store-file/folder-in-the-way", test_folder_in_the_way, NULL);
  add ("/store-file/read-only-folder/empty", test_read_only_folder, GINT_TO_POINTER (FALSE));
  add ("/store-file/read-only-folder/file", test_read_only_folder, GINT_TO_POINTER (TRUE));
  add ("/store-file/file-too-large", test_file_too_large, NULL);
  add ("/store-file/disk-full", test_disk_full, NULL);
  return g_test_run ();
}
