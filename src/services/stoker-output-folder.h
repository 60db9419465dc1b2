/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job.h"
#include "stoker-settings.h"

G_BEGIN_DECLS

char *stoker_output_folder_of (StokerSettings *settings, StokerJob *job);
char *stoker_output_folder_name (const char *pattern, StokerJob *job);
char *stoker_output_folder_example (const char *pattern);

G_END_DECLS
