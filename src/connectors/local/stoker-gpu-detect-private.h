/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-gpu-detect.h"

G_BEGIN_DECLS

void stoker_gpu_detect_set_limit_ms (guint ms);

G_END_DECLS
