// Copyright 2026 The Stoker developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Amazon's own clients against the emulator, which recomputes their signatures. Run by test-contract.py.
import assert from 'node:assert/strict';
import * as ec2 from '@aws-sdk/client-ec2';
import * as sagemaker from '@aws-sdk/client-sagemaker';
import * as sts from '@aws-sdk/client-sts';

const url = process.env.EMULATOR_URL;
const good = { accessKeyId: 'AKIATESTGOOD', secretAccessKey: 'aws_test_good' };
let number = 0;

async function test(name, body) {
  number += 1;
  try {
    await body();
    console.log(`ok ${number} ${name}`);
  } catch (error) {
    console.log(`not ok ${number} ${name}`);
    console.log(`# ${String(error.stack).split('\n').join('\n# ')}`);
    process.exitCode = 1;
  }
}

const settings = (host, credentials = good) => ({ region: 'us-east-1', credentials, endpoint: `${url}/${host}.us-east-1.amazonaws.com`, maxAttempts: 1 });
const refused = async (promise, name) => {
  const error = await promise.then(() => null, (reason) => reason);
  assert.equal(error?.name, name);
  return error;
};
const control = (order) => fetch(`${url}/_control`, { method: 'POST', body: JSON.stringify(order) });

console.log('1..7');

await test('sts: who am I, and keys that are wrong', async () => {
  const client = new sts.STSClient(settings('aws/sts'));
  assert.equal((await client.send(new sts.GetCallerIdentityCommand({}))).Account, '123456789012');
  const wrong = new sts.STSClient(settings('aws/sts', { ...good, secretAccessKey: 'other' }));
  await refused(wrong.send(new sts.GetCallerIdentityCommand({})), 'SignatureDoesNotMatch');
  const unknown = new sts.STSClient(settings('aws/sts', { ...good, accessKeyId: 'AKIAUNKNOWN' }));
  await refused(unknown.send(new sts.GetCallerIdentityCommand({})), 'InvalidClientTokenId');
});
await test('sts: temporary credentials', async () => {
  const credentials = { accessKeyId: 'ASIATESTTEMPORARY', secretAccessKey: 'aws_test_good', sessionToken: 'session_test_good' };
  const client = new sts.STSClient(settings('aws/sts', credentials));
  assert.match((await client.send(new sts.GetCallerIdentityCommand({}))).Arn, /^arn:aws:iam::/);
});

const machines = new ec2.EC2Client(settings('aws/ec2'));
const order = {
  ImageId: 'ami-0123456789abcdef0', InstanceType: 'g5.xlarge', MinCount: 1, MaxCount: 1, ClientToken: 'contract-1',
  UserData: Buffer.from('#!/bin/bash\ntrue\n').toString('base64'), InstanceInitiatedShutdownBehavior: 'terminate',
  InstanceMarketOptions: { MarketType: 'spot', SpotOptions: { SpotInstanceType: 'one-time' } },
  TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'stoker-job', Value: 'contract-1' }] }],
};

await test('ec2: a dry run', async () => {
  const error = await refused(machines.send(new ec2.RunInstancesCommand({ ...order, DryRun: true })), 'DryRunOperation');
  assert.equal(error.$metadata.httpStatusCode, 412);
});
await test('ec2: launch, again with the same token, describe, log, terminate', async () => {
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
await test('ec2: spot prices, and no capacity', async () => {
  const asked = new ec2.DescribeSpotPriceHistoryCommand({ InstanceTypes: ['g5.xlarge'], ProductDescriptions: ['Linux/UNIX'], StartTime: new Date() });
  const { SpotPriceHistory: prices } = await machines.send(asked);
  assert.ok(prices.length > 0 && Number(prices[0].SpotPrice) > 0 && prices[0].AvailabilityZone.startsWith('us-east-1'));
  await control({ fault: 'no-capacity' });
  await refused(machines.send(new ec2.RunInstancesCommand({ ...order, ClientToken: 'contract-2' })), 'InsufficientInstanceCapacity');
  await control({ fault: 'none' });
});

const jobs = new sagemaker.SageMakerClient(settings('aws-sm/api.sagemaker'));
const job = {
  ProcessingJobName: 'contract-1', RoleArn: 'arn:aws:iam::123456789012:role/SageMakerExec',
  AppSpecification: { ImageUri: '123456789012.dkr.ecr.us-east-1.amazonaws.com/render:1', ContainerEntrypoint: ['sh', '-c', 'true'] },
  ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.g5.xlarge', VolumeSizeInGB: 50 } },
  ProcessingOutputConfig: {
    Outputs: [{ OutputName: 'out', S3Output: { S3Uri: 's3://b/out/', LocalPath: '/opt/ml/processing/output', S3UploadMode: 'EndOfJob' } }],
  },
};

await test('sagemaker: create, a name that is taken, describe, stop', async () => {
  const named = { ProcessingJobName: 'contract-1' };
  assert.match((await jobs.send(new sagemaker.CreateProcessingJobCommand(job))).ProcessingJobArn, /processing-job\/contract-1$/);
  await refused(jobs.send(new sagemaker.CreateProcessingJobCommand(job)), 'ResourceInUse');
  await control({ advance: 70 });
  const told = await jobs.send(new sagemaker.DescribeProcessingJobCommand(named));
  assert.equal(told.ProcessingJobStatus, 'InProgress');
  assert.ok(told.ProcessingStartTime instanceof Date);
  await jobs.send(new sagemaker.StopProcessingJobCommand(named));
  assert.equal((await jobs.send(new sagemaker.DescribeProcessingJobCommand(named))).ProcessingJobStatus, 'Stopping');
  await control({ advance: 20 });
  assert.equal((await jobs.send(new sagemaker.DescribeProcessingJobCommand(named))).ProcessingJobStatus, 'Stopped');
});
await test('sagemaker: quota, and endpoints', async () => {
  await control({ next: { refuse: 'ResourceLimitExceeded' } });
  await refused(jobs.send(new sagemaker.CreateProcessingJobCommand({ ...job, ProcessingJobName: 'contract-2' })), 'ResourceLimitExceeded');
  assert.equal((await jobs.send(new sagemaker.ListEndpointsCommand({ MaxResults: 1 }))).Endpoints[0].EndpointStatus, 'InService');
});
