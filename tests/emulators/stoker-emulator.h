/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* A running emulator.py. It ends with stoker_emulator_free(), or with the test's process, however
 * that one ends. */
typedef struct _StokerEmulator StokerEmulator;

StokerEmulator *stoker_emulator_start (const char *provider);
const char *stoker_emulator_get_url (StokerEmulator *self);
void stoker_emulator_control (StokerEmulator *self, const char *order);
JsonNode *stoker_emulator_get_state (StokerEmulator *self);
void stoker_emulator_free (StokerEmulator *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerEmulator, stoker_emulator_free)

G_END_DECLS
