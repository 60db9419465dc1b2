/*
 * Copyright 2026 The Stoker developers
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "stoker-plan.h"

G_BEGIN_DECLS

typedef enum {
  STOKER_KIND_GPU,
  STOKER_KIND_IMAGE,
  STOKER_KIND_VIDEO,
  STOKER_KIND_LOCAL,
  STOKER_KIND_CLUSTER,
} StokerKind;

typedef enum {
  STOKER_FIELD_SECRET,
  STOKER_FIELD_TEXT,
  STOKER_FIELD_URL,
  STOKER_FIELD_REGION,
  STOKER_FIELD_PATH,
  STOKER_FIELD_CHOICE,
} StokerFieldType;

/* What is in the file that a field of type path names, for other fields that are left empty. */
typedef struct
{
  char *form;        /* "kubeconfig" */
  char *part;        /* nullable: the field that tells which part of the file is meant */
  GHashTable *fills; /* id of a field → index of what it gets, as in stoker_kubeconfig_part_names */
} StokerFieldFile;

/* One thing the form asks for. */
typedef struct
{
  char *id;
  StokerFieldType type;
  gboolean is_required;
  GStrv env;             /* environment variables, may be empty */
  char *pattern;         /* nullable: regular expression */
  char *default_value;   /* nullable */
  GStrv choices;         /* may be empty */
  char *placeholder;     /* nullable */
  char *help_url;        /* nullable */
  StokerFieldFile *file; /* nullable: nothing is known of it */
} StokerAuthField;

typedef struct
{
  char *id; /* "*": not told */
  char *residency;
} StokerRegion;

typedef struct
{
  char *path;
  char *format;
  char *key;
  char *field;
} StokerKeyFile;

typedef struct
{
  char *claim;
  char *now;
  StokerFact fact;
} StokerCorrection;

#define STOKER_TYPE_PROFILE (stoker_profile_get_type ())

/**
 * StokerProfile:
 *
 * What we know about a provider: one document of the catalog, read. Immutable, atomically counted;
 * its fields are read in place and never written. resources/catalog/README.md explains each.
 */
typedef struct _StokerProfile StokerProfile;
struct _StokerProfile
{
  char *id;
  char *name;
  StokerKind kind;
  gboolean is_discontinued;
  char *status_note; /* nullable */
  char *summary;
  GStrv tags;
  char *feature_flag;   /* nullable: needs none */
  char *opt_in_warning; /* nullable: needs no opt-in */
  char *service;
  char *base_url;         /* nullable */
  GPtrArray *auth_fields; /* of StokerAuthField */
  GStrv secret_aliases;
  GPtrArray *import_from; /* of StokerKeyFile */
  GStrv permissions;
  char *default_gpu;      /* nullable */
  double min_vram_gb;     /* -1 unknown */
  StokerPrice price_hint; /* unknown amount when there is none */
  GPtrArray *plans;       /* of StokerPlan */
  double uptime_percent;  /* -1 unknown */
  char *uptime_note;      /* nullable */
  StokerFact uptime_fact;
  double failure_rate; /* per job, 0…1; -1 unknown */
  StokerFact failure_fact;
  int rating;         /* 1…5; 0 none */
  char *rating_speed; /* nullable */
  char *rating_ease;  /* nullable */
  StokerFact rating_fact;
  GStrv pros;
  GStrv cons;
  char *best_for;
  GStrv choose_if;
  char *support;
  GStrv preferred_workloads;
  GHashTable *policy_hints; /* workload type → sentence */
  char *policy_highlight;
  GStrv onboarding_notes;
  GPtrArray *regions; /* of StokerRegion */
  char *residency_note;
  char *content_note;
  char *egress_notice;
  gboolean supports_persistent_storage;
  double max_payload_mb; /* -1 unknown */
  gint64 result_kept_s;  /* -1 unknown */
  GStrv capabilities;
  char *docs_url;    /* nullable */
  char *pricing_url; /* nullable */
  char *console_url; /* nullable */
  char *keys_url;    /* nullable */
  char *data_licence;
  GStrv unverified;
  GPtrArray *corrections; /* of StokerCorrection */
  char *last_checked;     /* YYYY-MM-DD */
  GStrv proved;           /* witnesses of the connector */
  GStrv proofs;           /* beside them: the same with what it was exactly, `witness: what` */
  JsonNode *connector;    /* nullable: nothing speaks to it yet */
  gboolean runs_jobs;     /* it can be sent jobs */
  GStrv runs_on;          /* nullable: ids of the plans that it sends them to; any */

  gatomicrefcount ref_count; /*< private >*/
};

extern const char *const stoker_kind_names[];
extern const char *const stoker_field_type_names[];

GType stoker_profile_get_type (void) G_GNUC_CONST;
StokerProfile *stoker_profile_decode (JsonNode *node, const char *file, GError **error);
StokerProfile *stoker_profile_ref (StokerProfile *self);
void stoker_profile_unref (StokerProfile *self);
const StokerPlan *stoker_profile_find_plan (const StokerProfile *self, const char *id);
const StokerAuthField *stoker_profile_find_field (const StokerProfile *self, const char *id);
const char *stoker_profile_get_policy_hint (const StokerProfile *self, const char *workload_type);
const char *stoker_profile_get_residency (const StokerProfile *self, const char *region);
const char *stoker_profile_get_connector_class (const StokerProfile *self);
gboolean stoker_profile_can_run (const StokerProfile *self, const char *plan_id);
gboolean stoker_profile_takes_any_gpu (const StokerProfile *self);
gboolean stoker_profile_is_hosted (const StokerProfile *self);
GStrv stoker_profile_list_operations (const StokerProfile *self);
JsonNode *stoker_profile_to_meta (const StokerProfile *self);
JsonNode *stoker_profile_to_listing (const StokerProfile *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StokerProfile, stoker_profile_unref)

G_END_DECLS
