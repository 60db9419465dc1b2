// Copyright 2026 The Stoker developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Against: luma
// The vendor's npm client knows Dream Machine; the Agents interface has none.
import assert from 'node:assert/strict';
import { LumaAI } from 'lumaai';
import { advance, control, poll, refused, test, url } from './harness.mjs';

const connect = (authToken) => new LumaAI({ authToken, baseURL: `${url}/luma/dream-machine/v1`, maxRetries: 0 });
const luma = connect('luma-test_good');
const clip = { model: 'ray-2', prompt: 'a fox runs', keyframes: { frame0: { type: 'image', url: 'https://example.com/fox.png' } } };

test('credits, ping', async () => {
  assert.equal((await luma.credits.get()).credit_balance, 1234);
  assert.equal((await luma.ping.check()).message, 'pong');
});
test('a clip with a key frame, from its order to its address', async () => {
  const { id, state } = await luma.generations.create(clip);
  assert.equal(state, 'queued');
  await advance(18);
  assert.equal((await luma.generations.get(id)).state, 'dreaming');
  const done = await poll(() => luma.generations.get(id), (generation) => generation.state === 'completed');
  assert.equal((await fetch(done.assets.video)).headers.get('content-type'), 'video/mp4');
  assert.deepEqual(done.request.keyframes, clip.keyframes);
});
test('a picture, the list', async () => {
  const { id } = await luma.generations.image.create({ model: 'photon-1', prompt: 'a fox' });
  const done = await poll(() => luma.generations.get(id), (generation) => generation.state === 'completed');
  assert.ok(done.assets.image);
  assert.equal((await luma.generations.list()).count, 2);
});
test('one that fails, and one that is taken back', async () => {
  await control({ next: { fail: 'moderation' } });
  const { id } = await luma.generations.create(clip);
  assert.equal((await poll(() => luma.generations.get(id), (generation) => generation.state === 'failed')).failure_reason, 'moderation');
  await luma.generations.delete(id);
  await refused(luma.generations.get(id), 404);
});
test('a key that is wrong, one without credit, and a prompt that is too short', async () => {
  await refused(connect('luma-wrong').credits.get(), 401);
  await refused(connect('luma-test_poor').generations.create(clip), 402);
  await refused(luma.generations.create({ ...clip, prompt: 'a' }), 400);
});
