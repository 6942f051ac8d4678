"""Holds every response against botocore's models: nothing unknown, nothing required missing."""

import json
import xml.etree.ElementTree


def local(tag):
    return tag.rsplit("}", 1)[-1]


def wire_name(member, name):
    return member.serialization.get("name", name)


class Checker:
    """Collects what is wrong with a response."""

    def __init__(self, operation):
        self.operation = operation
        self.wrong = []

    def tell(self, path, what):
        self.wrong.append(f"{self.operation.name}{path}: {what}")

    def members(self, shape):
        """The members that travel in the body, by their names there."""
        return {
            wire_name(member, name): member
            for name, member in shape.members.items()
            if "location" not in member.serialization
        }

    def required(self, shape, given, path):
        for name in shape.required_members:
            member = shape.members[name]
            if "location" not in member.serialization and wire_name(member, name) not in given:
                self.tell(path, f"{name} is missing")

    def json(self, shape, value, path):
        if value is None:
            self.tell(path, "null")
        elif shape.type_name == "structure":
            members = self.members(shape)
            for name, inner in value.items():
                if name not in members:
                    self.tell(path, f"{name} is unknown")
                else:
                    self.json(members[name], inner, f"{path}.{name}")
            self.required(shape, value, path)
        elif shape.type_name == "list":
            for inner in value:
                self.json(shape.member, inner, f"{path}[]")
        elif shape.type_name == "map":
            for inner in value.values():
                self.json(shape.value, inner, f"{path}{{}}")
        else:
            kinds = {"string": str, "integer": int, "long": int, "boolean": bool, "blob": str}
            kind = kinds.get(shape.type_name)
            if kind and type(value) is not kind:
                self.tell(path, f"{value!r} is no {shape.type_name}")

    def xml(self, shape, node, path, besides=()):
        if shape.type_name == "structure":
            members = self.members(shape)
            given = [local(inner.tag) for inner in node]
            for name, inner in zip(given, node):
                if name in members:
                    self.xml(members[name], inner, f"{path}.{name}")
                elif name not in besides:
                    self.tell(path, f"{name} is unknown")
            for name in set(given):
                member = members.get(name)
                flat = member is not None and member.serialization.get("flattened")
                if given.count(name) > 1 and not flat:
                    self.tell(path, f"{name} stands twice")
            self.required(shape, given, path)
        elif shape.type_name == "list":
            item = shape.member.serialization.get("name", "member")
            for inner in node:
                if local(inner.tag) not in (item, "item"):
                    self.tell(path, f"{local(inner.tag)} is no {item}")
                self.xml(shape.member, inner, f"{path}[]")
        elif shape.type_name == "map":
            for entry in node:
                inner = {local(each.tag): each for each in entry}
                if local(entry.tag) != "entry" or set(inner) != {"key", "value"}:
                    self.tell(path, f"{local(entry.tag)} is no entry")
                else:
                    self.xml(shape.value, inner["value"], f"{path}{{}}")
        elif len(node):
            self.tell(path, f"{shape.type_name} has elements")

    def rest_xml(self, shape, node, path):
        """Of flat lists each item stands in the place of the list; types may be attributes."""
        if shape.type_name == "structure":
            members = self.members(shape)
            given = [local(inner.tag) for inner in node]
            for name, inner in zip(given, node):
                member = members.get(name)
                flat = member is not None and member.serialization.get("flattened")
                if member is None:
                    self.tell(path, f"{name} is unknown")
                else:
                    self.rest_xml(member.member if flat else member, inner, f"{path}.{name}")
                if given.count(name) > 1 and not flat:
                    self.tell(path, f"{name} stands twice")
            attributes = [local(name) for name in node.attrib]
            for name in shape.required_members:
                member = shape.members[name]
                spelled = wire_name(member, name).rsplit(":", 1)[-1]
                if "location" not in member.serialization and spelled not in given + attributes:
                    self.tell(path, f"{name} is missing")
        elif shape.type_name == "list":
            item = shape.member.serialization.get("name", "member")
            for inner in node:
                if local(inner.tag) != item:
                    self.tell(path, f"{local(inner.tag)} is no {item}")
                self.rest_xml(shape.member, inner, f"{path}[]")
        elif len(node):
            self.tell(path, f"{shape.type_name} has elements")


def check(http_response, parsed, model, context, **_):
    """Called after each call of a client."""
    if http_response.status_code >= 300 or model.output_shape is None:
        return
    shape, checker = model.output_shape, Checker(model)
    # Events are read as they come, by whoever called.
    if model.has_event_stream_output:
        return
    # A payload is the function's own, and is read as a stream by whoever called.
    if shape.serialization.get("payload") or not http_response.content:
        return
    body, protocol = http_response.content, model.service_model.resolved_protocol
    if protocol in ("json", "rest-json"):
        checker.json(shape, json.loads(body), "")
    else:
        root = xml.etree.ElementTree.fromstring(body)
        if protocol == "ec2":
            checker.xml(shape, root, "", besides=("requestId",))
        elif protocol == "rest-xml":
            # The root of a location is the one member itself.
            if model.name != "GetBucketLocation":
                checker.rest_xml(shape, root, "")
        else:
            (result,) = [node for node in root if local(node.tag).endswith("Result")]
            checker.xml(shape, result, "")
    assert not checker.wrong, "\n".join(checker.wrong)


def watch(client):
    """Has every response of a client checked."""
    client.meta.events.register("after-call", check)
    return client
