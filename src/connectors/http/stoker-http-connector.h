/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-capabilities.h"
#include "stoker-http-client.h"

G_BEGIN_DECLS

#define STOKER_TYPE_HTTP_CONNECTOR (stoker_http_connector_get_type ())

/* The manifest engine: speaks to any provider whose catalog document has a connector of class
 * "http". Implements StokerProbe, StokerOfferSource, StokerJobRunner, StokerJobFinder,
 * StokerJobPricer, StokerMachineHost and StokerActionRunner; an operation the manifest lacks
 * answers STOKER_ERROR_UNSUPPORTED. */
G_DECLARE_FINAL_TYPE (StokerHttpConnector, stoker_http_connector, STOKER, HTTP_CONNECTOR, GObject)

StokerHttpConnector *stoker_http_connector_new (StokerHttpClient *client);
gboolean stoker_http_connector_check_manifest (const StokerProfile *profile, GError **error);

G_END_DECLS
