"""restricted-ssh as one writes it in Python on AWS's rdklib: what `make bench-lambda` compares with."""

from ipaddress import ip_network

from rdklib import ComplianceType, ConfigRule, Evaluation, Evaluator

WORLD = {ip_network("0.0.0.0/0"), ip_network("::/0")}


class RestrictedSsh(ConfigRule):
    def get_assume_role_mode(self, event):
        # The function's own role may put evaluations; asking STS for another one would cost a second call.
        return False

    def evaluate_change(self, event, client_factory, configuration_item, valid_rule_parameters):
        for permission in configuration_item["configuration"].get("ipPermissions", []):
            first, last = permission.get("fromPort", 0), permission.get("toPort", 65535)
            if permission["ipProtocol"] not in ("tcp", "6", "-1") or not first <= 22 <= last:
                continue
            ranges = [found["cidrIp"] for found in permission.get("ipv4Ranges", [])]
            ranges += [found["cidrIpv6"] for found in permission.get("ipv6Ranges", [])]
            for found in ranges:
                if ip_network(found) in WORLD:
                    return [Evaluation(ComplianceType.NON_COMPLIANT, annotation=f"inbound from {found} includes port 22")]
        return [Evaluation(ComplianceType.COMPLIANT)]


def lambda_handler(event, context):
    return Evaluator(RestrictedSsh(), ["AWS::EC2::SecurityGroup"]).handle(event, context)
