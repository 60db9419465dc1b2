/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * StokerError:
 * @STOKER_ERROR_AUTH: the key is missing, wrong or expired (HTTP 401)
 * @STOKER_ERROR_FORBIDDEN: the key is right but may not do this (HTTP 403)
 * @STOKER_ERROR_NOT_FOUND: no such thing (HTTP 404, 410)
 * @STOKER_ERROR_RATE_LIMITED: too many requests; try again later (HTTP 429)
 * @STOKER_ERROR_QUOTA: out of credit, or over a quota (HTTP 402)
 * @STOKER_ERROR_UNAVAILABLE: not now: no capacity, network trouble, server fault (HTTP 5xx)
 * @STOKER_ERROR_PROTOCOL: the answer was not what its documentation says
 * @STOKER_ERROR_UNSUPPORTED: this provider or build cannot do that
 * @STOKER_ERROR_CONFIG: the user's input or configuration is wrong; the text names file, path and
 * mistake
 * @STOKER_ERROR_STORAGE: the database, keyring or disk failed
 * @STOKER_ERROR_HELD: a budget, policy or consent holds it back
 * @STOKER_ERROR_UNCERTAIN: a request was sent and its answer never came, so that nobody knows
 * whether it was carried out
 * @STOKER_ERROR_FAILED: anything else
 *
 * The one error domain of Stoker. %G_IO_ERROR_CANCELLED is passed through beside it untouched.
 */
typedef enum {
  STOKER_ERROR_AUTH,
  STOKER_ERROR_FORBIDDEN,
  STOKER_ERROR_NOT_FOUND,
  STOKER_ERROR_RATE_LIMITED,
  STOKER_ERROR_QUOTA,
  STOKER_ERROR_UNAVAILABLE,
  STOKER_ERROR_PROTOCOL,
  STOKER_ERROR_UNSUPPORTED,
  STOKER_ERROR_CONFIG,
  STOKER_ERROR_STORAGE,
  STOKER_ERROR_HELD,
  STOKER_ERROR_UNCERTAIN,
  STOKER_ERROR_FAILED,
} StokerError;

#define STOKER_ERROR (stoker_error_quark ())

GQuark stoker_error_quark (void);
const char *stoker_error_code_to_string (int code);
gboolean stoker_error_code_from_string (const char *name, StokerError *code);

/* A wait that the other side asked for travels with the error. */
void stoker_error_set_wait (GError *error, gint64 wait_s);
gint64 stoker_error_get_wait (const GError *error);

/* So does that nobody was reached at all: then the network may be at fault. */
void stoker_error_set_unreached (GError *error);
gboolean stoker_error_is_unreached (const GError *error);

G_END_DECLS
