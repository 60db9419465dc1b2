/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "config.h"

#include "stoker-application.h"

#include "stoker-cli-charts.h"
#include "stoker-cli.h"
#include "stoker-data-resource.h"
#include "stoker-export.h"
#include "stoker-locale.h"
#include "stoker-log.h"

/* The one place that knows two faces: a verb handed to the running window is carried out by the
 * command line's code. */
static gboolean
run_verb (GApplicationCommandLine *line, StokerWorkspace *workspace, gpointer user_data)
{
  stoker_cli_handle_command_line (line, workspace);
  return TRUE;
}

/* `stoker compare --svg` becomes this program, because `stoker` links nothing that draws. */
static gboolean
is_verb (int argc, char **argv)
{
  return argc > 1 && g_str_equal (argv[1], "compare");
}

int
main (int argc, char *argv[])
{
  g_autoptr (StokerApplication) application = NULL;

  g_resources_register (stoker_data_get_resource ());
  if (is_verb (argc, argv))
    {
      stoker_cli_charts_set_drawer (stoker_export_draw_chart);
      return stoker_cli_main (argc, argv);
    }

  stoker_locale_init ();
  g_set_prgname (APPLICATION_ID);
  stoker_log_install ();

  application = stoker_application_new (G_APPLICATION_DEFAULT_FLAGS);
  stoker_application_set_command_handler (application, run_verb, NULL);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
