// Copyright 2026 The Stoker developers
// SPDX-License-Identifier: GPL-3.0-or-later
// Against: aws-sagemaker
// Amazon's own clients against the emulator, which recomputes their signatures.
import assert from 'node:assert/strict';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as pricing from '@aws-sdk/client-pricing';
import * as s3 from '@aws-sdk/client-s3';
import * as sagemaker from '@aws-sdk/client-sagemaker';
import * as runtime from '@aws-sdk/client-sagemaker-runtime';
import { advance, control, refused, test, url } from './harness.mjs';

const good = { accessKeyId: 'AKIATESTGOOD', secretAccessKey: 'aws_test_good' };
const settings = (host, credentials = good) => ({ region: 'us-east-1', credentials, endpoint: `${url}/aws-sm/${host}.us-east-1.amazonaws.com`, maxAttempts: 1 });
const jobs = new sagemaker.SageMakerClient(settings('api.sagemaker'));
const job = {
  ProcessingJobName: 'contract-1', RoleArn: 'arn:aws:iam::123456789012:role/SageMakerExec',
  AppSpecification: { ImageUri: '123456789012.dkr.ecr.us-east-1.amazonaws.com/render:1', ContainerEntrypoint: ['sh', '-c', 'true'] },
  ProcessingResources: { ClusterConfig: { InstanceCount: 1, InstanceType: 'ml.g5.xlarge', VolumeSizeInGB: 50 } },
  ProcessingOutputConfig: {
    Outputs: [{ OutputName: 'out', S3Output: { S3Uri: 's3://b/out/', LocalPath: '/opt/ml/processing/output', S3UploadMode: 'EndOfJob' } }],
  },
};

