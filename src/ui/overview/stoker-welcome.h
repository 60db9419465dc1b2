/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-desk.h"

G_BEGIN_DECLS

#define STOKER_TYPE_WELCOME (stoker_welcome_get_type ())

/**
 * StokerWelcome:
 *
 * What a first start shows: three ways in. Property: `desk` (nullable).
 */
G_DECLARE_FINAL_TYPE (StokerWelcome, stoker_welcome, STOKER, WELCOME, AdwBin)

G_END_DECLS
