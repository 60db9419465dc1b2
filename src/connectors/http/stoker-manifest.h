/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "stoker-job.h"
#include "stoker-profile.h"
#include "stoker-value-rule.h"

G_BEGIN_DECLS

/* The manifest language as structs; README.md of this folder explains every member. A manifest is
 * made once by stoker_manifest_decode() and never written again. */

/* A status and text that mean something. All that is told must hold. */
typedef struct
{
  GArray *statuses;  /* of guint; NULL: any that is no success */
  JsonPath *path;    /* nullable: must be there */
  JsonPath *missing; /* nullable: must be absent or null */
  GRegex *text;      /* nullable: of what path found, else of the whole body */
  int code;          /* StokerError */
  char *message;     /* nullable: template, may use ${error.text} */
} StokerErrorRule;

typedef struct
{
  GPtrArray *when; /* of StokerCondition */
  StokerJobState state;
  char *stage;   /* nullable: template */
  char *message; /* nullable: template */
  int code;      /* StokerError, -1 */
} StokerStateRule;

typedef enum {
  STOKER_BODY_NONE,
  STOKER_BODY_JSON,
  STOKER_BODY_FORM,
  STOKER_BODY_MULTIPART,
} StokerBodyForm;

typedef struct
{
  char *name;
  char *value; /* template */
} StokerPair;

typedef struct
{
  JsonPath *next;   /* nullable: address of the next page */
  JsonPath *cursor; /* nullable: value of parameter on the next page */
  char *parameter;  /* nullable */
  guint max;
} StokerPages;

/* One HTTP exchange, or with a NULL url only values that are set. */
typedef struct
{
  GPtrArray *when; /* of StokerCondition */
  char *method;
  char *url;          /* nullable: template */
  GPtrArray *headers; /* of StokerPair */
  GPtrArray *query;   /* of StokerPair */
  StokerBodyForm form;
  JsonNode *body;      /* nullable: template */
  GArray *success;     /* of guint; NULL: 200 to 299 */
  gboolean has_answer; /* FALSE: the body is not looked at */
  gboolean is_repeatable;
  gboolean creates; /* a job may exist after it */
  gboolean is_optional;
  guint timeout_s;   /* 0: of the manifest */
  GPtrArray *takes;  /* of StokerTake */
  GPtrArray *errors; /* of StokerErrorRule */
  StokerPages pages; /* max is 0 without */
} StokerStep;

/* What to read of each of several things in an answer: offers, jobs, files. */
typedef struct _StokerRecordRule StokerRecordRule;
struct _StokerRecordRule
{
  JsonPath *items;
  GPtrArray *fields;        /* of StokerTake, paths from the item on */
  GPtrArray *when;          /* of StokerCondition over the fields */
  StokerRecordRule *within; /* nullable: one record for each of these, and one when there is none */
  gboolean searches;        /* files: every address in the item */
  gboolean is_base64;       /* files: a value that is no address is Base64 */
  gboolean is_document;     /* files: the item itself, as JSON or text */
};

typedef struct
{
  GStrv needs;        /* names that must have a value */
  GPtrArray *steps;   /* of StokerStep */
  GStrv keep;         /* values that later operations need */
  GPtrArray *records; /* of StokerRecordRule */
  GPtrArray *errors;  /* of StokerErrorRule */
} StokerOperation;

typedef enum {
  STOKER_AUTH_NONE,
  STOKER_AUTH_HEADER,
  STOKER_AUTH_BASIC,
} StokerAuthScheme;

typedef struct
{
  StokerAuthScheme scheme;
  char *name;  /* of the header, or user of basic (template) */
  char *value; /* template: the header's value, or password of basic */
} StokerAuth;

typedef struct
{
  guint requests; /* in per_s, a host; 0: not limited */
  guint per_s;
  guint timeout_s;
  gint64 payload_bytes; /* -1: not limited */
  gint64 output_bytes;
} StokerLimits;

typedef struct
{
  GPtrArray *bases; /* of StokerPair */
  StokerAuth auth;
  StokerLimits limits;
  GPtrArray *error_text;   /* of JsonPath: where the server says what is wrong */
  GPtrArray *errors;       /* of StokerErrorRule */
  GPtrArray *states;       /* of StokerStateRule */
  GHashTable *unsupported; /* operation → why */
  GHashTable *operations;  /* name → StokerOperation */
} StokerManifest;

extern const char *const stoker_operation_names[];

StokerManifest *stoker_manifest_decode (const StokerProfile *profile, GError **error);
void stoker_manifest_free (StokerManifest *self);
const StokerOperation *
stoker_manifest_find (const StokerManifest *self, const char *operation, GError **error);
const char *stoker_manifest_get_base (const StokerManifest *self, const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerManifest, stoker_manifest_free)

G_END_DECLS
