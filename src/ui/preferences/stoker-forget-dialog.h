/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

#include "stoker-desk.h"

G_BEGIN_DECLS

/* Asks whether to forget everything, does it, and opens a new workspace on the desk. */
void stoker_forget_dialog_show (GtkWindow *parent, StokerDesk *desk);

G_END_DECLS
