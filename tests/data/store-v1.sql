-- SPDX-License-Identifier: GPL-3.0-or-later
-- A database as version 1 left it. Never to be changed: such files are out there.
BEGIN;
CREATE TABLE meta (key TEXT PRIMARY KEY,
  value TEXT NOT NULL) STRICT;
CREATE TABLE providers ( id TEXT PRIMARY KEY,
  position INTEGER NOT NULL,
  entry TEXT NOT NULL) STRICT;
CREATE TABLE jobs ( id TEXT PRIMARY KEY,
  name TEXT,
  provider_id TEXT,
  state TEXT NOT NULL,
  progress REAL NOT NULL,
  stage TEXT,
  message TEXT,
  error_code INTEGER NOT NULL,
  dry_run INTEGER NOT NULL,
  estimated_nanos INTEGER,
  estimated_currency TEXT,
  accrued_nanos INTEGER,
  accrued_currency TEXT,
  created_us INTEGER NOT NULL,
  started_us INTEGER NOT NULL,
  ended_us INTEGER NOT NULL,
  CHECK ((estimated_nanos IS NULL) = (estimated_currency IS NULL)),
  CHECK ((accrued_nanos IS NULL) = (accrued_currency IS NULL))) STRICT;
CREATE INDEX jobs_by_age ON jobs (created_us);
CREATE TABLE job_documents ( job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (job_id, kind)) STRICT;
CREATE TABLE attempts ( id INTEGER PRIMARY KEY,
  job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  number INTEGER NOT NULL,
  provider_id TEXT,
  token TEXT,
  remote_id TEXT,
  handle TEXT,
  state TEXT NOT NULL,
  message TEXT,
  started_us INTEGER NOT NULL,
  ended_us INTEGER NOT NULL,
  accrued_nanos INTEGER,
  accrued_currency TEXT,
  UNIQUE (job_id, position),
  CHECK ((accrued_nanos IS NULL) = (accrued_currency IS NULL))) STRICT;
CREATE TABLE artifacts ( job_id TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  name TEXT,
  path TEXT,
  media_type TEXT,
  bytes INTEGER NOT NULL,
  checksum TEXT,
  PRIMARY KEY (job_id, position)) STRICT;
CREATE TABLE ledger ( id INTEGER PRIMARY KEY,
  at_us INTEGER NOT NULL,
  kind TEXT NOT NULL,
  job_id TEXT,
  provider_id TEXT,
  project TEXT,
  amount_nanos INTEGER,
  amount_currency TEXT,
  note TEXT,
  CHECK ((amount_nanos IS NULL) = (amount_currency IS NULL))) STRICT;
CREATE INDEX ledger_by_age ON ledger (at_us);
CREATE UNIQUE INDEX ledger_accrued ON ledger (job_id) WHERE kind = 'accrued';
INSERT INTO providers VALUES ('runpod-1', 1, '{"id":"runpod-1","name":"RunPod Demo","kind":"gpu"}');
INSERT INTO jobs VALUES ('job-1', 'First', 'runpod-1', 'succeeded', 1.0, NULL, NULL, -1, 0,
  450000000, 'USD', 430000000, 'USD', 1700000000000000, 1700000060000000, 1700000120000000);
INSERT INTO jobs VALUES ('job-2', 'Second', 'runpod-1', 'running', 0.5, 'Sampling', NULL, -1, 0,
  NULL, NULL, NULL, NULL, 1700000200000000, 1700000260000000, 0);
INSERT INTO job_documents VALUES ('job-2', 'workload', '{"name":"Second"}');
INSERT INTO attempts VALUES (1, 'job-2', 0, 1, 'runpod-1', 'stoker-job-2-1', 'pod-77', NULL, 'running', NULL,
  1700000260000000, 0, NULL, NULL);
INSERT INTO artifacts VALUES ('job-1', 0, 'out.png', '/tmp/out.png', 'image/png', 1000, NULL);
INSERT INTO ledger VALUES (1, 1700000000000000, 'estimated', 'job-1', 'runpod-1', NULL, 450000000, 'USD', NULL);
INSERT INTO ledger VALUES (2, 1700000120000000, 'accrued', 'job-1', 'runpod-1', NULL, 430000000, 'USD', NULL);
PRAGMA user_version = 1;
COMMIT;
