# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Replicate: account, hardware, models, predictions of models, versions and deployments, files.

    http://HOST/replicate/v1      stands for https://api.replicate.com/v1
    http://HOST/replicate-stream  stands for the host of the streams, which wants no key

Written from the vendor's OpenAPI document (2026-04-09) and the answers recorded in the tests of replicate/replicate-python, both read
on 2026-11-21.
"""

import copy
import hashlib
import re
import time
import uuid

from server import Answer, Provider, Refusal, data_url, format_iso, make_png, parse_iso, problem

ACCOUNTS = {'r8_test_good': 'acme', 'r8_test_poor': 'pauper', 'r8_test_busy': 'busybee', 'r8_test_readonly': 'reader'}
HELLO_VERSION = '5c7d5dc6dd8bf75c1acaa8565735e7986bc5b66206b55cca93cb72c9bf15ccaa'
SDXL_VERSION = '39ed52f2a78e934b3ba6e2a89f5b1c712de7dfea535525255b1aa35c5565e08b'
VERSIONS = {HELLO_VERSION: 'replicate/hello-world', SDXL_VERSION: 'stability-ai/sdxl'}
OFFICIAL = ('black-forest-labs/flux-schnell', 'black-forest-labs/flux-dev', 'black-forest-labs/flux-pro')
RATIOS = ('1:1', '16:9', '21:9', '3:2', '2:3', '4:5', '5:4', '3:4', '4:3', '9:16', '9:21')
# What an input may have, of the models whose pages were read: a type, a range, or a choice.
SCHNELL = {'prompt': str, 'aspect_ratio': RATIOS, 'megapixels': ('1', '0.25'), 'num_outputs': range(1, 5), 'seed': int, 'go_fast': bool,
           'num_inference_steps': range(1, 5), 'output_format': ('webp', 'jpg', 'png'), 'output_quality': range(101), 'disable_safety_checker': bool}
INPUTS = {OFFICIAL[0]: SCHNELL,
          OFFICIAL[1]: dict(SCHNELL, image=str, prompt_strength=float, guidance=float, num_inference_steps=range(1, 51)),
          'stability-ai/sdxl': {'prompt': str, 'image': 'uri', 'scheduler': ('DDIM', 'K_EULER', 'PNDM'), 'num_outputs': range(1, 5), 'seed': int,
                                'num_inference_steps': range(1, 501), 'guidance_scale': float, 'apply_watermark': bool}}
DEPLOYMENTS = {'acme/portrait': 'stability-ai/sdxl'}
VERSION_OF = {model: version for version, model in VERSIONS.items()}
STREAMING = ('replicate/hello-world',)
HARDWARE = [{'name': 'CPU', 'sku': 'cpu'}, {'name': 'Nvidia T4 GPU', 'sku': 'gpu-t4'},
            {'name': 'Nvidia L40S GPU', 'sku': 'gpu-l40s'}, {'name': 'Nvidia A100 (80GB) GPU', 'sku': 'gpu-a100-large'},
            {'name': 'Nvidia H100 GPU', 'sku': 'gpu-h100'}]
BOOT_S = 8.0
RUN_S = 20.0
KEPT_S = 3600
WARM_S = 60.0
PAGE_SIZE = 100


def parse_duration(text):
    """`30s`, `5m`, `1h30m45s` or `90`, as the Cancel-After header has it; None when it is none."""
    match = re.fullmatch(r'(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?', text)
    if not text or match is None:
        return None
    hours, minutes, seconds = (int(group or 0) for group in match.groups())
    return hours * 3600 + minutes * 60 + seconds


class Prediction:
    def __init__(self, owner, model, version, body, now):
        self.id = uuid.uuid4().hex[:26]
        self.owner = owner
        self.model = model
        self.version = version
        self.deployment = None
        self.input = copy.deepcopy(body['input'])
        self.created = now
        self.born = time.time()
        self.starts = None
        self.ends = None
        self.cancelled = None
        self.deadline = None
        self.outcome = {}
        self.output = None


    def date(self, moment):
        """It is created at the real date, so that a search by date works; what follows runs with the fast clock."""
        return format_iso(self.born + moment - self.created)


class Replicate(Provider):
    name = 'replicate'
    prefixes = ('/replicate/', '/replicate-stream/')

    def __init__(self, emulator):
        super().__init__(emulator)
        self.warm_until = {}
        self.deployments = {name: self.make_release(name, model, VERSION_OF[model], 'gpu-l40s', 0, 1) for name, model in DEPLOYMENTS.items()}
        self.files = {}
        self.past = {'yesterday': self.make_past_job()}
        root = r'/replicate/v1'
        self.routes = [
            ('GET', root + '/account', self.account),
            ('GET', root + '/hardware', self.hardware),
            ('GET', root + '/search', self.search),
            ('GET', root + '/models/([^/]+)/([^/]+)', self.get_model),
            ('GET', root + '/models/([^/]+)/([^/]+)/versions', self.list_versions),
            ('GET', root + '/models/([^/]+)/([^/]+)/versions/([^/]+)', self.get_version),
            ('GET', root + '/deployments', self.list_deployments),
            ('POST', root + '/deployments', self.create_deployment),
            ('GET', root + '/deployments/([^/]+)/([^/]+)', self.get_deployment),
            ('PATCH', root + '/deployments/([^/]+)/([^/]+)', self.change_deployment),
            ('DELETE', root + '/deployments/([^/]+)/([^/]+)', self.delete_deployment),
            ('GET', root + '/files', self.list_files),
            ('POST', root + '/files', self.upload),
            ('DELETE', root + '/files/([^/]+)', self.delete_file),
            ('GET', '/replicate-stream/v1/([^/]+)', self.stream),
            ('GET', root + '/predictions', self.listing),
            ('POST', root + '/predictions', self.create),
            ('GET', root + '/predictions/([^/]+)', self.get),
            ('POST', root + '/predictions/([^/]+)/cancel', self.cancel),
            ('POST', root + '/models/([^/]+)/([^/]+)/predictions', self.create_for_model),
            ('POST', root + '/deployments/([^/]+)/([^/]+)/predictions', self.create_for_deployment),
        ]

    def make_past_job(self):
        """A prediction that has ended before there was anything to test."""
        job = Prediction('acme', 'replicate/hello-world', HELLO_VERSION, {'input': {'text': 'dear fox'}}, self.clock.now() - 10)
        job.id, job.starts, job.ends = 'yesterday', job.created + 1, job.created + 5
        return job

    def throttled(self, retry_after):
        """The documented body has nothing but a detail."""
        headers = {} if retry_after is None else {'Retry-After': str(retry_after)}
        return Answer(429, {'detail': 'Request was throttled. Your rate limit resets in ~1s.'}, 'application/problem+json', headers)

    def authorize(self, request):
        key = request.bearer() or request.bearer('Token')
        if key not in ACCOUNTS:
            raise Refusal(problem(401, 'Unauthenticated', 'You did not pass a valid authentication token'))
        if key == 'r8_test_busy':
            raise Refusal(self.throttled(1))
        return key

    def account(self, request):
        name = ACCOUNTS[self.authorize(request)]
        return Answer(200, {'type': 'user', 'username': name, 'name': name.title(), 'github_url': 'https://github.com/' + name})

    def hardware(self, request):
        self.authorize(request)
        return Answer(200, HARDWARE)

    # Models

    @staticmethod
    def describe_input(model):
        """Schemas as Cog makes them: a choice is a schema of its own, which the input refers to."""
        types = {str: {'type': 'string'}, int: {'type': 'integer'}, float: {'type': 'number'}, bool: {'type': 'boolean'},
                 'uri': {'type': 'string', 'format': 'uri'}}
        schemas, properties = {}, {}
        for place, (name, rule) in enumerate(INPUTS.get(model, {'prompt': str}).items()):
            if isinstance(rule, tuple):
                schemas[name] = {'enum': list(rule), 'type': 'string', 'title': name, 'description': 'An enumeration.'}
                known = {'allOf': [{'$ref': '#/components/schemas/' + name}], 'default': rule[0]}
            elif isinstance(rule, range):
                known = {'type': 'integer', 'minimum': rule[0], 'maximum': rule[-1], 'title': name.capitalize(), 'default': rule[0]}
            else:
                known = dict(types[rule], title=name.capitalize())
            properties[name] = dict(known, **{'x-order': place, 'description': 'What is made of it\nin two lines'})
        schemas['Input'] = {'type': 'object', 'title': 'Input', 'required': ['prompt'], 'properties': dict(reversed(properties.items()))}
        return schemas

    def describe_model(self, model):
        owner, name = model.split('/')
        version = {'id': VERSION_OF.get(model, '0' * 64), 'created_at': format_iso(1750000000), 'cog_version': '0.16.7',
                   'openapi_schema': {'components': {'schemas': self.describe_input(model)}}}
        return {'url': 'https://replicate.com/' + model, 'owner': owner, 'name': name, 'description': 'Makes something of a prompt',
                'visibility': 'public', 'is_official': model in OFFICIAL, 'github_url': None, 'paper_url': None, 'license_url': None,
                'run_count': 1234, 'cover_image_url': None, 'default_example': None, 'latest_version': version}

    @staticmethod
    def not_found():
        return Refusal(problem(404, 'Not found', 'The requested resource could not be found.'))

    def find_model(self, request, owner, name):
        self.authorize(request)
        model = '%s/%s' % (owner, name)
        if model not in OFFICIAL and model not in VERSION_OF:
            raise self.not_found()
        return model

    def get_model(self, request, owner, name):
        return Answer(200, self.describe_model(self.find_model(request, owner, name)))

    def list_versions(self, request, owner, name):
        model = self.describe_model(self.find_model(request, owner, name))
        return Answer(200, {'next': None, 'previous': None, 'results': [model['latest_version']]})

    def get_version(self, request, owner, name, identifier):
        version = self.describe_model(self.find_model(request, owner, name))['latest_version']
        if version['id'] != identifier:
            raise self.not_found()
        return Answer(200, version)

    def search(self, request):
        self.authorize(request)
        words = request.query.get('query', '').lower().split()
        found = [model for model in (*OFFICIAL, *VERSION_OF) if all(word in model for word in words)][:int(request.query.get('limit', '20'))]
        return Answer(200, {'query': request.query.get('query', ''), 'collections': [], 'pages': [], 'models': [
            {'model': self.describe_model(model), 'metadata': {'generated_description': 'Makes something', 'tags': ['text-to-image'], 'score': 1.0}}
            for model in found]})

    # Deployments

    @staticmethod
    def make_release(name, model, version, hardware, least, most, number=1):
        owner, short = name.split('/')
        return {'owner': owner, 'name': short, 'current_release': {
            'number': number, 'model': model, 'version': version, 'created_at': format_iso(1750000000),
            'created_by': {'type': 'user', 'username': owner, 'name': owner.title(), 'github_url': 'https://github.com/' + owner},
            'configuration': {'hardware': hardware, 'min_instances': least, 'max_instances': most}}}

    def find_deployment(self, request, owner, name):
        self.authorize(request)
        full = '%s/%s' % (owner, name)
        if full not in self.deployments:
            raise self.not_found()
        return full

    def list_deployments(self, request):
        self.authorize(request)
        return Answer(200, {'next': None, 'previous': None, 'results': list(self.deployments.values())})

    def get_deployment(self, request, owner, name):
        return Answer(200, self.deployments[self.find_deployment(request, owner, name)])

    @staticmethod
    def check_configuration(body):
        if body.get('hardware', 'cpu') not in [entry['sku'] for entry in HARDWARE]:
            raise Refusal(problem(422, 'Invalid hardware', 'The hardware does not exist'))
        if not 0 <= body.get('min_instances', 0) <= 5 or not 0 <= body.get('max_instances', 1) <= 20:
            raise Refusal(problem(422, 'Invalid configuration', 'min_instances or max_instances is out of range'))

    def create_deployment(self, request):
        owner = ACCOUNTS[self.authorize(request)]
        body = request.json()
        if not isinstance(body, dict) or set(body) != {'name', 'model', 'version', 'hardware', 'min_instances', 'max_instances'}:
            return problem(422, 'Input validation failed', 'a required field is missing')
        if VERSIONS.get(body['version']) != body['model']:
            return problem(422, 'Invalid version or not permitted', 'The specified version does not exist')
        self.check_configuration(body)
        full = '%s/%s' % (owner, body['name'])
        self.deployments[full] = self.make_release(full, body['model'], body['version'], body['hardware'], body['min_instances'], body['max_instances'])
        return Answer(200, self.deployments[full])

    def change_deployment(self, request, owner, name):
        full = self.find_deployment(request, owner, name)
        body = request.json()
        self.check_configuration(body)
        release = self.deployments[full]['current_release']
        known = dict(release['configuration'], version=release['version'])
        known.update(body)
        self.deployments[full] = self.make_release(full, release['model'], known['version'], known['hardware'], known['min_instances'],
                                                   known['max_instances'], release['number'] + 1)
        return Answer(200, self.deployments[full])

    def delete_deployment(self, request, owner, name):
        full = self.find_deployment(request, owner, name)
        if any(job.deployment == full and self.state_of(job) in ('starting', 'processing') for job in self.jobs.values()):
            return problem(400, 'Bad request', 'The deployment must be offline and unused for at least 15 minutes')
        del self.deployments[full]
        return Answer(204)

    # Files

    def describe_file(self, identifier):
        body, name, media_type = self.files[identifier]
        return {'id': identifier, 'name': name, 'content_type': media_type, 'size': len(body), 'etag': hashlib.md5(body).hexdigest(),
                'checksums': {'sha256': hashlib.sha256(body).hexdigest(), 'md5': hashlib.md5(body).hexdigest()}, 'metadata': {},
                'created_at': format_iso(time.time()), 'expires_at': format_iso(time.time() + 86400),
                'urls': {'get': '%s/replicate/v1/files/%s' % (self.emulator.url, identifier)}}

    def upload(self, request):
        self.authorize(request)
        fields = request.multipart()
        if 'content' not in fields:
            return problem(400, 'Bad request', 'Missing content')
        identifier = 'file%d' % (len(self.files) + 1)
        self.files[identifier] = (fields['content'][0], fields.get('filename', (b'content', ''))[0].decode(), fields['content'][1])
        return Answer(201, self.describe_file(identifier))

    def list_files(self, request):
        self.authorize(request)
        return Answer(200, {'next': None, 'previous': None, 'results': [self.describe_file(identifier) for identifier in self.files]})

    def delete_file(self, request, identifier):
        self.authorize(request)
        if self.files.pop(identifier, None) is None:
            raise self.not_found()
        return Answer(204)

    def stream(self, request, identifier):
        """The pieces of an answer so far, and the end when it is there."""
        job = self.jobs.get(identifier) or self.past.get(identifier)
        if 'Authorization' in request.headers or job is None:
            return problem(400, 'Bad request', 'a key was sent to a stranger, or nobody streams here')
        pieces = [] if self.state_of(job) == 'starting' else ['hello ', 'dear\n', 'fox']
        events = ['event: output\nid: %d:0\n%s\n\n' % (number, '\n'.join('data: ' + line for line in piece.split('\n')))
                  for number, piece in enumerate(pieces)]
        if self.state_of(job) == 'succeeded':
            events.append('event: done\ndata: {}\n\n')
        answer = Answer(200, ''.join(events).encode(), 'text/event-stream')
        answer.held_s = self.emulator.setting('stream_seconds', 0.1) if self.state_of(job) == 'processing' else 0
        return answer

    # Creating

    @staticmethod
    def check_input(model, given):
        """As a model refuses an input: every mistake in a line of its own."""
        rules = INPUTS.get(model, {})
        wrong = ['- prompt is required'] if rules and not given.get('prompt') else []
        for name, value in given.items():
            rule = rules.get(name)
            if rule in (None, 'uri') or (isinstance(value, rule) if isinstance(rule, type) else value in rule) or (rule is float and isinstance(value, int)):
                continue
            wrong.append('- input.%s: is not one of what it may be' % name)
        if wrong:
            raise Refusal(problem(422, 'Input validation failed', '\n'.join(wrong)))

    def read_body(self, request, required):
        key = self.authorize(request)
        if key == 'r8_test_readonly':
            raise Refusal(problem(403, 'Forbidden', 'You do not have permission to perform this action'))
        if key == 'r8_test_poor':
            raise Refusal(problem(402, 'Insufficient credit', 'You have insufficient credit to run this model. Go to '
                                  'https://replicate.com/account/billing#billing to purchase credit.'))
        body = request.json()
        known = {'input', 'webhook', 'webhook_events_filter', 'stream'} | set(required)
        if not isinstance(body, dict) or not set(body) <= known or not isinstance(body.get('input'), dict) or any(
                name not in body for name in required):
            raise Refusal(problem(422, 'Input validation failed', '- input is required'))
        return ACCOUNTS[key], body

    def create(self, request):
        owner, body = self.read_body(request, ('version',))
        version = body['version'].rpartition(':')[2]
        if version in OFFICIAL:
            self.check_input(version, body['input'])
            return self.start(request, Prediction(owner, version, 'hidden', body, self.clock.now()))
        if version not in VERSIONS:
            return problem(422, 'Invalid version or not permitted', 'The specified version does not exist (or perhaps you '
                           "don't have permission to use it?)")
        return self.start(request, Prediction(owner, VERSIONS[version], version, body, self.clock.now()))

    def create_for_model(self, request, model_owner, name):
        owner, body = self.read_body(request, ())
        model = '%s/%s' % (model_owner, name)
        if model not in OFFICIAL:
            return problem(404, 'Not found', 'The requested resource could not be found.')
        self.check_input(model, body['input'])
        return self.start(request, Prediction(owner, model, 'hidden', body, self.clock.now()))

    def create_for_deployment(self, request, deployment_owner, name):
        owner, body = self.read_body(request, ())
        deployment = '%s/%s' % (deployment_owner, name)
        if deployment not in self.deployments:
            raise self.not_found()
        release = self.deployments[deployment]['current_release']
        job = Prediction(owner, release['model'], release['version'], body, self.clock.now())
        job.deployment = deployment
        return self.start(request, job)

    def start(self, request, job):
        cancel_after = request.headers.get('Cancel-After')
        if cancel_after is not None:
            seconds = parse_duration(cancel_after)
            if seconds is None or seconds < 5:
                return problem(422, 'Invalid header', 'Cancel-After must be a duration of at least 5 seconds')
            job.deadline = job.created + seconds
        job.outcome = self.emulator.take_outcome()
        self.jobs[job.id] = job
        if not self.emulator.no_capacity:
            self.schedule(job)
        prefer = re.fullmatch(r'wait(?:=(\d+))?', request.headers.get('Prefer', ''))
        headers = {'ratelimit-remaining': '599', 'ratelimit-reset': '1'}
        answer = Answer(201, self.describe(job), headers=headers)
        if prefer:
            headers['Preference-Applied'] = prefer.group(0)
            answer.wait = lambda: self.wait_for(job, int(prefer.group(1) or 60), headers)
        return answer

    def wait_for(self, job, seconds, headers):
        """Holds the answer until the prediction ends, without holding the lock."""
        limit = self.clock.now() + seconds
        while self.clock.now() < limit and self.state_of(job) in ('starting', 'processing'):
            self.clock.sleep(0.5)
        with self.emulator.lock:
            return Answer(201, self.describe(job), headers=headers)

    def schedule(self, job):
        now = self.clock.now()
        is_warm = self.warm_until.get(job.model, 0) > now
        job.starts = now + (0.5 if is_warm else self.emulator.setting('cold_seconds', BOOT_S))
        job.ends = job.starts + self.emulator.setting('run_seconds', RUN_S)
        self.warm_until[job.model] = job.ends + WARM_S

    def capacity_changed(self):
        if self.emulator.no_capacity:
            return
        for job in self.jobs.values():
            if job.starts is None and job.cancelled is None:
                self.schedule(job)

    # Following

    def state_of(self, job):
        now = self.clock.now()
        stopped = job.cancelled
        if job.deadline is not None and now >= job.deadline and (job.ends is None or job.deadline < job.ends):
            stopped = job.deadline if stopped is None else stopped
        if stopped is not None:
            return 'aborted' if job.cancelled is None and (job.starts is None or stopped < job.starts) else 'canceled'
        if job.starts is None or now < job.starts:
            return 'starting'
        if now < job.ends:
            return 'processing'
        return 'failed' if 'fail' in job.outcome else 'succeeded'

    def logs_of(self, job, state):
        """Lines as the progress bars of models print them."""
        if state == 'starting' or job.starts is None:
            return ''
        share = min(1.0, max(0.0, (self.clock.now() - job.starts) / (job.ends - job.starts)))
        steps = int(share * 20)
        lines = ['Using seed: 1234']
        lines += ['%3d%%|%s| %d/20 [00:%02d<00:%02d, 1.00it/s]' % (step * 5, '█' * (step // 2), step, step, 20 - step)
                  for step in range(steps + 1)]
        return '\n'.join(lines) + '\n'

    def output_of(self, job):
        if job.output is None:
            png = make_png(seed=len(self.jobs))
            if 'output' in job.outcome:
                job.output = job.outcome['output']
            elif job.model == 'replicate/hello-world':
                job.output = 'hello %s' % job.input.get('text', '')
            elif job.input.get('output') == 'string':
                job.output = self.emulator.publish('out.png', png, 'image/png', KEPT_S)
            elif job.input.get('output') == 'object':
                job.output = {'image': self.emulator.publish('image.png', png, 'image/png', KEPT_S), 'mask': data_url(png), 'seed': 7}
            else:
                job.output = [self.emulator.publish('out-%d.png' % index, png, 'image/png', KEPT_S) for index in range(2)]
        return job.output

    def describe(self, job):
        state = self.state_of(job)
        url = '%s/replicate/v1/predictions/%s' % (self.emulator.url, job.id)
        answer = {'id': job.id, 'model': job.model, 'version': job.version, 'input': job.input, 'logs': self.logs_of(job, state),
                  'output': None, 'data_removed': False, 'error': None, 'source': 'api', 'status': state,
                  'created_at': job.date(job.created),
                  'urls': {'cancel': url + '/cancel', 'get': url, 'web': 'https://replicate.com/p/' + job.id}}
        if job.model in STREAMING:
            answer['urls']['stream'] = '%s/replicate-stream/v1/%s' % (self.emulator.url, job.id)
        if job.deployment:
            answer['deployment'] = job.deployment
        if job.deadline is not None:
            answer['deadline'] = job.date(job.deadline)
        if state != 'starting' and job.starts is not None and self.clock.now() >= job.starts:
            answer['started_at'] = job.date(job.starts)
        if state in ('succeeded', 'failed', 'canceled', 'aborted'):
            self.describe_end(job, state, answer)
        return answer

    def describe_end(self, job, state, answer):
        ended = job.cancelled or (job.deadline if state in ('canceled', 'aborted') else job.ends)
        answer['completed_at'] = job.date(ended)
        ran = max(0.0, ended - job.starts) if job.starts is not None else 0.0
        answer['metrics'] = {'predict_time': round(ran, 6), 'total_time': round(ended - job.created, 6)}
        if self.clock.now() > ended + KEPT_S:
            answer.update(input={}, logs='', data_removed=True)
        elif state == 'failed':
            answer['error'] = job.outcome['fail']
        elif state == 'succeeded':
            answer['output'] = self.output_of(job)

    def find(self, request, identifier):
        owner = ACCOUNTS[self.authorize(request)]
        job = self.jobs.get(identifier) or self.past.get(identifier)
        if job is None or job.owner != owner:
            raise Refusal(problem(404, 'Not found', 'The requested resource could not be found.'))
        return job

    def get(self, request, identifier):
        return Answer(200, self.describe(self.find(request, identifier)), headers={'ratelimit-remaining': '2999', 'ratelimit-reset': '1'})

    def cancel(self, request, identifier):
        job = self.find(request, identifier)
        if self.state_of(job) in ('starting', 'processing'):
            job.cancelled = self.clock.now()
        return Answer(200, self.describe(job))

    def listing(self, request):
        owner = ACCOUNTS[self.authorize(request)]
        after = parse_iso(request.query.get('created_after', '1970-01-01T00:00:00Z'))
        if after is None:
            return problem(422, 'Invalid parameter', 'created_after is not a date-time')
        jobs = [job for job in self.jobs.values() if job.owner == owner and job.born >= after - 0.001]
        jobs.reverse()
        size = self.emulator.setting('page_size', PAGE_SIZE)
        start = int(request.query.get('cursor', '0'))
        more = start + size < len(jobs)
        url = '%s/replicate/v1/predictions?cursor=%d' % (self.emulator.url, start + size)
        if 'created_after' in request.query:
            url += '&created_after=' + request.query['created_after']
        return Answer(200, {'next': url if more else None, 'previous': None,
                            'results': [self.describe(job) for job in jobs[start:start + size]]})

    def list_jobs(self):
        return [{'id': job.id, 'state': self.state_of(job), 'input': job.input, 'model': job.model} for job in self.jobs.values()]


PROVIDER = Replicate
