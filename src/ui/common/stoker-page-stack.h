/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define STOKER_TYPE_PAGE_STACK (stoker_page_stack_get_type ())

/**
 * StokerPageStack:
 *
 * The four states of a page. Properties: `state` ("loading", "error", "empty" or "content"),
 * `message` (what went wrong), `is-outdated` (it is that a newer program wrote the data, and to try
 * again would not help), `content` and `empty` (widgets). Signal: `retry`.
 */
G_DECLARE_FINAL_TYPE (StokerPageStack, stoker_page_stack, STOKER, PAGE_STACK, AdwBin)

void stoker_page_stack_set_state (StokerPageStack *self, const char *state);
void stoker_page_stack_set_message (StokerPageStack *self, const char *message);

G_END_DECLS
