-- SPDX-License-Identifier: GPL-3.0-or-later
-- A hundred thousand jobs of the last four hundred days: one in ten failed, the newest twenty wait in the paused queue.
BEGIN;
INSERT INTO jobs (id, name, provider_id, state, progress, message, error_code, dry_run, estimated_nanos,
                  estimated_currency, accrued_nanos, accrued_currency, created_us, started_us, ended_us, gpu)
WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 100000),
     times (n, made_us) AS
       (SELECT n, CAST (strftime ('%s', 'now') AS INTEGER) * 1000000 - (100000 - n) * 345600000 FROM numbers)
SELECT printf ('job-%06d', n),
       printf ('%s %d', CASE n % 4 WHEN 0 THEN 'Portraits' WHEN 1 THEN 'CG upscale' WHEN 2 THEN 'Voices of chapter'
                        ELSE 'Fine-tuning' END, n),
       CASE n % 3 WHEN 0 THEN 'runpod' WHEN 1 THEN 'vast' ELSE 'lambda' END,
       CASE WHEN n > 99980 THEN 'waiting' WHEN n % 10 = 0 THEN 'failed' WHEN n % 50 = 1 THEN 'lost' ELSE 'succeeded' END,
       CASE WHEN n > 99980 THEN -1 ELSE 1 END,
       CASE WHEN n <= 99980 AND n % 10 = 0 THEN 'out of memory' END,
       -1, 0, n * 1000, 'USD', n * 900, 'USD', made_us,
       CASE WHEN n > 99980 THEN 0 ELSE made_us + 60000000 END,
       CASE WHEN n > 99980 THEN 0 ELSE made_us + 1860000000 END,
       CASE n % 2 WHEN 0 THEN 'RTX 4090' ELSE 'A100 80GB' END
FROM times;
INSERT INTO attempts (job_id, position, number, provider_id, token, remote_id, state, started_us, ended_us,
                      accrued_nanos, accrued_currency)
SELECT id, 0, 1, provider_id, 'token-' || id, 'remote-' || id, state, started_us, ended_us, accrued_nanos, 'USD'
FROM jobs WHERE started_us > 0;
INSERT INTO artifacts (job_id, position, name, path, media_type, bytes)
SELECT id, 0, 'picture.png', '/nowhere/' || id || '/picture.png', 'image/png', 1000000
FROM jobs WHERE state = 'succeeded';
INSERT INTO ledger (at_us, kind, job_id, provider_id, amount_nanos, amount_currency)
SELECT ended_us, 'accrued', id, provider_id, accrued_nanos, 'USD' FROM jobs WHERE ended_us > 0;
INSERT INTO job_documents (job_id, kind, text)
SELECT id, 'log', 'step 1' || char (10) || 'step 2' || char (10) FROM jobs;
COMMIT;
