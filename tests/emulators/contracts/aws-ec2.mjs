// Copyright 2026 The Stoker developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Against: aws-ec2
// Amazon's own clients against the emulator, which recomputes their signatures.
import assert from 'node:assert/strict';
import * as ec2 from '@aws-sdk/client-ec2';
import * as pricing from '@aws-sdk/client-pricing';
import * as quotas from '@aws-sdk/client-service-quotas';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import { control, refused, test, url } from './harness.mjs';

const good = { accessKeyId: 'AKIATESTGOOD', secretAccessKey: 'aws_test_good' };
const settings = (host, credentials = good) => ({ region: 'us-east-1', credentials, endpoint: `${url}/aws/${host}.us-east-1.amazonaws.com`, maxAttempts: 1 });

test('sts: who am I, and keys that are wrong', async () => {
  const client = new sts.STSClient(settings('sts'));
  assert.equal((await client.send(new sts.GetCallerIdentityCommand({}))).Account, '123456789012');
  const wrong = new sts.STSClient(settings('sts', { ...good, secretAccessKey: 'other' }));
  await refused(wrong.send(new sts.GetCallerIdentityCommand({})), 'SignatureDoesNotMatch');
  const unknown = new sts.STSClient(settings('sts', { ...good, accessKeyId: 'AKIAUNKNOWN' }));
  await refused(unknown.send(new sts.GetCallerIdentityCommand({})), 'InvalidClientTokenId');
});
test('sts: temporary credentials', async () => {
  const credentials = { accessKeyId: 'ASIATESTTEMPORARY', secretAccessKey: 'aws_test_good', sessionToken: 'session_test_good' };
  const client = new sts.STSClient(settings('sts', credentials));
  assert.match((await client.send(new sts.GetCallerIdentityCommand({}))).Arn, /^arn:aws:iam::/);
});

const machines = new ec2.EC2Client(settings('ec2'));
const order = {
  ImageId: 'ami-0123456789abcdef0', InstanceType: 'g5.xlarge', MinCount: 1, MaxCount: 1, ClientToken: 'contract-1',
  UserData: Buffer.from('#!/bin/bash\ntrue\n').toString('base64'), InstanceInitiatedShutdownBehavior: 'terminate',
  InstanceMarketOptions: { MarketType: 'spot', SpotOptions: { SpotInstanceType: 'one-time' } },
  TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'stoker-job', Value: 'contract-1' }] }],
};

