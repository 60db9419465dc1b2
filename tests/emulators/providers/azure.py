# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Azure: tokens by client credentials, virtual machines with all they bring, jobs of Container Apps and their logs, usages, and the public retail prices.

    http://HOST/azure         stands for https://management.azure.com
    http://HOST/azure-login   stands for https://login.microsoftonline.com
    http://HOST/azure-prices  stands for https://prices.azure.com
    http://HOST/azure-logs    stands for https://api.loganalytics.io

Written from the clients @azure/arm-compute 24.1.0, @azure/arm-appcontainers 3.0.0, @azure/monitor-query-logs 1.0.0 and the documents of Azure and
Entra, read on 2026-11-21; the meters of Container Apps as others found them in the price service, who read 0.000073, 0.000529, 0.000024 and 0.000003
USD for eastus on 2026-08-01.
Secrets: az_test_good, az_test_full (no GPU quota), az_test_reader (may not create), az_test_busy (429). The tenant ends with 1, the application
with 2, the subscription with 3; its environment of Container Apps is `gpu`, in West US 3, with profiles for T4 and A100 (no quota), and logs in the
workspace that ends with 4. How quota is refused there is not documented. {"next": {"fail": "1"}} ends the container with that code; "allocation" fails the machine, "evicted" takes it back.
"""

import base64
import re
import urllib.parse
import uuid

from server import Answer, Provider, Refusal, TimedJob

ZEROS = '00000000-0000-0000-0000-00000000000'
TENANT, CLIENT, SUBSCRIPTION = ZEROS + '1', ZEROS + '2', ZEROS + '3'
SECRETS = ('az_test_good', 'az_test_full', 'az_test_reader', 'az_test_busy')
APP_VERSION = '2025-07-01'
WORKSPACE = ZEROS + '4'
MANAGEMENT, LOGS = 'https://management.azure.com/.default', 'https://api.loganalytics.io/.default'
CONTAINERS = {'t4': {'cpu': 8, 'memory': '56Gi'}, 'a100': {'cpu': 24, 'memory': '220Gi'}}
METERS = [('Standard vCPU Active Usage', '1 Second', 0.000024), ('Standard vCPU Idle Usage', '1 Second', 0.000003),
          ('Standard Memory Active Usage', '1 GiB Second', 0.000003), ('Standard Requests', '1M', 0.4), ('Standard NC T4 v3 GPU Usage', '1 Second', 0.000073),
          ('Standard NC A100 v4 GPU Usage', '1 Second', 0.000529)]
# What Stoker asks for, and what the vendor's client does.
COMPUTE_VERSIONS = ('2024-07-01', '2026-03-01')
SIZES = {'Standard_NC4as_T4_v3': 0.526, 'Standard_NC24ads_A100_v4': 3.673, 'Standard_NC48ads_A100_v4': 7.346, 'Standard_NC40ads_H100_v5': 6.98}


def problem(status, code, message, headers=None):
    return Answer(status, {'error': {'code': code, 'message': message}}, headers=headers)


class Azure(Provider):
    name = 'azure'
    prefixes = ('/azure/', '/azure-login/', '/azure-prices/', '/azure-logs/')

    def __init__(self, emulator):
        super().__init__(emulator)
        self.tokens = {}
        self.taken = []
        subscription = r'/azure/subscriptions/([^/]+)'
        machines = subscription + r'/resourceGroups/([^/]+)/providers/Microsoft.Compute/virtualMachines'
        compute = machines + r'/([^/]+)'
        apps = subscription + r'/resourceGroups/([^/]+)/providers/Microsoft.App/jobs/([^/]+)'
        environment = subscription + r'/resourceGroups/([^/]+)/providers/Microsoft.App/managedEnvironments/([^/]+)'
        self.definitions = {}
        self.routes = [
            ('POST', r'/azure-login/([^/]+)/oauth2/v2.0/token', self.token),
            ('GET', r'/azure-prices/api/retail/prices', self.prices),
            ('POST', r'/azure-logs/v1/workspaces/([^/]+)/query', self.query),
            ('GET', subscription, self.subscription),
            ('GET', subscription + r'/providers/Microsoft.Compute/locations/([^/]+)/usages', self.usages),
            ('GET', machines, self.list),
            ('PUT', compute, self.put),
            ('GET', compute, self.get),
            ('DELETE', compute, self.delete),
            ('POST', compute + r'/retrieveBootDiagnosticsData', self.diagnostics),
            ('GET', environment, self.environment),
            ('GET', subscription + r'/providers/Microsoft.App/locations/([^/]+)/usages', self.container_usages),
            ('PUT', apps, self.put_job),
            ('GET', apps, self.get_job),
            ('DELETE', apps, self.delete_job),
            ('POST', apps + '/start', self.start),
            ('GET', apps + '/executions', self.executions),
            ('GET', apps + '/executions/([^/]+)', self.execution),
            ('POST', apps + '/executions/([^/]+)/stop', self.stop),
            ('GET', r'/azure/operations/([^/]+)', self.operation),
            ('GET', r'/azure/blob/([^/]+)/serialconsole.log', self.blob),
        ]

    def throttled(self, retry_after):
        headers = {} if retry_after is None else {'Retry-After': str(retry_after)}
        return problem(429, 'TooManyRequests', 'The request is being throttled.', headers)

    # Tokens

    def token(self, request, tenant):
        form = dict(urllib.parse.parse_qsl(request.body.decode()))

        def refuse(status, error, number, text):
            return Answer(status, {'error': error, 'error_description': 'AADSTS%d: %s' % (number, text), 'error_codes': [number]})

        if tenant != TENANT:
            return refuse(400, 'invalid_request', 90002, "Tenant '%s' not found." % tenant)
        if form.get('grant_type') != 'client_credentials' or form.get('scope') not in (MANAGEMENT, LOGS):
            return refuse(400, 'invalid_scope', 70011, 'The provided value for scope is not valid.')
        if form.get('client_id') != CLIENT:
            return refuse(400, 'unauthorized_client', 700016, 'Application was not found in the directory.')
        if form.get('client_secret') not in SECRETS:
            return refuse(401, 'invalid_client', 7000215, 'Invalid client secret provided. Ensure the secret being sent is the value, not the ID.')
        token = 'eyJ' + uuid.uuid4().hex
        self.tokens[token] = (form['client_secret'], form['scope'])
        return Answer(200, {'token_type': 'Bearer', 'expires_in': 3599, 'access_token': token})

    def who(self, request, scope):
        """A token is good for what it was asked for, and for nothing else."""
        secret, granted = self.tokens.get(request.bearer(), (None, None))
        if secret is None or granted != scope:
            raise Refusal(problem(401, 'InvalidAuthenticationToken', 'The access token is invalid.'))
        return secret

    def authorize(self, request, subscription, version, writes=False):
        secret = self.who(request, MANAGEMENT)
        if secret == 'az_test_busy':
            raise Refusal(self.throttled(1))
        if request.query.get('api-version') not in version:
            raise Refusal(problem(400, 'InvalidApiVersionParameter', 'The api-version is invalid.'))
        if subscription != SUBSCRIPTION:
            raise Refusal(problem(404, 'SubscriptionNotFound', "The subscription '%s' could not be found." % subscription))
        if writes and secret == 'az_test_reader':
            raise Refusal(problem(403, 'AuthorizationFailed', "The client does not have authorization to perform action 'Microsoft.Compute/virtualMachines/write'"))
        return secret

    # The subscription, and prices that need no key

    def subscription(self, request, subscription):
        self.authorize(request, subscription, ('2022-12-01',))
        return Answer(200, {'id': '/subscriptions/' + subscription, 'subscriptionId': subscription, 'displayName': 'Acme Render', 'state': 'Enabled'})

    def usages(self, request, subscription, location):
        self.authorize(request, subscription, COMPUTE_VERSIONS)
        usages = [('cores', 0, 10), ('standardNCASv3_T4Family', 4, 8), ('standardNCADSA100v4Family', 0, 0), ('lowPriorityCores', 0, 16)]
        return Answer(200, {'value': [{'unit': 'Count', 'currentValue': used, 'limit': limit, 'name': {'value': name, 'localizedValue': name}}
                                      for name, used, limit in usages]})

    def prices(self, request):
        wanted = request.query.get('$filter', '')
        if "serviceName eq 'Azure Container Apps'" in wanted:
            return self.container_prices(wanted)
        if "serviceName eq 'Virtual Machines'" not in wanted:
            return Answer(400, {'Error': {'Code': 'BadRequest', 'Message': 'Invalid OData parameters supplied'}})
        items = []
        for size, price in SIZES.items():
            if "armSkuName eq '%s'" % size not in wanted or "armRegionName eq 'eastus'" not in wanted:
                continue
            name = size.replace('Standard_', '').replace('_', ' ')
            for suffix, share in (('', 1), (' Spot', 0.3)):
                items.append({'currencyCode': 'USD', 'retailPrice': round(price * share, 4), 'unitPrice': round(price * share, 4), 'armRegionName': 'eastus',
                              'meterName': name + suffix, 'skuName': name + suffix, 'productName': 'Virtual Machines', 'serviceName': 'Virtual Machines',
                              'unitOfMeasure': '1 Hour', 'type': 'Consumption', 'armSkuName': size})
        return Answer(200, {'BillingCurrency': 'USD', 'CustomerEntityId': 'Default', 'Items': items, 'NextPageLink': None, 'Count': len(items)})

    @staticmethod
    def container_prices(wanted):
        items = [{'currencyCode': 'USD', 'tierMinimumUnits': 0.0, 'retailPrice': price, 'unitPrice': price, 'armRegionName': 'westus3', 'meterName': name,
                  'skuName': 'Standard', 'armSkuName': '', 'productName': 'Azure Container Apps', 'serviceName': 'Azure Container Apps', 'unitOfMeasure': unit,
                  'type': 'Consumption', 'isPrimaryMeterRegion': True} for name, unit, price in METERS]
        items = items if "armRegionName eq 'westus3'" in wanted and "skuName eq 'Standard'" in wanted else []
        return Answer(200, {'BillingCurrency': 'USD', 'CustomerEntityId': 'Default', 'Items': items, 'NextPageLink': None, 'Count': len(items)})

    # Machines

    @staticmethod
    def check_machine(body):
        """What the real one refuses at once, and what would be left behind."""
        properties = body.get('properties', {}) if isinstance(body, dict) else {}
        size = properties.get('hardwareProfile', {}).get('vmSize')
        if size not in SIZES:
            return problem(400, 'InvalidParameter', 'The value %s provided for the VM size is not valid.' % size)
        profile = properties.get('osProfile', {})
        if len(profile.get('computerName', '')) > 64 or not profile.get('adminUsername'):
            return problem(400, 'InvalidParameter', 'Required parameter osProfile is missing or invalid.')
        try:
            base64.b64decode(profile.get('customData', ''), validate=True)
        except ValueError:
            return problem(400, 'InvalidParameter', 'Custom data in OSProfile must be in Base64 encoding and with a maximum length of 87380 characters.')
        cards = properties.get('networkProfile', {}).get('networkInterfaceConfigurations', [])
        if not cards or not properties.get('networkProfile', {}).get('networkApiVersion'):
            return problem(400, 'InvalidParameter', 'Required parameter networkProfile is missing.')
        return None

    @staticmethod
    def is_cleaned(body):
        """Whether disk, network card and address go with the machine."""
        properties = body['properties']
        card = properties['networkProfile']['networkInterfaceConfigurations'][0]['properties']
        address = card['ipConfigurations'][0]['properties'].get('publicIPAddressConfiguration')
        return all(part.get('deleteOption') == 'Delete' for part in
                   [properties['storageProfile']['osDisk'], card] + ([address['properties']] if address else []))

    def put(self, request, subscription, group, name):
        secret = self.authorize(request, subscription, COMPUTE_VERSIONS, True)
        if group != 'stoker':
            return problem(404, 'ResourceGroupNotFound', "Resource group '%s' could not be found." % group)
        body = request.json()
        mistake = self.check_machine(body)
        if mistake is not None:
            return mistake
        if name in self.jobs:
            return Answer(200, self.describe(self.jobs[name]))
        if secret == 'az_test_full':
            return problem(409, 'OperationNotAllowed', 'Operation could not be completed as it results in exceeding approved standardNCASv3_T4Family Cores '
                                                       'quota. Current Limit: 0, Current Usage: 0, Additional Required: 4')
        if self.emulator.no_capacity:
            return problem(409, 'SkuNotAvailable', "The requested size for resource '%s' is currently not available in location 'eastus'." % name)
        job = TimedJob(self.emulator, secret, body)
        job.name, job.deleted = name, None
        self.jobs[name] = job
        self.taken.append(job)
        where = '%s/azure/operations/%s' % (self.emulator.url, job.id)
        return Answer(201, self.describe(job), headers={'Azure-AsyncOperation': where, 'Retry-After': '10'})

    def find(self, request, subscription, name, writes=False):
        self.authorize(request, subscription, COMPUTE_VERSIONS, writes)
        job = self.jobs.get(name)
        if job is None:
            raise Refusal(problem(404, 'ResourceNotFound', "The Resource 'Microsoft.Compute/virtualMachines/%s' was not found." % name))
        return job

    def describe(self, job, has_view=False):
        phase, fail = job.phase(), job.outcome.get('fail')
        is_failed = phase != 'waiting' and fail == 'allocation'
        made = 'Failed' if is_failed else 'Creating' if phase == 'waiting' else 'Succeeded'
        properties = dict(job.order['properties'], provisioningState=made, vmId=job.id, timeCreated=job.date(job.created))
        if has_view:
            statuses = [{'code': 'ProvisioningState/' + {'Creating': 'creating', 'Succeeded': 'succeeded', 'Failed': 'failed/AllocationFailed'}[made],
                         'level': 'Error' if is_failed else 'Info', 'message': 'Allocation failed.' if is_failed else ''}]
            if made == 'Succeeded':
                is_back = fail == 'evicted' and phase == 'failed'
                statuses.append({'code': 'PowerState/' + ('deallocated' if is_back else 'running'), 'level': 'Info'})
            properties['instanceView'] = {'statuses': statuses}
        return {'name': job.name, 'type': 'Microsoft.Compute/virtualMachines', 'location': job.order['location'], 'tags': job.order.get('tags', {}),
                'id': '/subscriptions/%s/resourceGroups/stoker/providers/Microsoft.Compute/virtualMachines/%s' % (SUBSCRIPTION, job.name),
                'properties': properties}

    def list(self, request, subscription, group):
        """How the machines do is only told by each of them; one is not ours."""
        self.authorize(request, subscription, COMPUTE_VERSIONS)
        if group != 'stoker':
            return problem(404, 'ResourceGroupNotFound', "Resource group '%s' could not be found." % group)
        other = {'name': 'web-1', 'type': 'Microsoft.Compute/virtualMachines', 'location': 'eastus',
                 'properties': {'provisioningState': 'Succeeded', 'hardwareProfile': {'vmSize': 'Standard_B1s'}}}
        return Answer(200, {'value': [other] + [self.describe(job) for job in self.jobs.values()]})

    def get(self, request, subscription, group, name):
        return Answer(200, self.describe(self.find(request, subscription, name), request.query.get('$expand') == 'instanceView'))

    def delete(self, request, subscription, group, name):
        self.authorize(request, subscription, COMPUTE_VERSIONS, True)
        job = self.jobs.pop(name, None)
        if job is None:
            return Answer(204, b'')
        job.cancel()
        job.deleted = self.clock.now()
        return Answer(202, b'', headers={'Location': '%s/azure/operations/%s' % (self.emulator.url, job.id), 'Retry-After': '10'})

    def operation(self, request, identifier):
        """How far the creation or deletion of a machine is."""
        self.who(request, MANAGEMENT)
        job = next((job for job in self.taken if job.id == identifier), None)
        if job is None:
            return problem(404, 'NotFound', 'The operation was not found.')
        answer = {'name': job.id, 'startTime': job.date(job.created)}
        if job.deleted is None and job.phase() == 'waiting':
            return Answer(200, dict(answer, status='InProgress'))
        if job.deleted is None and job.outcome.get('fail') == 'allocation':
            return Answer(200, dict(answer, status='Failed', error={'code': 'AllocationFailed', 'message': 'Allocation failed.'}))
        return Answer(200, dict(answer, status='Succeeded'))

    def diagnostics(self, request, subscription, group, name):
        job = self.find(request, subscription, name)
        return Answer(200, {'consoleScreenshotBlobUri': '%s/azure/blob/%s/screenshot.bmp?sig=a' % (self.emulator.url, job.id),
                            'serialConsoleLogBlobUri': '%s/azure/blob/%s/serialconsole.log?sig=a' % (self.emulator.url, job.id)})

    def blob(self, request, identifier):
        """A signed address: it must be asked for without a token."""
        job = next((job for job in self.taken if job.id == identifier), None)
        if job is None or request.query.get('sig') != 'a' or 'Authorization' in request.headers:
            return Answer(403, b'<Error><Code>AuthenticationFailed</Code></Error>', 'application/xml')
        lines = ['[    0.000000] Linux version 6.8.0']
        if job.phase() != 'waiting':
            steps = int(job.progress() * 20)
            lines += ['%d%%|%s| %d/20' % (step * 5, '#' * step, step) for step in range(steps + 1)]
        if job.phase() in ('done', 'failed') and job.outcome.get('fail') != 'evicted':
            lines.append('stoker-exit=' + job.outcome.get('fail', '0'))
        return Answer(200, ('\n'.join(lines) + '\n').encode(), 'text/plain')

    # Container Apps: a job is a definition, what runs is an execution of it

    def environment(self, request, subscription, group, name):
        self.authorize(request, subscription, (APP_VERSION,))
        if (group, name) != ('stoker', 'gpu'):
            return problem(404, 'ResourceNotFound', "The Resource 'Microsoft.App/managedEnvironments/%s' was not found." % name)
        logs = {'destination': 'log-analytics', 'logAnalyticsConfiguration': {'customerId': WORKSPACE}}
        return Answer(200, {'id': request.path.removeprefix('/azure'), 'name': name, 'location': 'West US 3',
                            'properties': {'provisioningState': 'Succeeded', 'appLogsConfiguration': logs, 'workloadProfiles': [
                                {'name': 'Consumption', 'workloadProfileType': 'Consumption'}, {'name': 't4', 'workloadProfileType': 'Consumption-GPU-NC8as-T4'},
                                {'name': 'a100', 'workloadProfileType': 'Consumption-GPU-NC24-A100'}]}})

    def container_usages(self, request, subscription, location):
        self.authorize(request, subscription, (APP_VERSION,))
        if location not in ('eastus', 'westus3'):
            return problem(400, 'LocationNotAvailableForResourceType', "The provided location '%s' is not available." % location)
        usages = [('ManagedEnvironmentCount', 1, 15), ('SubscriptionNCA100Gpus', 0, 0), ('SubscriptionConsumptionNCA100Gpus', 0, 0),
                  ('SubscriptionConsumptionT4Gpus', 0, 1)]
        return Answer(200, {'value': [{'unit': 'Count', 'currentValue': used, 'limit': limit, 'name': {'value': name, 'localizedValue': name}}
                                      for name, used, limit in usages]})

    @staticmethod
    def check_job(name, body):
        """What the real one refuses at once."""
        properties = body.get('properties', {}) if isinstance(body, dict) else {}
        configuration, containers = properties.get('configuration', {}), properties.get('template', {}).get('containers', [])
        if re.fullmatch(r'[a-z][a-z0-9-]{0,30}[a-z0-9]', name) is None or '--' in name:
            return problem(400, 'ContainerAppInvalidName', "Invalid job name '%s'." % name)
        if not properties.get('environmentId', '').endswith('/managedEnvironments/gpu'):
            return problem(404, 'ManagedEnvironmentNotFound', 'The environment does not exist.')
        if properties.get('workloadProfileName') not in CONTAINERS:
            return problem(400, 'WorkloadProfileNameNotFound', 'Workload profile name %s not found.' % properties.get('workloadProfileName'))
        if configuration.get('triggerType') != 'Manual' or not isinstance(configuration.get('replicaTimeout'), int):
            return problem(400, 'InvalidParameterValueInJobConfiguration', 'triggerType and replicaTimeout are required.')
        if len(containers) != 1 or not containers[0].get('image') or containers[0].get('resources') != CONTAINERS[properties['workloadProfileName']]:
            return problem(400, 'ContainerAppInvalidResourceTotal', 'The resources do not fit the workload profile.')
        if any(set(pair) != {'name', 'value'} for pair in containers[0].get('env', [])):
            return problem(400, 'InvalidParameterValueInContainerTemplate', 'env has objects with name and value.')
        return None

    def put_job(self, request, subscription, group, name):
        self.authorize(request, subscription, (APP_VERSION,), True)
        body = request.json()
        mistake = self.check_job(name, body)
        if mistake is not None:
            return mistake
        self.definitions[name] = body
        return Answer(201, dict(body, name=name, properties=dict(body['properties'], provisioningState='InProgress')))

    def get_job(self, request, subscription, group, name):
        self.authorize(request, subscription, (APP_VERSION,))
        body = self.definition(name)
        return Answer(200, dict(body, name=name, properties=dict(body['properties'], provisioningState='Succeeded')))

    def definition(self, name):
        if name not in self.definitions:
            raise Refusal(problem(404, 'ResourceNotFound', "The Resource 'Microsoft.App/jobs/%s' was not found." % name))
        return self.definitions[name]

    def delete_job(self, request, subscription, group, name):
        self.authorize(request, subscription, (APP_VERSION,), True)
        if self.definitions.pop(name, None) is None:
            return Answer(204, b'')
        for job in self.taken:
            if job.name == name and hasattr(job, 'run'):
                job.cancel()
                job.deleted = self.clock.now()
        return Answer(202, b'')

    def start(self, request, subscription, group, name):
        secret = self.authorize(request, subscription, (APP_VERSION,), True)
        body = self.definition(name)
        if secret == 'az_test_full':
            return problem(400, 'GpuQuotaExceeded', 'The subscription has no quota left for serverless GPUs. Current Limit: 0')
        job = TimedJob(self.emulator, secret, body)
        job.name, job.deleted, job.run = name, None, '%s-%s' % (name, job.id[:7])
        self.taken.append(job)
        return Answer(202, {'name': job.run, 'id': request.path.removeprefix('/azure').replace('/start', '/executions/' + job.run)})

    def describe_run(self, job):
        status = {'waiting': 'Processing', 'running': 'Running', 'done': 'Succeeded', 'failed': 'Failed'}.get(job.phase(), 'Stopped')
        properties = {'status': status, 'template': job.order['properties']['template']}
        if job.starts is not None and status != 'Processing':
            properties['startTime'] = job.date(job.starts)
        if status in ('Succeeded', 'Failed'):
            properties['endTime'] = job.date(job.ends)
        return {'name': job.run, 'type': 'Microsoft.App/jobs/executions', 'properties': properties}

    def runs_of(self, request, subscription, name):
        self.authorize(request, subscription, (APP_VERSION,))
        self.definition(name)
        return [job for job in self.taken if job.name == name and hasattr(job, 'run')]

    def executions(self, request, subscription, group, name):
        return Answer(200, {'value': [self.describe_run(job) for job in self.runs_of(request, subscription, name)]})

    def find_run(self, request, subscription, name, run):
        job = next((job for job in self.runs_of(request, subscription, name) if job.run == run), None)
        if job is None:
            raise Refusal(problem(404, 'JobExecutionNotFound', "The execution '%s' was not found." % run))
        return job

    def execution(self, request, subscription, group, name, run):
        return Answer(200, self.describe_run(self.find_run(request, subscription, name, run)))

    def stop(self, request, subscription, group, name, run):
        self.find_run(request, subscription, name, run).cancel()
        return Answer(202, b'')

    def query(self, request, workspace):
        """What the containers of one execution wrote; Log Analytics keeps it when the job is deleted."""
        self.who(request, LOGS)
        if workspace != WORKSPACE:
            return problem(404, 'WorkspaceNotFoundError', 'The workspace could not be found.')
        wanted = re.search(r"^ContainerAppConsoleLogs_CL *\| *where ContainerGroupName_s startswith '([^']+)'.*\| *project Log_s$", request.json().get('query', ''))
        if wanted is None:
            return problem(400, 'BadArgumentError', 'The request had some invalid properties')
        job = next((job for job in self.taken if getattr(job, 'run', None) == wanted.group(1)), None)
        steps = int(job.progress() * 20) if job is not None and job.phase() != 'waiting' else -1
        rows = [['%d%%|%s| %d/20' % (step * 5, '#' * step, step)] for step in range(steps + 1)]
        return Answer(200, {'tables': [{'name': 'PrimaryResult', 'columns': [{'name': 'Log_s', 'type': 'string'}], 'rows': rows}]})

    def capacity_changed(self):
        if not self.emulator.no_capacity:
            for job in self.taken:
                job.schedule()

    def list_jobs(self):
        return [{'id': job.name, 'state': job.phase(), 'input': job.order, 'billing': self.is_billing(job)} for job in self.taken]

    def is_billing(self, job):
        """A container is billed while it runs, a machine until it and all that came with it is deleted."""
        if hasattr(job, 'run'):
            return job.phase() in ('waiting', 'running')
        return job.deleted is None or not self.is_cleaned(job.order)


PROVIDER = Azure
