// Copyright 2026 The Stoker developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Against: runpod
import assert from 'node:assert/strict';
import sdk from 'runpod-sdk';
import { advance, control, poll, refused, test, url } from './harness.mjs';

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
test('run and wait', async () => {
  await control({ speed: 1000 });
  const done = await endpoint('rpa_test_good', 'generic01').runSync({ input: { text: 'x' } }, 90000);
  assert.equal(done.status, 'COMPLETED');
  await control({ speed: 0.0001 });
});
test('stream: each piece once', async () => {
  const own = endpoint('rpa_test_good', 'generic01');
  const created = await own.run({ input: { text: 'x' } });
  const pieces = [];
  await advance(20);
  for await (const piece of own.stream(created.id)) {
    pieces.push(piece.output);
    await advance(20);
  }
  assert.deepEqual(pieces, ['piece 0', 'piece 1', 'piece 2']);
});
test('purge the queue', async () => {
  assert.deepEqual(await endpoint('rpa_test_good', 'comfys3').purgeQueue(), { removed: 0, status: 'completed' });
});
