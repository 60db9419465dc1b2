/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-workspace.h"

G_BEGIN_DECLS

int stoker_cli_main (int argc, char **argv);
void stoker_cli_handle_command_line (GApplicationCommandLine *command_line,
                                     StokerWorkspace *workspace);

G_END_DECLS
