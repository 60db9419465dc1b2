# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Google Cloud: tokens of service accounts, machines of Compute Engine, jobs of Cloud Run and Vertex AI, objects of Cloud Storage.

    http://HOST/gcp/token            stands for https://oauth2.googleapis.com/token
    http://HOST/gcp/compute/v1       stands for https://compute.googleapis.com/compute/v1
    http://HOST/gcp/storage/v1       stands for https://storage.googleapis.com/storage/v1
    http://HOST/gcp-host/NAME        stands for https://NAME: run.googleapis.com, us-central1-aiplatform.googleapis.com, logging.googleapis.com

Written from the clients generated for Google Cloud SDK 528.0.0 and its google-auth library, read on 2026-11-21. How a machine behaves when it
is done follows its startup script. Accounts of the project acme-render: stoker@, full@ (no GPU quota), reader@ (may not create), busy@ (429);
their public key is told by the control: {"settings": {"public_key": PEM}}.
How a lack of quota is told by Cloud Run and Vertex AI is not documented. Buckets: acme-assets in US-CENTRAL1, acme-far in EUROPE-WEST4. The
endpoint 4242 answers pictures. Zones of us-central1: a, b; the setting `full_zones` has the letters of those without a free machine. A requestId
that was seen is answered as it was then, in whatever zone. {"next": {"fail": "1"}} ends the container with that code; "preempted" takes the machine back.
"""

import base64
import json
import subprocess
import tempfile
import time
import uuid

from google import CloudRun, Vertex
from server import Answer, Provider, Refusal, TimedJob, make_png

ACCOUNTS = ('stoker', 'full', 'reader', 'busy')
DOMAIN = '@acme-render.iam.gserviceaccount.com'
PROJECT = 'acme-render'
ZONES = {'us-central1': ('us-central1-a', 'us-central1-b'), 'europe-west4': ('europe-west4-a',)}
MACHINES = ('g2-standard-4', 'g2-standard-8', 'g2-standard-24', 'g4-standard-48', 'a2-highgpu-1g', 'a2-ultragpu-1g', 'a3-highgpu-1g', 'n1-standard-4')
QUOTAS = [('NVIDIA_L4_GPUS', 4.0), ('PREEMPTIBLE_NVIDIA_L4_GPUS', 0.0), ('NVIDIA_A100_GPUS', 0.0), ('PREEMPTIBLE_NVIDIA_A100_GPUS', 0.0),
          ('NVIDIA_A100_80GB_GPUS', 0.0), ('PREEMPTIBLE_NVIDIA_A100_80GB_GPUS', 1.0)]
LINGER_S = 240
BUCKETS = {'acme-assets': 'US-CENTRAL1', 'acme-far': 'EUROPE-WEST4'}


def problem(code, reason, message, status=None, headers=None):
    body = {'code': code, 'message': message, 'errors': [{'message': message, 'domain': 'global', 'reason': reason}]}
    if status:
        body['status'] = status
    return Answer(code, {'error': body}, headers=headers)


def decode(part):
    return base64.urlsafe_b64decode(part + '=' * (-len(part) % 4))


def verify(assertion, public_key):
    """The claims of a token that is signed with this key, or None."""
    parts = assertion.split('.')
    if len(parts) != 3 or json.loads(decode(parts[0])).get('alg') != 'RS256':
        return None
    with tempfile.NamedTemporaryFile() as key, tempfile.NamedTemporaryFile() as signature:
        key.write(public_key.encode())
        signature.write(decode(parts[2]))
        key.flush()
        signature.flush()
        checked = subprocess.run(['openssl', 'dgst', '-sha256', '-verify', key.name, '-signature', signature.name],
                                 input='.'.join(parts[:2]).encode(), capture_output=True, check=False)
    return json.loads(decode(parts[1])) if checked.returncode == 0 else None


class GoogleCloud(CloudRun, Vertex, Provider):
    name = 'google-cloud'
    prefixes = ('/gcp/', '/gcp-host/')

    def __init__(self, emulator):
        super().__init__(emulator)
        self.tokens = {}
        self.operations = {}
        self.requests_seen = {}
        self.taken = []
        project = r'/gcp/compute/v1/projects/([^/]+)'
        zone = project + r'/zones/([^/]+)'
        self.routes = [
            ('POST', r'/gcp/token', self.token),
            ('GET', project, self.project),
            ('GET', project + r'/regions/([^/]+)', self.region),
            ('GET', project + r'/aggregated/instances', self.list),
            ('POST', zone + r'/instances', self.insert),
            ('GET', zone + r'/operations/([^/]+)', self.operation),
            ('GET', zone + r'/instances/([^/]+)', self.get),
            ('DELETE', zone + r'/instances/([^/]+)', self.delete),
            ('GET', zone + r'/instances/([^/]+)/serialPort', self.serial),
            ('GET', r'/gcp/storage/v1/b/([^/]+)/o', self.objects),
            ('GET', r'/gcp/storage/v1/b/([^/]+)/o/([^/]+)', self.object),
            ('GET', r'/gcp/storage/v1/b/([^/]+)', self.bucket),
        ]
        self.add_run_routes()
        self.add_vertex_routes()

    def throttled(self, retry_after):
        headers = {} if retry_after is None else {'Retry-After': str(retry_after)}
        return problem(429, 'rateLimitExceeded', 'Quota exceeded for quota metric', 'RESOURCE_EXHAUSTED', headers)

    # Tokens

    def token(self, request):
        form = dict(pair.split('=', 1) for pair in request.body.decode().split('&') if '=' in pair)
        if form.get('grant_type') not in ('urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer', 'urn:ietf:params:oauth:grant-type:jwt-bearer'):
            return Answer(400, {'error': 'unsupported_grant_type', 'error_description': 'Invalid grant_type'})
        claims = verify(form.get('assertion', ''), self.emulator.setting('public_key', ''))
        if claims is None:
            return Answer(400, {'error': 'invalid_grant', 'error_description': 'Invalid JWT Signature.'})
        now = time.time()
        if claims.get('aud') != 'https://oauth2.googleapis.com/token' or not claims.get('scope'):
            return Answer(400, {'error': 'invalid_grant', 'error_description': 'Invalid JWT: Failed audience check.'})
        if not isinstance(claims.get('iat'), int) or not now - 300 < claims['iat'] < now + 300 or not 0 < claims.get('exp', 0) - claims['iat'] <= 3600:
            return Answer(400, {'error': 'invalid_grant', 'error_description': 'Invalid JWT: Token must be a short-lived token (60 minutes)'})
        account, _, domain = claims.get('iss', '').partition('@')
        if account not in ACCOUNTS or '@' + domain != DOMAIN:
            return Answer(400, {'error': 'invalid_grant', 'error_description': 'Invalid grant: account not found'})
        token = 'ya29.' + uuid.uuid4().hex
        self.tokens[token] = account
        return Answer(200, {'access_token': token, 'expires_in': 3599, 'token_type': 'Bearer'})

    def find_signer(self, token):
        """The account of a token that it has signed for itself; the vendor's newer clients do so where an interface takes it."""
        claims = verify(token, self.emulator.setting('public_key', '')) or {}
        account, _, domain = claims.get('iss', '').partition('@')
        is_good = account in ACCOUNTS and '@' + domain == DOMAIN and claims.get('sub') == claims['iss'] and (claims.get('scope') or claims.get('aud'))
        return account if is_good and claims.get('exp', 0) > time.time() else None

    def authorize(self, request, project=PROJECT, creates=False):
        token = request.bearer() or ''
        account = self.tokens.get(token) or (self.find_signer(token) if token.count('.') == 2 else None)
        if account is None:
            raise Refusal(problem(401, 'authError', 'Request had invalid authentication credentials.', 'UNAUTHENTICATED'))
        if account == 'busy':
            raise Refusal(self.throttled(1))
        if project != PROJECT:
            raise Refusal(problem(404, 'notFound', "The resource 'projects/%s' was not found" % project))
        if creates and account == 'reader':
            raise Refusal(problem(403, 'forbidden', "Required 'compute.instances.create' permission for 'projects/%s'" % project, 'PERMISSION_DENIED'))
        return account

    # Compute Engine

    def project(self, request, project):
        self.authorize(request, project)
        return Answer(200, {'kind': 'compute#project', 'name': project, 'defaultServiceAccount': '1-compute@developer.gserviceaccount.com',
                            'quotas': [{'metric': 'SNAPSHOTS', 'limit': 1000.0, 'usage': 0.0}, {'metric': 'GPUS_ALL_REGIONS', 'limit': 4.0, 'usage': 0.0}]})

    def region(self, request, project, region):
        self.authorize(request, project)
        if region not in ZONES:
            return problem(404, 'notFound', "The resource 'projects/%s/regions/%s' was not found" % (project, region))
        base = 'https://www.googleapis.com/compute/v1/projects/%s/zones/' % project
        return Answer(200, {'kind': 'compute#region', 'name': region, 'status': 'UP', 'zones': [base + zone for zone in ZONES[region]],
                            'quotas': [{'metric': metric, 'limit': limit, 'usage': 0.0} for metric, limit in QUOTAS]})

    @staticmethod
    def check_machine(body, project, zone):
        """What the real one refuses at once."""
        if not isinstance(body, dict) or not str(body.get('name', '')).replace('-', 'a').isalnum() or len(body['name']) > 63:
            return problem(400, 'invalid', "Invalid value for field 'resource.name'")
        machine = body.get('machineType', '')
        if machine.rpartition('/')[2] not in MACHINES or '/%s/' % zone not in '/' + machine:
            return problem(404, 'notFound', "The resource 'projects/%s/%s' was not found" % (project, machine))
        scheduling = body.get('scheduling', {})
        if scheduling.get('onHostMaintenance') != 'TERMINATE':
            return problem(400, 'badRequest', 'Instances with guest accelerators do not support live migration.')
        if 'maxRunDuration' in scheduling and scheduling.get('instanceTerminationAction') not in ('DELETE', 'STOP'):
            return problem(400, 'badRequest', 'You must specify an instance termination action with a max run duration.')
        if not body.get('disks') or not body.get('networkInterfaces'):
            return problem(400, 'required', 'Required field: disks')
        return None

    def insert(self, request, project, zone):
        account = self.authorize(request, project, True)
        if not any(zone in zones for zones in ZONES.values()):
            return problem(404, 'notFound', "The resource 'projects/%s/zones/%s' was not found" % (project, zone))
        body = request.json()
        mistake = self.check_machine(body, project, zone)
        if mistake is not None:
            return mistake
        seen = self.requests_seen.get(request.query.get('requestId'))
        if seen is not None:
            return Answer(200, seen)
        if (zone, body['name']) in self.jobs:
            return problem(409, 'alreadyExists', "The resource 'projects/%s/zones/%s/instances/%s' already exists" % (project, zone, body['name']))
        operation = {'kind': 'compute#operation', 'name': 'operation-' + uuid.uuid4().hex, 'operationType': 'insert', 'status': 'RUNNING', 'progress': 0}
        if 'requestId' in request.query:
            self.requests_seen[request.query['requestId']] = operation
        is_full = self.emulator.no_capacity or zone[-1] in self.emulator.setting('full_zones', '')
        code = 'QUOTA_EXCEEDED' if account == 'full' else 'ZONE_RESOURCE_POOL_EXHAUSTED' if is_full else None
        message = "Quota 'NVIDIA_L4_GPUS' exceeded. Limit: 0.0 in region us-central1." if account == 'full' else \
            "The zone '%s' does not have enough resources available to fulfill the request." % zone
        self.operations[operation['name']] = dict(operation, status='DONE', progress=100)
        if code is not None:
            self.operations[operation['name']].update(error={'errors': [{'code': code, 'message': message}]}, httpErrorStatusCode=403)
            return Answer(200, operation)
        job = TimedJob(self.emulator, account, body)
        job.name, job.zone, job.deleted = body['name'], zone, None
        self.jobs[zone, job.name] = job
        self.taken.append(job)
        return Answer(200, operation)

    def operation(self, request, project, zone, name):
        self.authorize(request, project)
        if name not in self.operations:
            return problem(404, 'notFound', "The resource 'operations/%s' was not found" % name)
        return Answer(200, self.operations[name])

    def find(self, request, project, zone, name):
        self.authorize(request, project)
        job = self.jobs.get((zone, name))
        if job is None:
            raise Refusal(problem(404, 'notFound', "The resource 'projects/%s/zones/%s/instances/%s' was not found" % (project, zone, name)))
        return job

    def state_of(self, job):
        phase = job.phase()
        if job.deleted is not None:
            return 'DELETED'
        if phase == 'waiting':
            return 'STAGING' if job.starts is not None else 'PROVISIONING'
        if phase == 'running':
            return 'RUNNING'
        is_over = self.clock.now() > job.ends + LINGER_S or job.outcome.get('fail') == 'preempted'
        return 'TERMINATED' if is_over else 'RUNNING'

    def describe(self, job):
        answer = dict(job.order, kind='compute#instance', id='7', status=self.state_of(job), creationTimestamp=job.date(job.created),
                      zone='https://www.googleapis.com/compute/v1/projects/%s/zones/%s' % (PROJECT, job.zone))
        if job.starts is not None and self.clock.now() >= job.starts:
            answer['lastStartTimestamp'] = job.date(job.starts)
        return answer

    def get(self, request, project, zone, name):
        return Answer(200, self.describe(self.find(request, project, zone, name)))

    def list(self, request, project):
        self.authorize(request, project)
        wanted = request.query.get('filter', '').replace(' ', '').replace('"', '')
        if wanted not in ('', 'labels.stoker-job:*') and not wanted.startswith('name='):
            return problem(400, 'invalid', "Invalid value for field 'filter': '%s'" % request.query['filter'])
        wanted = wanted.partition('name=')[2]
        items = {'zones/' + zone: {'warning': {'code': 'NO_RESULTS_ON_PAGE'}} for zones in ZONES.values() for zone in zones}
        for job in self.jobs.values():
            if wanted in ('', job.name):
                items['zones/' + job.zone].pop('warning', None)
                items['zones/' + job.zone].setdefault('instances', []).append(self.describe(job))
        return Answer(200, {'kind': 'compute#instanceAggregatedList', 'items': items})

    def delete(self, request, project, zone, name):
        job = self.find(request, project, zone, name)
        job.cancel()
        job.deleted = self.clock.now()
        del self.jobs[zone, name]
        operation = {'kind': 'compute#operation', 'name': 'operation-' + uuid.uuid4().hex, 'operationType': 'delete', 'status': 'RUNNING'}
        self.operations[operation['name']] = dict(operation, status='DONE')
        return Answer(200, operation)

    @staticmethod
    def exit_code(job):
        return job.outcome.get('fail', '0')

    def serial(self, request, project, zone, name):
        job = self.find(request, project, zone, name)
        lines = ['[    0.000000] Linux version 6.8.0']
        if job.phase() != 'waiting':
            steps = int(job.progress() * 20)
            lines += ['startup-script: %d%%|%s| %d/20' % (step * 5, '#' * step, step) for step in range(steps + 1)]
        if job.phase() in ('done', 'failed') and self.exit_code(job) != 'preempted':
            lines.append('startup-script: stoker-exit=' + self.exit_code(job))
        text = '\n'.join(lines) + '\n'
        start = int(request.query.get('start', 0))
        return Answer(200, {'kind': 'compute#serialPortOutput', 'contents': text[start:], 'start': str(start), 'next': str(len(text))})

    # Cloud Storage

    def bucket(self, request, name):
        self.authorize(request)
        if name not in BUCKETS:
            return problem(404, 'notFound', 'The specified bucket does not exist.')
        return Answer(200, {'kind': 'storage#bucket', 'name': name, 'location': BUCKETS[name], 'locationType': 'region'})

    @staticmethod
    def list_uploads(job, bucket):
        """What a container of Cloud Run or Vertex AI has copied to where its command was told to."""
        template = job.order['template']['template']['containers'][0] if job.kind == 'run' else \
            job.order.get('jobSpec', {}).get('workerPoolSpecs', [{}])[0].get('containerSpec', {})
        if job.phase() == 'done' and "STOKER_OUTPUT='gs://%s/stoker/%s'" % (bucket, job.name) in ' '.join(template.get('command', [])):
            yield 'stoker/%s/frame.png' % job.name, make_png(), 'image/png'

    def stored(self, bucket):
        """Name and body of what the scripts have copied there so far."""
        for job in self.taken:
            if hasattr(job, 'kind'):
                yield from self.list_uploads(job, bucket)
                continue
            script = next((item['value'] for item in job.order['metadata']['items'] if item['key'] == 'startup-script'), '')
            is_over = job.phase() in ('done', 'failed') and self.exit_code(job) != 'preempted'
            if not is_over and not (job.deleted is not None and job.ends is not None and job.deleted > job.ends):
                continue
            if 'gs://%s/stoker/%s/' % (bucket, job.name) in script:
                yield 'stoker/%s/frame.png' % job.name, make_png(), 'image/png'
                yield 'stoker-exit/' + job.name, (self.exit_code(job) + '\n').encode(), 'text/plain'

    def objects(self, request, bucket):
        self.authorize(request)
        prefix = request.query.get('prefix', '')
        items = [{'kind': 'storage#object', 'name': name, 'size': str(len(body)), 'contentType': kind,
                  'mediaLink': '%s/gcp/storage/v1/b/%s/o/%s?alt=media' % (self.emulator.url, bucket, name.replace('/', '%2F'))}
                 for name, body, kind in self.stored(bucket) if name.startswith(prefix)]
        return Answer(200, {'kind': 'storage#objects', 'items': items} if items else {'kind': 'storage#objects'})

    def object(self, request, bucket, name):
        self.authorize(request)
        for stored, body, kind in self.stored(bucket):
            if stored == name:
                return Answer(200, body, kind)
        return Answer(404, ('No such object: %s/%s' % (bucket, name)).encode(), 'text/html')

    def capacity_changed(self):
        if not self.emulator.no_capacity:
            for job in self.taken:
                job.schedule()

    def list_jobs(self):
        return [{'id': job.name, 'state': self.state_of(job) if not hasattr(job, 'kind') else job.phase(), 'input': job.order, 'billing': self.is_billing(job)}
                for job in self.taken]

    def is_billing(self, job):
        """A container is billed while it runs, a machine until it is deleted."""
        if hasattr(job, 'kind'):
            return job.phase() in ('waiting', 'running')
        return self.state_of(job) != 'DELETED'


PROVIDER = GoogleCloud
