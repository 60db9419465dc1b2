/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  STOKER_KUBECONFIG_SERVER,
  STOKER_KUBECONFIG_NAMESPACE,
  STOKER_KUBECONFIG_AUTHORITY,   /* PEM */
  STOKER_KUBECONFIG_TOKEN,       /* a secret */
  STOKER_KUBECONFIG_CERTIFICATE, /* PEM: who asks */
  STOKER_KUBECONFIG_KEY,         /* a secret: PEM, that of the certificate */
  STOKER_N_KUBECONFIG_PARTS,
} StokerKubeconfigPart;

/**
 * StokerKubeconfig:
 *
 * The file with which people reach a cluster: where one of its contexts leads, and who they are
 * there. https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/, read on 2026-11-21.
 */
typedef struct
{
  GStrv contexts;         /* names of all */
  char *context;          /* nullable: the one that is read; NULL: none is current */
  char *user;             /* nullable: its name for the user */
  const char *logs_in_by; /* nullable: "token", "certificate", "command" or "password" */

  char *parts[STOKER_N_KUBECONFIG_PARTS]; /* nullable each; overwritten when freed */
  char *files[STOKER_N_KUBECONFIG_PARTS]; /* nullable each: the file that has the part instead */
  char *obstacle;                         /* nullable: why Stoker cannot go there */
} StokerKubeconfig;

extern const char *const stoker_kubeconfig_part_names[];

char *stoker_kubeconfig_read (const char *paths, gsize *length, GError **error);
StokerKubeconfig *stoker_kubeconfig_decode (
  const char *text, gsize length, const char *context, const char *name, GError **error);
gboolean stoker_kubeconfig_complete (StokerKubeconfig *self, const char *path, GError **error);
void stoker_kubeconfig_free (StokerKubeconfig *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerKubeconfig, stoker_kubeconfig_free)

G_END_DECLS
