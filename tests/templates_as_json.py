"""Prints CloudFormation templates as one JSON object, by path, with the short forms (`!Ref`) written out."""

import json
import sys

from cfnlint.decode import cfn_yaml

json.dump({path: cfn_yaml.load(path) for path in sys.argv[1:]}, sys.stdout)
