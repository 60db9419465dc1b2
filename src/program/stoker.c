/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-cli.h"
#include "stoker-data-resource.h"

int
main (int argc, char **argv)
{
  g_resources_register (stoker_data_get_resource ());

  return stoker_cli_main (argc, argv);
}
