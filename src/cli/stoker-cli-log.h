/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-cli-context.h"

G_BEGIN_DECLS

/* All that is kept of the logs of jobs. */
void stoker_cli_log_print (GTask *task, GPtrArray *jobs);

G_END_DECLS