test('sagemaker: create, a name that is taken, describe, stop', async () => {
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
test('sagemaker: quota, and endpoints', async () => {
  await control({ next: { refuse: 'ResourceLimitExceeded' } });
  await refused(jobs.send(new sagemaker.CreateProcessingJobCommand({ ...job, ProcessingJobName: 'contract-2' })), 'ResourceLimitExceeded');
  assert.equal((await jobs.send(new sagemaker.ListEndpointsCommand({ MaxResults: 1 }))).Endpoints[0].EndpointStatus, 'InService');
});
test('sagemaker: logs and outputs of a job', async () => {
  await jobs.send(new sagemaker.CreateProcessingJobCommand({ ...job, ProcessingJobName: 'contract-3' }));
  await advance(300);
  const told = await jobs.send(new sagemaker.DescribeProcessingJobCommand({ ProcessingJobName: 'contract-3' }));
  assert.equal(told.ProcessingJobStatus, 'Completed');
  const watch = new logs.CloudWatchLogsClient(settings('logs'));
  const group = { logGroupName: '/aws/sagemaker/ProcessingJobs' };
  const { logStreams: [stream] } = await watch.send(new logs.DescribeLogStreamsCommand({ ...group, logStreamNamePrefix: 'contract-3/' }));
  const first = await watch.send(new logs.GetLogEventsCommand({ ...group, logStreamName: stream.logStreamName, startFromHead: true }));
  assert.equal(first.events.at(-1).message, 'all frames are done');
  const next = { ...group, logStreamName: stream.logStreamName, nextToken: first.nextForwardToken, startFromHead: true };
  assert.equal((await watch.send(new logs.GetLogEventsCommand(next))).events.length, 0);
});
test('s3: put, list, get, and what is not there', async () => {
  const store = new s3.S3Client({ ...settings('s3'), bucketEndpoint: true });
  const Bucket = `${url}/aws-sm/b.s3.us-east-1.amazonaws.com`;
  await store.send(new s3.PutObjectCommand({ Bucket, Key: 'in/a fox.txt', Body: 'a fox' }));
  const { Contents } = await store.send(new s3.ListObjectsV2Command({ Bucket, Prefix: 'out/' }));
  assert.deepEqual(Contents.map((entry) => entry.Key), ['out/frame 1.png', 'out/notes.txt']);
  const got = await store.send(new s3.GetObjectCommand({ Bucket, Key: 'in/a fox.txt' }));
  assert.equal(await got.Body.transformToString(), 'a fox');
  await refused(store.send(new s3.GetObjectCommand({ Bucket, Key: 'none' })), 'NoSuchKey');
});
test('runtime: an endpoint is called, and one that there is not', async () => {
  const endpoints = new runtime.SageMakerRuntimeClient(settings('runtime.sagemaker'));
  const call = { EndpointName: 'my-ep', ContentType: 'application/json', Body: '{"prompt": "a fox"}' };
  const answer = await endpoints.send(new runtime.InvokeEndpointCommand(call));
  assert.equal(answer.ContentType, 'image/png');
  assert.equal(Buffer.from(answer.Body).subarray(1, 4).toString(), 'PNG');
  await refused(endpoints.send(new runtime.InvokeEndpointCommand({ ...call, EndpointName: 'none' })), 'ValidationError');
});
test('runtime: a request that waits for its answer in S3', async () => {
  const endpoints = new runtime.SageMakerRuntimeClient(settings('runtime.sagemaker'));
  const store = new s3.S3Client({ ...settings('s3'), bucketEndpoint: true });
  const place = (bucket) => `${url}/aws-sm/${bucket}.s3.us-east-1.amazonaws.com`;
  await store.send(new s3.PutObjectCommand({ Bucket: place('b'), Key: 'in/req.json', Body: '{}' }));
  const call = (name, key) => new runtime.InvokeEndpointAsyncCommand({
    EndpointName: name, InputLocation: `s3://b/${key}`, ContentType: 'application/json', InferenceId: 'contract-4', InvocationTimeoutSeconds: 900,
  });
  const good = await endpoints.send(call('my-async', 'in/req.json'));
  assert.equal(good.InferenceId, 'contract-4');
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(good.OutputLocation);
  const bad = await endpoints.send(call('my-async', 'in/none.json'));
  await refused(store.send(new s3.GetObjectCommand({ Bucket: place(bucket), Key: key })), 'NoSuchKey');
  await advance(100);
  const answer = await store.send(new s3.GetObjectCommand({ Bucket: place(bucket), Key: key }));
  assert.equal(Buffer.from(await answer.Body.transformToByteArray()).subarray(1, 4).toString(), 'PNG');
  const failure = /^s3:\/\/[^/]+\/(.+)$/.exec(bad.FailureLocation)[1];
  const told = await store.send(new s3.GetObjectCommand({ Bucket: place(bucket), Key: failure }));
  assert.match(await told.Body.transformToString(), /404/);
  await refused(endpoints.send(call('my-ep', 'in/req.json')), 'ValidationError');
});
test('sagemaker: an endpoint is made, and deleted', async () => {
  const named = { EndpointName: 'contract-5' };
  await refused(jobs.send(new sagemaker.CreateEndpointCommand({ ...named, EndpointConfigName: 'none' })), 'ValidationException');
  assert.match((await jobs.send(new sagemaker.CreateEndpointCommand({ ...named, EndpointConfigName: 'flux-config' }))).EndpointArn, /endpoint\/contract-5$/);
  assert.equal((await jobs.send(new sagemaker.DescribeEndpointCommand(named))).EndpointStatus, 'Creating');
  await advance(400);
  assert.equal((await jobs.send(new sagemaker.DescribeEndpointCommand(named))).EndpointStatus, 'InService');
  await jobs.send(new sagemaker.DeleteEndpointCommand(named));
  await refused(jobs.send(new sagemaker.DescribeEndpointCommand(named)), 'ValidationException');
});
test('sagemaker: what an endpoint runs on, and all endpoints page by page', async () => {
  const { EndpointConfigName } = await jobs.send(new sagemaker.DescribeEndpointCommand({ EndpointName: 'my-async' }));
  const told = await jobs.send(new sagemaker.DescribeEndpointConfigCommand({ EndpointConfigName }));
  assert.equal(told.ProductionVariants[0].InstanceType, 'ml.g6.xlarge');
  assert.match(told.AsyncInferenceConfig.OutputConfig.S3OutputPath, /^s3:/);
  const names = [];
  for await (const page of sagemaker.paginateListEndpoints({ client: jobs, pageSize: 1 }, {})) names.push(...page.Endpoints.map((entry) => entry.EndpointName));
  assert.deepEqual(names, ['my-ep', 'my-async']);
});
test('pricing: machines by what they are used for', async () => {
  const client = new pricing.PricingClient(settings('api.pricing'));
  const Filters = [
    { Type: 'TERM_MATCH', Field: 'productFamily', Value: 'ML Instance' }, { Type: 'TERM_MATCH', Field: 'regionCode', Value: 'us-east-1' },
    { Type: 'ANY_OF', Field: 'instanceName', Value: 'ml.g5.xlarge,ml.g6.xlarge' },
  ];
  const products = [];
  for await (const page of pricing.paginateGetProducts({ client, pageSize: 100 }, { ServiceCode: 'AmazonSageMaker', FormatVersion: 'aws_v1', Filters })) {
    products.push(...page.PriceList.map((text) => JSON.parse(text)));
  }
  const uses = products.map((entry) => entry.product.attributes.usagetype);
  assert.ok(['USE1-Processing:ml.g5.xlarge', 'USE1-Host:ml.g5.xlarge', 'USE1-AsyncInf:ml.g6.xlarge'].every((use) => uses.includes(use)));
});
test('keys that are wrong', async () => {
  const stranger = new sagemaker.SageMakerClient(settings('api.sagemaker', { ...good, secretAccessKey: 'other' }));
  await refused(stranger.send(new sagemaker.ListEndpointsCommand({})), 'SignatureDoesNotMatch');
});
