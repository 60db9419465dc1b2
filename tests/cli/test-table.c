/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-table.h"

static const StokerTableColumn columns[] = {
  { "Name", "name", FALSE },
  { "Cost", "cost", TRUE },
  { "Note", "note", FALSE },
};

static StokerTable *
make_table (void)
{
  return stoker_table_new (columns, G_N_ELEMENTS (columns));
}

static void
add (StokerTable *table, const char *name, const char *cost, const char *note)
{
  const char *const cells[] = { name, cost, note };

  stoker_table_add_row (table, cells);
}

static void
test_columns_are_aligned (void)
{
  g_autoptr (StokerTable) table = make_table ();
  g_autofree char *text = NULL;

  add (table, "RunPod", "$0.45", "low risk");
  add (table, "Vast", "$12.00", NULL);
  text = stoker_table_to_text (table);

  g_assert_cmpstr (text, ==,
                   "Name      Cost  Note\n"
                   "RunPod   $0.45  low risk\n"
                   "Vast    $12.00\n");
}

static void
test_wide_and_combining_characters_keep_the_columns (void)
{
  g_autoptr (StokerTable) table = make_table ();
  g_autofree char *text = NULL;

  add (table, "雲算", "1", "");
  add (table, "e\xcc\x81t\xc3\xa9", "1", "");
  text = stoker_table_to_text (table);

  g_assert_cmpint (stoker_table_get_text_width ("雲算"), ==, 4);
  g_assert_cmpint (stoker_table_get_text_width ("e\xcc\x81t\xc3\xa9"), ==, 3);
  g_assert_cmpstr (text, ==,
                   "Name  Cost  Note\n"
                   "雲算     1\n"
                   "e\xcc\x81t\xc3\xa9      1\n");
}

static void
test_a_cell_can_not_steer_the_terminal (void)
{
  g_autoptr (StokerTable) table = make_table ();
  g_autofree char *text = NULL;

  add (table, "a\033[31mb\nc\xff", "1", "");
  text = stoker_table_to_text (table);

  g_assert_null (strchr (text, '\033'));
  g_assert_nonnull (strstr (text, "a [31mb c\xef\xbf\xbd"));
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

static void
test_csv_quotes_what_it_must (void)
{
  g_autoptr (StokerTable) table = make_table ();
  g_autofree char *text = NULL;

  add (table, "plain", "1", "says \"hi\", twice");
  text = stoker_table_to_csv (table);

  g_assert_cmpstr (text, ==, "name,cost,note\r\nplain,1,\"says \"\"hi\"\", twice\"\r\n");
  g_assert_cmpuint (stoker_table_get_n_rows (table), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/table/columns-are-aligned", test_columns_are_aligned);
  g_test_add_func ("/table/wide-and-combining",
                   test_wide_and_combining_characters_keep_the_columns);
  g_test_add_func ("/table/control-characters", test_a_cell_can_not_steer_the_terminal);
  g_test_add_func ("/table/csv", test_csv_quotes_what_it_must);

  return g_test_run ();
}
