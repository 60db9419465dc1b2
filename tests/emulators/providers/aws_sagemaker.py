# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""AWS SageMaker: processing jobs, a real-time and an asynchronous endpoint, with STS, the price list, CloudWatch Logs and S3.

    http://HOST/aws-sm/api.sagemaker.REGION.amazonaws.com/  stands for https://api.sagemaker.REGION.amazonaws.com/

Written from the service models of botocore 1.43.11 and its recorded requests, read on 2026-11-21; ../aws.py tells the keys. Too many requests are a 400 with
a code of their own. The real-time endpoint is called my-ep, the asynchronous one
my-async; others are made of the configurations flux-config and flux-async-config. The price list follows programs that ask it (one of Amazon,
Apache-2.0, file `sagemaker-notebook-instance-type` of its generator); a page of it is short here.
"""

import re
import uuid

from aws import ACCOUNT, Aws, json_error
from server import Answer, TimedJob, make_png

JSON = 'application/x-amz-json-1.1'
NAME = re.compile(r'[a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}')
TYPES = ('ml.g4dn.xlarge', 'ml.g5.xlarge', 'ml.g6.xlarge', 'ml.g6e.xlarge', 'ml.p3.2xlarge', 'ml.p5.4xlarge')
PRICES = {'ml.g4dn.xlarge': '0.7364000000', 'ml.g5.xlarge': '1.4084000000', 'ml.g6.xlarge': '1.1267000000', 'ml.g5.12xlarge': '7.0900000000',
          'ml.m5.large': '0.1150000000'}
# What it is used for → as it is called in the price list.
USES = {'Training': 'Train', 'Processing': 'Processing', 'Hosting': 'Host', 'Asynchronous Inference': 'AsyncInf'}
ENDPOINT = 'my-ep'
ASYNC_ENDPOINT = 'my-async'
MACHINES = {ENDPOINT + '-config': 'ml.g5.xlarge', ASYNC_ENDPOINT + '-config': 'ml.g6.xlarge'}
# Configuration → the bucket that an asynchronous one answers to.
CONFIGURATIONS = {'flux-config': None, 'flux-async-config': 'answers'}
CREATING_S = 300
STOPPING_S = 10
MAX_BODY = 6291456
REFUSALS = {
    'ResourceLimitExceeded': "The account-level service limit 'ml.g5.xlarge for processing job usage' is 0 Instances.",
    'AccessDeniedException': 'User is not authorized to perform: sagemaker:CreateProcessingJob',
}


class Processing(TimedJob):
    def __init__(self, emulator, call, order):
        super().__init__(emulator, call.access_key, order, wait_s=60.0, run_s=120.0)
        self.name = order['ProcessingJobName']
        self.region = call.region
        self.is_published = False

    def status(self):
        phase = self.phase()
        if phase == 'cancelled':
            return 'Stopping' if self.clock.now() < self.cancelled + STOPPING_S else 'Stopped'
        return {'waiting': 'InProgress', 'running': 'InProgress', 'done': 'Completed', 'failed': 'Failed'}[phase]

    def moment(self, at):
        return round(self.born + at - self.created, 3)

    def describe(self):
        answer = dict(self.order, ProcessingJobStatus=self.status(), CreationTime=self.moment(self.created),
                      ProcessingJobArn='arn:aws:sagemaker:%s:%s:processing-job/%s' % (self.region, ACCOUNT, self.name))
        if self.starts is not None and self.clock.now() >= self.starts and (self.cancelled is None or self.cancelled > self.starts):
            answer['ProcessingStartTime'] = self.moment(self.starts)
        if self.phase() in ('done', 'failed'):
            answer['ProcessingEndTime'] = self.moment(self.ends)
        if self.phase() == 'failed':
            answer['FailureReason'] = self.outcome['fail']
        return answer

    def lines(self):
        if self.phase() == 'waiting':
            return []
        return ['frame 1 of 4', 'frame 2 of 4'] + (['all frames are done'] if self.phase() == 'done' else [])


class Endpoint:
    def __init__(self, clock, region, name, bucket, configuration, wait_s=0):
        self.clock, self.region, self.name, self.bucket, self.configuration = clock, region, name, bucket, configuration
        self.ready = clock.now() + wait_s

    def status(self):
        return 'InService' if self.clock.now() >= self.ready else 'Creating'

    def arn(self):
        return 'arn:aws:sagemaker:%s:%s:endpoint/%s' % (self.region, ACCOUNT, self.name)


class Inference(TimedJob):
    """A request that waits for an asynchronous endpoint: its answer, or its failure, is a file."""

    def __init__(self, emulator, call, bucket, content):
        super().__init__(emulator, call.access_key, {'input': call.request.headers['X-Amzn-SageMaker-InputLocation']}, wait_s=20.0, run_s=40.0)
        self.name = call.request.headers.get('X-Amzn-SageMaker-Inference-Id') or str(uuid.uuid4())
        self.bucket = bucket
        self.content = content
        self.output, self.failure = 'out/%s.out' % self.id, 'failed/%s-error.out' % self.id
        if content is None:
            self.outcome = {'fail': 'Received client error (404) from S3 for the input'}
        self.is_published = False

    def publish(self, objects):
        if self.is_published or self.phase() not in ('done', 'failed'):
            return
        self.is_published = True
        if self.phase() == 'done':
            objects[(self.bucket, self.output)] = make_png()
        else:
            objects[(self.bucket, self.failure)] = self.outcome['fail'].encode()


class AwsSageMaker(Aws):
    name = 'aws-sagemaker'
    place = 'aws-sm'
    product_code = 'AmazonSageMaker'
    product_family = 'ML Instance'
    products_a_page = 7

    def __init__(self, emulator):
        super().__init__(emulator)
        self.endpoints = {}

    def find_endpoint(self, call, name):
        """Two are always there."""
        known = self.endpoints.get((call.region, name))
        if known is None and (call.region, name) not in self.endpoints and name in (ENDPOINT, ASYNC_ENDPOINT):
            known = Endpoint(self.clock, call.region, name, 'answers' if name == ASYNC_ENDPOINT else None, name + '-config')
        return known

    def products(self):
        for region in ('eu-west-1', 'us-east-1'):
            for number, (kind, price) in enumerate(PRICES.items()):
                for component, use in USES.items():
                    attributes = {'instanceName': kind, 'instanceType': '%s-%s' % (kind, component), 'component': component, 'regionCode': region,
                                  'usagetype': '%s-%s:%s' % ('EU' if region == 'eu-west-1' else 'USE1', use, kind), 'servicecode': 'AmazonSageMaker'}
                    yield attributes, 'SKU%s%d%s' % (region[:2].upper(), number, use.upper()), price if use != 'Train' else '9.9900000000'

    def throttled(self, retry_after):
        answer = json_error(400, 'ThrottlingException', 'Rate exceeded')
        if retry_after is not None:
            answer.headers['Retry-After'] = str(retry_after)
        return answer

    def sagemaker_ListEndpoints(self, call):
        found = [self.find_endpoint(call, name) for name in (ENDPOINT, ASYNC_ENDPOINT)]
        found += [endpoint for (region, name), endpoint in self.endpoints.items() if region == call.region and name not in (ENDPOINT, ASYNC_ENDPOINT)]
        begin, found = int(call.json().get('NextToken', '0')), [endpoint for endpoint in found if endpoint is not None]
        end = begin + min(call.json().get('MaxResults', 10), 100)
        more = {'NextToken': str(end)} if end < len(found) else {}
        return Answer(200, {'Endpoints': [{'EndpointName': endpoint.name, 'EndpointArn': endpoint.arn(), 'EndpointStatus': endpoint.status(),
                                           'CreationTime': 1750000000.0, 'LastModifiedTime': 1750000000.0} for endpoint in found[begin:end]], **more}, JSON)

    def sagemaker_DescribeEndpointConfig(self, call):
        name = call.json().get('EndpointConfigName')
        bucket = 'answers' if name == ASYNC_ENDPOINT + '-config' else CONFIGURATIONS.get(name)
        if name not in MACHINES and name not in CONFIGURATIONS:
            return json_error(400, 'ValidationException', 'Could not find endpoint configuration "%s".' % name)
        answer = {'EndpointConfigName': name, 'EndpointConfigArn': 'arn:aws:sagemaker:%s:%s:endpoint-config/%s' % (call.region, ACCOUNT, name),
                  'ProductionVariants': [{'VariantName': 'AllTraffic', 'ModelName': 'flux', 'InstanceType': MACHINES.get(name, 'ml.g5.xlarge')}],
                  'CreationTime': 1750000000.0}
        if bucket is not None:
            answer['AsyncInferenceConfig'] = {'OutputConfig': {'S3OutputPath': 's3://%s/out' % bucket}}
        return Answer(200, answer, JSON)

    def sagemaker_CreateEndpoint(self, call):
        name, configuration = call.json().get('EndpointName', ''), call.json().get('EndpointConfigName')
        if not NAME.fullmatch(name):
            return json_error(400, 'ValidationException', 'EndpointName does not satisfy the pattern')
        if configuration not in CONFIGURATIONS:
            return json_error(400, 'ValidationException', 'Could not find endpoint configuration "%s".' % configuration)
        if self.find_endpoint(call, name) is not None:
            return json_error(400, 'ValidationException', 'Cannot create already existing endpoint "%s".' % name)
        self.endpoints[(call.region, name)] = Endpoint(self.clock, call.region, name, CONFIGURATIONS[configuration], configuration, CREATING_S)
        return Answer(200, {'EndpointArn': self.endpoints[(call.region, name)].arn()}, JSON)

    def sagemaker_DescribeEndpoint(self, call):
        name = call.json().get('EndpointName')
        endpoint = self.find_endpoint(call, name)
        if endpoint is None:
            return json_error(400, 'ValidationException', 'Could not find endpoint "%s".' % name)
        return Answer(200, {'EndpointName': name, 'EndpointArn': endpoint.arn(), 'EndpointStatus': endpoint.status(),
                            'EndpointConfigName': endpoint.configuration}, JSON)

    def sagemaker_DeleteEndpoint(self, call):
        name = call.json().get('EndpointName')
        if self.find_endpoint(call, name) is None:
            return json_error(400, 'ValidationException', 'Could not find endpoint "%s".' % name)
        self.endpoints[(call.region, name)] = None
        return Answer(200, b'', JSON)

    def check_order(self, order):
        """What is wrong with the request, or None."""
        cluster = order.get('ProcessingResources', {}).get('ClusterConfig', {})
        if not NAME.fullmatch(order.get('ProcessingJobName', '')):
            return 'ProcessingJobName does not satisfy the pattern'
        if not re.fullmatch(r'arn:aws[a-z-]*:iam::\d{12}:role/.+', order.get('RoleArn', '')):
            return 'RoleArn does not satisfy the pattern'
        if '.dkr.ecr.' not in order.get('AppSpecification', {}).get('ImageUri', ''):
            return 'Invalid image URI; it must be in Amazon ECR'
        if cluster.get('InstanceType') not in TYPES or cluster.get('InstanceCount') != 1:
            return 'ClusterConfig is not valid'
        if not isinstance(cluster.get('VolumeSizeInGB'), int) or not 1 <= cluster['VolumeSizeInGB'] <= 16384:
            return 'VolumeSizeInGB is not valid'
        if not 1 <= order.get('StoppingCondition', {}).get('MaxRuntimeInSeconds', 1) <= 777600:
            return 'MaxRuntimeInSeconds is not valid'
        return None

    def sagemaker_CreateProcessingJob(self, call):
        order = call.json()
        wrong = self.check_order(order)
        if wrong is not None:
            return json_error(400, 'ValidationException', wrong)
        if (call.region, order['ProcessingJobName']) in self.jobs:
            return json_error(400, 'ResourceInUse', 'Job name must be unique within an AWS account and region')
        outcomes = self.emulator.next_outcomes
        if outcomes and 'refuse' in outcomes[0]:
            code = outcomes.pop(0)['refuse']
            return json_error(400, code, REFUSALS[code])
        job = Processing(self.emulator, call, order)
        self.jobs[(call.region, job.name)] = job
        return Answer(200, {'ProcessingJobArn': job.describe()['ProcessingJobArn']}, JSON)

    def find(self, call):
        return self.jobs.get((call.region, call.json().get('ProcessingJobName')))

    def sagemaker_DescribeProcessingJob(self, call):
        job = self.find(call)
        if job is None:
            return json_error(400, 'ValidationException', 'Could not find requested job')
        if job.phase() == 'done' and not job.is_published:
            job.is_published = True
            for output in job.order['ProcessingOutputConfig']['Outputs']:
                bucket, prefix = re.fullmatch('s3://([^/]+)/(.*)', output['S3Output']['S3Uri']).groups()
                self.objects[(bucket, prefix + 'frame 1.png')] = make_png()
                self.objects[(bucket, prefix + 'notes.txt')] = b'done\n'
        return Answer(200, job.describe(), JSON)

    def sagemaker_StopProcessingJob(self, call):
        job = self.find(call)
        if job is None or job.status() != 'InProgress':
            return json_error(400, 'ValidationException', 'The request was rejected because the job is in status %s.' % (job and job.status()))
        job.cancel()
        return Answer(200, {}, JSON)

    def check_invocation(self, call):
        """The endpoint of the request, or what is wrong with it."""
        name = call.path.split('/')[2]
        endpoint = self.find_endpoint(call, name)
        if endpoint is None or endpoint.status() != 'InService':
            return None, Answer(400, {'message': 'Endpoint %s of account %s not found.' % (name, ACCOUNT)}, headers={'x-amzn-ErrorType': 'ValidationError'})
        if self.emulator.no_capacity:
            return None, Answer(503, {'message': 'Service Unavailable'}, headers={'x-amzn-ErrorType': 'ServiceUnavailable'})
        return endpoint, None

    def sagemaker_invocations(self, call):
        endpoint, wrong = self.check_invocation(call)
        if wrong is not None:
            return wrong
        if endpoint.bucket is not None:
            return Answer(400, {'message': 'Endpoint %s does not support this inference type.' % endpoint.name},
                          headers={'x-amzn-ErrorType': 'ValidationError'})
        if len(call.request.body) > MAX_BODY:
            return Answer(413, {'message': 'the body is too large'})
        number = len(self.jobs)
        self.jobs[('endpoint', number)] = call.request.json()
        return Answer(200, make_png(seed=number), 'image/png', {'x-Amzn-Invoked-Production-Variant': 'AllTraffic'})

    def sagemaker_async_invocations(self, call):
        endpoint, wrong = self.check_invocation(call)
        if wrong is not None:
            return wrong
        location = re.fullmatch('s3://([^/]+)/(.+)', call.request.headers.get('X-Amzn-SageMaker-InputLocation', ''))
        limit = int(call.request.headers.get('X-Amzn-SageMaker-InvocationTimeoutSeconds', 900))
        wrong = None
        if endpoint.bucket is None:
            wrong = 'Endpoint %s does not support this inference type.' % endpoint.name
        elif location is None or call.request.body:
            wrong = 'The input has to be in S3, and InputLocation to tell where.'
        elif not 1 <= limit <= 3600:
            wrong = 'InvocationTimeoutSeconds is not valid'
        if wrong is not None:
            return Answer(400, {'message': wrong}, headers={'x-amzn-ErrorType': 'ValidationError'})
        job = Inference(self.emulator, call, endpoint.bucket, self.objects.get(location.groups()))
        self.jobs[(call.region, 'inference', job.id)] = job
        return Answer(202, {'InferenceId': job.name}, headers={
            'X-Amzn-SageMaker-OutputLocation': 's3://%s/%s' % (job.bucket, job.output),
            'X-Amzn-SageMaker-FailureLocation': 's3://%s/%s' % (job.bucket, job.failure)})

    def publish(self):
        for job in self.jobs.values():
            if isinstance(job, Inference):
                job.publish(self.objects)

    def s3_list(self, call):
        self.publish()
        return super().s3_list(call)

    def s3_GET(self, call):
        self.publish()
        return super().s3_GET(call)

    def logs_DescribeLogStreams(self, call):
        prefix = call.json().get('logStreamNamePrefix', '')
        found = [job for job in self.jobs.values() if isinstance(job, Processing) and job.name + '/' == prefix and job.lines()]
        return Answer(200, {'logStreams': [{'logStreamName': prefix + 'algo-1-1700000000'} for _ in found]}, JSON)

    def logs_GetLogEvents(self, call):
        name = call.json().get('logStreamName', '').split('/')[0]
        job = self.jobs.get((call.region, name))
        if job is None:
            return json_error(400, 'ResourceNotFoundException', 'The specified log stream does not exist.')
        lines = job.lines()
        begin = int(call.json().get('nextToken', 'f/0')[2:])
        events = [{'timestamp': int(job.moment(job.created) * 1000), 'message': line} for line in lines[begin:]]
        return Answer(200, {'events': events, 'nextForwardToken': 'f/%d' % len(lines), 'nextBackwardToken': 'b/0'}, JSON)

    def describe_job(self, key, job):
        if isinstance(job, Processing):
            return {'id': job.name, 'state': job.status(), 'billing': job.status() == 'InProgress', 'order': job.order}
        if isinstance(job, Inference):
            return {'id': job.name, 'state': job.phase(), 'order': job.order, 'content': (job.content or b'').decode()}
        return {'id': str(key[1]), 'state': 'answered', 'order': job}

    def list_jobs(self):
        return [self.describe_job(key, job) for key, job in self.jobs.items()]


PROVIDER = AwsSageMaker
