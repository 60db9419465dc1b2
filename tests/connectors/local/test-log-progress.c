/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-log-progress-private.h"

static void
test_progress (void)
{
  const struct
  {
    const char *log;
    double progress;
  } cases[] = {
    { "", -1 },
    { "nothing to see", -1 },
    { "progress: 0.42", 0.42 },
    { "  Progress:\t.5\n", 0.5 },
    { "progress: 42%", 0.42 },
    { "progress: 1", 1 },
    { "progress: 2", -1 },
    { "progress: -0.5", -1 },
    { "progress: done", -1 },
    { "no progress: 0.42", -1 },
    { " 42%|████▏     | 21/50 [00:10<00:14]", 0.42 },
    { "Sampling:  7%|▋         | 1/15", 0.07 },
    { "100%|██████████| 50/50\r\n", 1 },
    { "101%|", -1 },
    { "1.42%|", -1 },
    { "%|", -1 },
    { "progress: 0.1\nprogress: 0.2\nsome text\n", 0.2 },
    { " 10%|█  \r 20%|██  \r 30%|███ ", 0.3 },
    { "progress: 0.9\n 10%|█", 0.1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpfloat_with_epsilon (stoker_log_find_progress (cases[i].log), cases[i].progress,
                                    1e-9);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/log-progress/lines", test_progress);

  return g_test_run ();
}