test('ec2: a dry run', async () => {
  const error = await refused(machines.send(new ec2.RunInstancesCommand({ ...order, DryRun: true })), 'DryRunOperation');
  assert.equal(error.$metadata.httpStatusCode, 412);
});
test('ec2: launch, again with the same token, describe, log, terminate', async () => {
  const { Instances: [made] } = await machines.send(new ec2.RunInstancesCommand(order));
  const { Instances: [again] } = await machines.send(new ec2.RunInstancesCommand(order));
  assert.equal(made.InstanceId, again.InstanceId);
  assert.equal(made.State.Name, 'pending');
  await refused(machines.send(new ec2.RunInstancesCommand({ ...order, InstanceType: 'g6.xlarge' })), 'IdempotentParameterMismatch');
  await control({ advance: 30 });
  const filter = { Filters: [{ Name: 'tag:stoker-job', Values: ['contract-1'] }] };
  const { Reservations: [found] } = await machines.send(new ec2.DescribeInstancesCommand(filter));
  assert.equal(found.Instances[0].State.Name, 'running');
  assert.equal(found.Instances[0].InstanceLifecycle, 'spot');
  const { Output } = await machines.send(new ec2.GetConsoleOutputCommand({ InstanceId: made.InstanceId, Latest: true }));
  assert.match(Buffer.from(Output, 'base64').toString(), /frame 1 of 4/);
  const { TerminatingInstances: [ended] } = await machines.send(new ec2.TerminateInstancesCommand({ InstanceIds: [made.InstanceId] }));
  assert.equal(ended.PreviousState.Name, 'running');
  const { Reservations: [after] } = await machines.send(new ec2.DescribeInstancesCommand({ InstanceIds: [made.InstanceId] }));
  assert.equal(after.Instances[0].StateReason.Code, 'Client.UserInitiatedShutdown');
  await refused(machines.send(new ec2.DescribeInstancesCommand({ InstanceIds: ['i-00000000000000000'] })), 'InvalidInstanceID.NotFound');
});
test('ec2: the default network, zone by zone', async () => {
  const { Subnets: found } = await machines.send(new ec2.DescribeSubnetsCommand({ Filters: [{ Name: 'default-for-az', Values: ['true'] }] }));
  assert.deepEqual(found.map((subnet) => subnet.AvailabilityZone), ['us-east-1a', 'us-east-1b']);
  await control({ settings: { full_zones: 'a' } });
  const at = (subnet) => new ec2.RunInstancesCommand({ ...order, ClientToken: `contract-${subnet.SubnetId}`, SubnetId: subnet.SubnetId });
  await refused(machines.send(at(found[0])), 'InsufficientInstanceCapacity');
  const { Instances: [made] } = await machines.send(at(found[1]));
  assert.equal(made.Placement.AvailabilityZone, 'us-east-1b');
  await control({ settings: { full_zones: '' } });
});
test('ec2: spot prices, and no capacity', async () => {
  const asked = new ec2.DescribeSpotPriceHistoryCommand({ InstanceTypes: ['g5.xlarge'], ProductDescriptions: ['Linux/UNIX'], StartTime: new Date() });
  const { SpotPriceHistory: prices } = await machines.send(asked);
  assert.ok(prices.length > 0 && Number(prices[0].SpotPrice) > 0 && prices[0].AvailabilityZone.startsWith('us-east-1'));
  await control({ fault: 'no-capacity' });
  await refused(machines.send(new ec2.RunInstancesCommand({ ...order, ClientToken: 'contract-2' })), 'InsufficientInstanceCapacity');
  await control({ fault: 'none' });
});
test('pricing: on-demand prices of a region', async () => {
  const client = new pricing.PricingClient(settings('api.pricing'));
  const match = (Field, Value) => ({ Type: 'TERM_MATCH', Field, Value });
  const Filters = [match('regionCode', 'us-east-1'), match('operatingSystem', 'Linux'), match('marketoption', 'OnDemand')];
  const { PriceList } = await client.send(new pricing.GetProductsCommand({ ServiceCode: 'AmazonEC2', FormatVersion: 'aws_v1', Filters, MaxResults: 100 }));
  const products = PriceList.map((text) => JSON.parse(text));
  assert.ok(products.length > 0 && products.every((entry) => entry.product.attributes.regionCode === 'us-east-1'));
  const [term] = Object.values(products[0].terms.OnDemand);
  assert.ok(Number(Object.values(term.priceDimensions)[0].pricePerUnit.USD) > 0);
  await refused(client.send(new pricing.GetProductsCommand({ ServiceCode: 'None' })), 'InvalidParameterException');
});
test('service quotas, and the image for a machine', async () => {
  const client = new quotas.ServiceQuotasClient(settings('servicequotas'));
  const { Quota } = await client.send(new quotas.GetServiceQuotaCommand({ ServiceCode: 'ec2', QuotaCode: 'L-DB2E81BA' }));
  assert.equal(typeof Quota.Value, 'number');
  await refused(client.send(new quotas.GetServiceQuotaCommand({ ServiceCode: 'ec2', QuotaCode: 'L-00000000' })), 'NoSuchResourceException');
  const parameters = new ssm.SSMClient(settings('ssm'));
  const Name = '/aws/service/deeplearning/ami/x86_64/base-oss-nvidia-driver-gpu-ubuntu-22.04/latest/ami-id';
  assert.match((await parameters.send(new ssm.GetParameterCommand({ Name }))).Parameter.Value, /^ami-/);
  await refused(parameters.send(new ssm.GetParameterCommand({ Name: '/none' })), 'ParameterNotFound');
});
