// Copyright 2026 The Stoker developers
// SPDX-License-Identifier: GPL-3.0-or-later
import assert from 'node:assert/strict';
import sdk from 'runpod-sdk';
import { poll, refused, test, url } from './harness.mjs';

const runpod = sdk.default ?? sdk;
const endpoint = (key, id) => runpod(key, { baseUrl: `${url}/runpod-jobs/v2` }).endpoint(id);

test('run, status, health', async () => {
  const comfy = endpoint('rpa_test_good', 'comfy4090');
  const created = await comfy.run({ input: { workflow: {} } });
  assert.equal(created.status, 'IN_QUEUE');
  const done = await poll(() => comfy.status(created.id), (answer) => answer.completed, 20);
  assert.ok(done.succeeded);
  assert.equal(done.output.images[0].type, 'base64');
  const health = await comfy.health();
  assert.equal(health.jobs.completed, 1);
  assert.deepEqual(Object.keys(health.workers).sort(), ['idle', 'initializing', 'ready', 'running', 'throttled', 'unhealthy']);
});
test('cancel', async () => {
  const own = endpoint('rpa_test_good', 'generic01');
  const created = await own.run({ input: { text: 'x' } });
  assert.equal((await own.cancel(created.id)).status, 'CANCELLED');
});
test('a wrong key', async () => {
  await refused(endpoint('rpa_wrong', 'comfy4090').run({ input: {} }));
});
