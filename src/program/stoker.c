/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli.h"

int
main (int argc, char **argv)
{
  return stoker_cli_main (argc, argv);
}
