# Copyright 2026 The Stoker developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""AWS EC2 with what it needs of STS, Systems Manager, the price list, Service Quotas and S3.

    http://HOST/aws/ec2.REGION.amazonaws.com/  stands for https://ec2.REGION.amazonaws.com/

Written from the service models of botocore 1.43.11, its recorded answers and requests, read on 2026-11-21; ../aws.py tells the keys. The status
of a lack of capacity (500) was seen by others, not documented. User data is read as a machine would: what it writes to the bucket is there
when the machine ends, and its last line of the console tells how the container ended. Filters of the price list are those of its API reference
(docs.aws.amazon.com/aws-cost-management, Filter), the form of a product that of the example in the AWS command line. Settings: `full_zones`, letters of
zones without a free machine; `has_default_network`, true.
"""

import base64
import binascii
import re
import uuid

from aws import Aws, ec2_error, json_error, xml_answer
from server import Answer, TimedJob, make_png

AMI = 'ami-0123456789abcdef0'
MAX_USER_DATA = 16 * 1024
TYPES = {'g4dn.xlarge': '0.2100', 'g5.xlarge': '0.4024', 'g6.xlarge': '0.3310', 'g6e.xlarge': '0.7425', 'p5.4xlarge': '2.6210'}
ON_DEMAND = {'g4dn.xlarge': '0.5260000000', 'g5.xlarge': '1.0060000000', 'g6.xlarge': '0.8048000000', 'g6e.xlarge': '1.8610000000',
             'p5.4xlarge': '6.8800000000', 'g5.12xlarge': '5.6720000000', 'm5.large': '0.0960000000'}
QUOTAS = {'L-DB2E81BA': ('Running On-Demand G and VT instances', 64.0), 'L-417A185B': ('Running On-Demand P instances', 0.0),
          'L-3819A6DF': ('All G and VT Spot Instance Requests', 4.0), 'L-7212CCBC': ('All P Spot Instance Requests', 0.0)}
# Subnet → its zone, and whether it is that of the default network.
SUBNETS = {'subnet-0a1b2c3d': ('b', False), 'subnet-00000000000000a0a': ('a', True), 'subnet-00000000000000b0b': ('b', True)}
CODES = {'pending': 0, 'running': 16, 'shutting-down': 32, 'terminated': 48, 'stopping': 64, 'stopped': 80}
REFUSALS = {
    'VcpuLimitExceeded': (400, 'You have requested more vCPU capacity than your current vCPU limit of 0 allows.'),
    'MaxSpotInstanceCountExceeded': (400, 'Max spot instance count exceeded'),
    'SpotMaxPriceTooLow': (400, 'Your Spot request price is lower than the minimum required Spot request fulfillment price.'),
    'InvalidSubnetID.NotFound': (400, "The subnet ID 'subnet-0' does not exist"),
    'InvalidGroup.NotFound': (400, "The security group 'sg-0' does not exist"),
    'IdempotentParameterMismatch': (400, 'Arguments on this idempotent request are inconsistent'),
    'UnauthorizedOperation': (403, 'You are not authorized to perform this operation. User: arn:aws:iam::123456789012:user/render is not authorized to perform: '
                              'ec2:RunInstances on resource: arn:aws:ec2:eu-west-1:123456789012:instance/* because no identity-based policy allows it. '
                              'Encoded authorization failure message: AbCd'),
}


def zone_of(form):
    """Amazon chooses one when no subnet is named."""
    return SUBNETS[form.get('SubnetId', 'subnet-00000000000000a0a')][0]


class Machine(TimedJob):
    """An instance: it starts, runs its user data, and ends with it."""

    def __init__(self, emulator, call):
        super().__init__(emulator, call.access_key, call.form, wait_s=20.0, run_s=60.0)
        self.instance = 'i-%017x' % (uuid.uuid4().int % 16 ** 17)
        self.region = call.region
        self.script = base64.b64decode(call.form.get('UserData', '')).decode('utf-8')
        self.zone = zone_of(call.form)
        self.is_spot = call.form.get('InstanceMarketOptions.MarketType') == 'spot'
        self.is_published = False

    def state(self):
        return {'waiting': 'pending', 'running': 'running'}.get(self.phase(), 'terminated')

    def reason(self):
        if self.phase() == 'cancelled':
            return 'Client.UserInitiatedShutdown', 'User initiated shutdown'
        if 'reclaim' in self.outcome:
            return 'Server.SpotInstanceTermination', 'Spot instance termination'
        return 'Client.InstanceInitiatedShutdown', 'Instance initiated shutdown'

    def exit_code(self):
        """What the script tells at its end; a machine that is taken away tells nothing."""
        if self.phase() not in ('done', 'failed') or 'reclaim' in self.outcome:
            return None
        return self.outcome.get('exit', 1 if 'fail' in self.outcome else 0)

    def console(self):
        lines = ['[    0.000000] Linux version 6.8.0-aws', 'cloud-init: running modules for final']
        if self.phase() != 'waiting':
            lines.append('frame 1 of 4')
        if self.exit_code() is not None:
            lines.append('stoker-exit=%d' % self.exit_code())
        return '\n'.join(lines) + '\n'

    def tags(self):
        found = []
        for number in range(1, 10):
            key = self.order.get('TagSpecification.1.Tag.%d.Key' % number)
            if key is not None:
                found.append({'key': key, 'value': self.order.get('TagSpecification.1.Tag.%d.Value' % number, '')})
        return found

    def item(self):
        state = self.state()
        item = {'instanceId': self.instance, 'imageId': self.order['ImageId'], 'instanceState': {'code': CODES[state], 'name': state},
                'instanceType': self.order['InstanceType'], 'launchTime': self.date(self.created),
                'placement': {'availabilityZone': self.region + self.zone, 'groupName': '', 'tenancy': 'default'},
                'clientToken': self.order.get('ClientToken', ''), 'tagSet': self.tags()}
        if state == 'running':
            item['ipAddress'] = '203.0.113.7'
        if state == 'terminated':
            code, message = self.reason()
            item['stateReason'] = {'code': code, 'message': '%s: %s' % (code, message)}
        if self.is_spot:
            item['instanceLifecycle'] = 'spot'
        return item


class AwsEc2(Aws):
    name = 'aws-ec2'
    place = 'aws'
    product_code = 'AmazonEC2'
    product_family = 'Compute Instance'

    def ssm_GetParameter(self, call):
        name = call.json().get('Name', '')
        if not re.fullmatch(r'/aws/service/deeplearning/ami/x86_64/[a-z0-9.-]+/latest/ami-id', name):
            return json_error(400, 'ParameterNotFound', '')
        return Answer(200, {'Parameter': {'Name': name, 'Type': 'String', 'Value': AMI, 'Version': 1}}, 'application/x-amz-json-1.1')

    def check_launch(self, form):
        """What is wrong with the request, or None."""
        for name in ('ImageId', 'MinCount', 'MaxCount'):
            if name not in form:
                return ec2_error(400, 'MissingParameter', 'The request must contain the parameter ' + name)
        if not form['ImageId'].startswith('ami-'):
            return ec2_error(400, 'InvalidAMIID.Malformed', 'Invalid id: "%s"' % form['ImageId'])
        if form.get('InstanceType') not in TYPES:
            return ec2_error(400, 'InvalidParameterValue', "Invalid value '%s' for InstanceType." % form.get('InstanceType'))
        if len(form.get('ClientToken', '')) > 64:
            return ec2_error(400, 'InvalidParameterValue', 'The client token is too long')
        if form.get('SubnetId', 'subnet-0a1b2c3d') not in SUBNETS:
            return ec2_error(400, 'InvalidSubnetID.NotFound', "The subnet ID '%s' does not exist" % form['SubnetId'])
        try:
            script = base64.b64decode(form.get('UserData', ''), validate=True)
        except binascii.Error:
            return ec2_error(400, 'InvalidUserData.Malformed', 'Invalid BASE64 encoding of user data.')
        if len(script) > MAX_USER_DATA:
            return ec2_error(400, 'InvalidParameterValue', 'User data is limited to 16384 bytes')
        return None

    def ec2_RunInstances(self, call):
        wrong = self.check_launch(call.form)
        if wrong is not None:
            return wrong
        if call.form.get('DryRun') == 'true':
            return ec2_error(412, 'DryRunOperation', 'Request would have succeeded, but DryRun flag is set.')
        known = self.jobs.get((call.region, call.form.get('ClientToken')))
        if known is not None:
            if known.order != call.form:
                return ec2_error(400, 'IdempotentParameterMismatch', 'Arguments on this idempotent request are inconsistent')
            return self.launched(known, 'pending')
        ceiling = call.form.get('InstanceMarketOptions.SpotOptions.MaxPrice')
        if ceiling is not None and float(ceiling) < float(TYPES[call.form['InstanceType']]):
            return ec2_error(REFUSALS['SpotMaxPriceTooLow'][0], 'SpotMaxPriceTooLow', REFUSALS['SpotMaxPriceTooLow'][1])
        if self.emulator.no_capacity or zone_of(call.form) in self.emulator.setting('full_zones', ''):
            return ec2_error(500, 'InsufficientInstanceCapacity', 'We currently do not have sufficient %s capacity.' % call.form['InstanceType'])
        outcomes = self.emulator.next_outcomes
        if outcomes and 'refuse' in outcomes[0]:
            code = outcomes.pop(0)['refuse']
            return ec2_error(REFUSALS[code][0], code, REFUSALS[code][1])
        machine = Machine(self.emulator, call)
        self.jobs[(call.region, call.form.get('ClientToken', machine.id))] = machine
        return self.launched(machine, machine.state())

    @staticmethod
    def launched(machine, state):
        """An answer that is repeated is the first one."""
        item = dict(machine.item(), instanceState={'code': CODES[state], 'name': state})
        item.pop('stateReason', None)
        return xml_answer('RunInstancesResponse', {'requestId': uuid.uuid4(), 'reservationId': 'r-0123', 'ownerId': '123456789012',
                                                   'groupSet': '', 'instancesSet': [item]})

    def find(self, call):
        identifier = call.form.get('InstanceId.1') or call.form.get('InstanceId', '')
        for machine in self.jobs.values():
            if machine.instance == identifier and machine.region == call.region:
                return machine
        return None

    @staticmethod
    def unknown(call):
        identifier = call.form.get('InstanceId.1') or call.form.get('InstanceId', '')
        if not re.fullmatch('i-[0-9a-f]{8,17}', identifier):
            return ec2_error(400, 'InvalidInstanceID.Malformed', 'Invalid id: "%s"' % identifier)
        return ec2_error(400, 'InvalidInstanceID.NotFound', "The instance ID '%s' does not exist" % identifier)

    def matches(self, machine, form):
        for number in range(1, 10):
            name = form.get('Filter.%d.Name' % number)
            if name is None:
                return True
            values = [value for key, value in form.items() if key.startswith('Filter.%d.Value.' % number)]
            tags = {tag['key']: tag['value'] for tag in machine.tags()}
            has = {'instance-state-name': machine.state()}.get(name) or tags.get(name[4:]) if name != 'tag-key' else None
            if name == 'tag-key' and not set(values) & set(tags) or name != 'tag-key' and has not in values:
                return False
        return True

    def ec2_DescribeInstances(self, call):
        if 'InstanceId.1' in call.form:
            machine = self.find(call)
            if machine is None:
                return self.unknown(call)
            found = [machine]
        else:
            found = [machine for machine in self.jobs.values() if machine.region == call.region and self.matches(machine, call.form)]
        for machine in found:
            self.publish(machine)
        sets = [{'reservationId': 'r-%d' % number, 'instancesSet': [machine.item()]} for number, machine in enumerate(found)]
        return xml_answer('DescribeInstancesResponse', {'requestId': uuid.uuid4(), 'reservationSet': sets})

    def publish(self, machine):
        """What the script copied to the bucket, if it could: a machine without a role may not."""
        target = re.search(r's3://([a-z0-9.-]+)/([^ "]+)', machine.script)
        if machine.exit_code() is None or machine.is_published or target is None or 'IamInstanceProfile.Name' not in machine.order:
            return
        machine.is_published = True
        self.objects[(target.group(1), target.group(2) + 'frame 1.png')] = make_png()

    def ec2_GetConsoleOutput(self, call):
        machine = self.find(call)
        if machine is None:
            return self.unknown(call)
        return xml_answer('GetConsoleOutputResponse', {'requestId': uuid.uuid4(), 'instanceId': machine.instance,
                                                       'timestamp': machine.date(machine.created),
                                                       'output': base64.b64encode(machine.console().encode()).decode()})

    def ec2_TerminateInstances(self, call):
        machine = self.find(call)
        if machine is None:
            return self.unknown(call)
        before = machine.state()
        machine.cancel()
        after = 'terminated' if before == 'terminated' else 'shutting-down'
        return xml_answer('TerminateInstancesResponse', {'requestId': uuid.uuid4(), 'instancesSet': [
            {'instanceId': machine.instance, 'currentState': {'code': CODES[after], 'name': after},
             'previousState': {'code': CODES[before], 'name': before}}]})

    def ec2_DescribeSubnets(self, call):
        wanted = {call.form['Filter.%d.Name' % number]: call.form.get('Filter.%d.Value.1' % number) for number in range(1, 10)
                  if 'Filter.%d.Name' % number in call.form}
        found = []
        for identifier, (zone, is_default) in SUBNETS.items():
            has = {'default-for-az': 'true' if is_default and self.emulator.setting('has_default_network', True) else 'false',
                   'availability-zone': call.region + zone}
            if all(has.get(name) == value for name, value in wanted.items()):
                found.append({'subnetId': identifier, 'state': 'available', 'vpcId': 'vpc-0123', 'availabilityZone': call.region + zone,
                              'defaultForAz': has['default-for-az'], 'mapPublicIpOnLaunch': is_default})
        return xml_answer('DescribeSubnetsResponse', {'requestId': uuid.uuid4(), 'subnetSet': found})

    def servicequotas_GetServiceQuota(self, call):
        code = call.json().get('QuotaCode')
        if call.json().get('ServiceCode') != 'ec2' or code not in QUOTAS:
            return json_error(400, 'NoSuchResourceException', '')
        name, value = QUOTAS[code]
        return Answer(200, {'Quota': {'ServiceCode': 'ec2', 'QuotaCode': code, 'QuotaName': name, 'Value': value, 'Unit': 'None', 'Adjustable': True}},
                      'application/x-amz-json-1.1')

    def products(self):
        """Machines in two regions, also as they are sold with Windows or by the block."""
        for region in ('eu-west-1', 'us-east-1'):
            for number, (kind, price) in enumerate(ON_DEMAND.items()):
                for system, market, factor in (('Linux', 'OnDemand', 1), ('Windows', 'OnDemand', 2), ('Linux', 'CapacityBlock', 0)):
                    attributes = {'instanceType': kind, 'regionCode': region, 'operatingSystem': system, 'marketoption': market, 'tenancy': 'Shared',
                                  'preInstalledSw': 'NA', 'capacitystatus': 'Used', 'gpu': '1', 'servicecode': 'AmazonEC2'}
                    yield attributes, 'SKU%s%d' % (region[:2].upper(), number), '%.10f' % (float(price) * factor)

    def ec2_DescribeSpotPriceHistory(self, call):
        wanted = [value for key, value in call.form.items() if key.startswith('InstanceType.')]
        prices = [{'instanceType': name, 'productDescription': 'Linux/UNIX', 'spotPrice': price + '00',
                   'timestamp': call.form.get('StartTime', ''), 'availabilityZone': call.region + zone}
                  for name, price in TYPES.items() if name in wanted for zone in 'ab']
        return xml_answer('DescribeSpotPriceHistoryResponse', {'requestId': uuid.uuid4(), 'spotPriceHistorySet': prices, 'nextToken': ''})

    def list_jobs(self):
        return [{'id': machine.instance, 'state': machine.state(), 'billing': machine.state() != 'terminated', 'order': machine.order, 'script': machine.script}
                for machine in self.jobs.values()]


PROVIDER = AwsEc2
