// Copyright 2026 The Stoker developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Against: fal, pika
// The queue of fal; Pika's models are behind it too.
import assert from 'node:assert/strict';
import { createFalClient } from '@fal-ai/client';
import { advance, poll, redirect, refused, test } from './harness.mjs';

const fetch = redirect({ 'https://queue.fal.run': '/fal-queue', 'https://rest.fal.ai': '/fal-rest' });
const connect = (credentials) => createFalClient({ credentials, fetch, retry: { maxRetries: 0 } });
const fal = connect('acme:fal_test_good');
const MODEL = 'fal-ai/flux/dev';
const input = { prompt: 'a fox', num_images: 2 };

async function live(model, order) {
  const { request_id: requestId } = await fal.queue.submit(model, { input: order });
  await poll(() => fal.queue.status(model, { requestId, logs: true }), (answer) => answer.status === 'COMPLETED');
  return (await fal.queue.result(model, { requestId })).data;
}

test('submit, status with logs, result', async () => {
  const queued = await fal.queue.submit(MODEL, { input });
  assert.equal(queued.status, 'IN_QUEUE');
  const ask = { requestId: queued.request_id, logs: true };
  assert.equal((await fal.queue.status(MODEL, ask)).queue_position, 0);
  await advance(18);
  const running = await fal.queue.status(MODEL, ask);
  assert.equal(running.status, 'IN_PROGRESS');
  assert.match(running.logs.at(-1).message, /^50%/);
  await advance(20);
  assert.equal((await fal.queue.status(MODEL, ask)).status, 'COMPLETED');
  const { data } = await fal.queue.result(MODEL, ask);
  assert.equal(data.images.length, 2);
  assert.ok(data.images[0].url);
});
test("a clip of Pika's", async () => {
  const { video } = await live('fal-ai/pika/v2.2/text-to-video', { prompt: 'a fox' });
  assert.equal(video.content_type, 'video/mp4');
});
test('cancel', async () => {
  const { request_id: requestId } = await fal.queue.submit(MODEL, { input });
  await fal.queue.cancel(MODEL, { requestId });
  await advance(60);
  await fal.queue.cancel(MODEL, { requestId }).then(assert.fail, (error) => assert.equal(error.status, 400));
});
test('a file is uploaded', async () => {
  const address = await fal.storage.upload(new File(['a fox'], 'fox.txt', { type: 'text/plain' }));
  assert.equal(await (await globalThis.fetch(address)).text(), 'a fox');
});
test('a key that is wrong, one without credit, and a prompt that is missing', async () => {
  assert.equal((await refused(connect('wrong:key').queue.submit(MODEL, { input }), 401)).name, 'ApiError');
  await refused(connect('acme:fal_test_poor').queue.submit(MODEL, { input }), 403);
  assert.equal((await refused(fal.queue.submit(MODEL, { input: {} }), 422)).name, 'ValidationError');
});
