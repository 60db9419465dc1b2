// Copyright 2026 The Stoker developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Both clients insist on https, so that their requests go to the vendor's addresses, and a policy of the pipeline takes them to the emulator.
import assert from 'node:assert/strict';
import { ComputeManagementClient } from '@azure/arm-compute';
import { ClientSecretCredential } from '@azure/identity';
import { advance, control, refused, test, url } from './harness.mjs';

const zeros = '00000000-0000-0000-0000-00000000000';
const places = { 'https://management.azure.com': '/azure', 'https://login.microsoftonline.com': '/azure-login' };
const toEmulator = {
  position: 'perRetry',
  policy: {
    name: 'toEmulator',
    async sendRequest(request, next) {
      for (const [from, to] of Object.entries(places)) if (request.url.startsWith(from)) request.url = url + to + request.url.slice(from.length);
      assert.ok(request.url.startsWith('http://127.0.0.1:'), `${request.url} is not here`);
      request.allowInsecureConnection = true;
      return next(request);
    },
  },
};
const options = { additionalPolicies: [toEmulator], retryOptions: { maxRetries: 0 } };

function account(secret, tenant = `${zeros}1`) {
  return new ClientSecretCredential(tenant, `${zeros}2`, secret, { ...options, disableInstanceDiscovery: true });
}

test('a token for the secret of an application', async () => {
  const { token, expiresOnTimestamp } = await account('az_test_good').getToken('https://management.azure.com/.default');
  assert.ok(token.startsWith('eyJ') && expiresOnTimestamp > Date.now());
});
test('a secret that is wrong', async () => {
  const error = await refused(account('wrong').getToken('https://management.azure.com/.default'), 'AuthenticationRequiredError');
  assert.match(error.message, /AADSTS7000215/);
});
