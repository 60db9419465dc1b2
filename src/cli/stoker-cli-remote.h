/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean stoker_cli_remote_is_running (void);
int stoker_cli_remote_hand_over (int argc, char **argv);

G_END_DECLS
