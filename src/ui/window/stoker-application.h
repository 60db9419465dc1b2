/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-workspace.h"

G_BEGIN_DECLS

#define STOKER_TYPE_APPLICATION (stoker_application_get_type ())

/* The application: one window, one workspace, and the running instance that command lines are
 * handed to. */
G_DECLARE_FINAL_TYPE (StokerApplication, stoker_application, STOKER, APPLICATION, AdwApplication)

/**
 * StokerCommandHandler:
 * @line: a command line with at least one argument after the program's name
 * @workspace: the open workspace
 *
 * Carries out a command line. The handler sets the exit status; while it needs longer, it keeps a
 * reference on @line.
 *
 * Returns: %FALSE when it does not know the command
 */
typedef gboolean (*StokerCommandHandler) (GApplicationCommandLine *line,
                                          StokerWorkspace *workspace,
                                          gpointer user_data);

StokerApplication *stoker_application_new (GApplicationFlags extra_flags);
StokerWorkspace *stoker_application_get_workspace (StokerApplication *self);
void stoker_application_set_command_handler (StokerApplication *self,
                                             StokerCommandHandler handler,
                                             gpointer user_data);

G_END_DECLS
