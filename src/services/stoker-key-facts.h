/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What kind of file a field wants. */
typedef enum {
  STOKER_KEY_FILE_NONE, /* the field's path is not on this computer */
  STOKER_KEY_FILE_GOOGLE,
  STOKER_KEY_FILE_SSH,
  STOKER_KEY_FILE_KUBECONFIG,
  STOKER_KEY_FILE_OTHER, /* any file */
} StokerKeyFileKind;

/**
 * StokerKeyFacts:
 *
 * What a key file tells about itself, without the key: enough for its owner to see that it is the
 * right one. Immutable once read.
 */
typedef struct
{
  StokerKeyFileKind kind;

  char *project_id; /* nullable: Google */
  char *account;    /* nullable: the e-mail address of a service account, the user of a cluster */

  const char *algorithm; /* nullable: SSH: "Ed25519", "RSA", "ECDSA" */
  int bits;              /* 0 not known */
  char *fingerprint;     /* nullable: as ssh-keygen -l writes it */
  gboolean has_passphrase;

  GStrv contexts;         /* nullable: of a kubeconfig */
  char *context;          /* nullable: the current one */
  char *name_space;       /* nullable: of the current context */
  char *server;           /* nullable: of the current context */
  const char *logs_in_by; /* nullable: "token", "certificate", "command" or "password" */
} StokerKeyFacts;

StokerKeyFileKind stoker_key_file_kind_of (const char *field_id);
StokerKeyFacts *stoker_key_facts_decode (
  const char *text, gsize length, StokerKeyFileKind kind, const char *name, GError **error);
char *stoker_key_facts_describe (const StokerKeyFacts *self);
void stoker_key_facts_free (StokerKeyFacts *self);

/* Use case: what is in the file that was chosen, and is it the right kind? Read in a thread. */
void stoker_read_key_file_async (const char *path,
                                 StokerKeyFileKind kind,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
StokerKeyFacts *stoker_read_key_file_finish (GAsyncResult *result, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerKeyFacts, stoker_key_facts_free)

G_END_DECLS
