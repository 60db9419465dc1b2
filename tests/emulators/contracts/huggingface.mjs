// Copyright 2026 The Stoker developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Against: huggingface
import assert from 'node:assert/strict';
import { whoAmI } from '@huggingface/hub';
import { InferenceClient } from '@huggingface/inference';
import { test, url } from './harness.mjs';

const call = (name, token = 'hf_test_good') => new InferenceClient(token, { endpointUrl: `${url}/hf-endpoint/${name}` });

test('who am I', async () => {
  const me = await whoAmI({ accessToken: 'hf_test_good', hubUrl: `${url}/hf-hub` });
  assert.equal(me.name, 'acme');
  assert.equal(me.auth.accessToken.role, 'write');
});
test('a wrong token', async () => {
  await assert.rejects(whoAmI({ accessToken: 'hf_wrong', hubUrl: `${url}/hf-hub` }), (error) => error.statusCode === 401);
});
test('an endpoint answers with JSON', async () => {
  const answer = await call('translator').translation({ inputs: 'a fox' });
  assert.equal(answer.translation_text, 'ein Fuchs');
});
test('an endpoint answers with a picture', async () => {
  const answer = await call('painter').textToImage({ inputs: 'a fox' }, { outputType: 'blob' });
  assert.equal(answer.type, 'image/png');
  assert.ok(answer.size > 1000);
});
test('a token that may not call it', async () => {
  await assert.rejects(call('painter', 'hf_test_readonly').textToImage({ inputs: 'a fox' }, { outputType: 'blob' }));
});
