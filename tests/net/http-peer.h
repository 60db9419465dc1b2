/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-http-client.h"

G_BEGIN_DECLS

/* What came of a request. */
typedef struct
{
  StokerHttpResponse *response;
  GError *error;
  gboolean is_done;
} Outcome;

void outcome_clear (Outcome *self);
void outcome_start (Outcome *self,
                    StokerHttpClient *client,
                    const StokerHttpRequest *request,
                    GCancellable *cancellable);
void outcome_wait (Outcome *self);
void outcome_send (Outcome *self, StokerHttpClient *client, const StokerHttpRequest *request);
void assert_body (const Outcome *outcome, const char *text);

/* Iterates the main context until *flag, and fails the test after 20 seconds. */
void wait_until (const gboolean *flag);

/* What a raw peer does after its answer. */
typedef enum {
  PEER_CLOSE, /* ends the connection */
  PEER_HOLD,  /* says no more */
  PEER_DRIP,  /* sends one more byte every 20 ms, for ever */
  PEER_SERVE, /* waits for the next request on the same connection */
} PeerEnd;

typedef struct
{
  const char *answer; /* nullable: none */
  PeerEnd end;
} PeerStep;

/* A server made of plain sockets, for answers that no proper server gives. Each request takes the
 * next step; the last one stays. */
typedef struct _Peer Peer;

Peer *peer_new (const PeerStep *steps, guint n_steps);
void peer_free (Peer *self);
const char *peer_get_url (Peer *self);
guint peer_get_requests (Peer *self);
guint peer_get_connections (Peer *self);
const char *peer_get_request (Peer *self, guint index);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Outcome, outcome_clear)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Peer, peer_free)

G_END_DECLS
