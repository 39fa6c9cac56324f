"""Records as kcat prints them, and Avro's binary encoding. Python 3, standard library only."""

import io
import json
import pathlib
import urllib.request

# What to give kcat with -f. A length of -1 is null.
FORMAT = r"%t %p %o %T %K %S\n%k%s\n"

SCHEMAS = pathlib.Path(__file__).resolve().parent.parent / "schemas"


class Record:
    def __init__(self, topic, partition, offset, timestamp, key, value):
        self.topic, self.partition, self.offset, self.timestamp = topic, partition, offset, timestamp
        self.key, self.value = key, value

    def __str__(self):
        return f"{self.topic}-{self.partition}@{self.offset}"


class Unreadable(Exception):
    """Not what kcat prints with FORMAT, or not Avro of the expected schema."""


def records(stream):
    """All records that kcat printed with FORMAT, in its order."""
    while line := stream.readline():
        fields = line.split()
        if len(fields) != 6:
            raise Unreadable(f"expected what kcat prints with -f '{FORMAT}'")
        topic, *numbers = fields
        partition, offset, timestamp, key_length, value_length = map(int, numbers)
        key, value = part(stream, key_length), part(stream, value_length)
        if stream.read(1) != b"\n":
            raise Unreadable(f"expected a line's end after {topic.decode()}-{partition}@{offset}")
        yield Record(topic.decode(), partition, offset, timestamp, key, value)


def part(stream, length):
    return None if length < 0 else exactly(stream, length)


def exactly(stream, length):
    data = stream.read(length)
    if length < 0 or len(data) < length:
        raise Unreadable("the input ends within a record")
    return data


class Decoder:
    """
    Values in the Confluent wire format (0x00, 4 bytes of schema id, Avro binary) to dictionaries. Schemas come from the
    registry, by the id in the record; without one, every record must have been written with the schema in schemas/.
    """

    def __init__(self, name, registry=None):
        self.file, self.registry, self.schemas = SCHEMAS / f"{name}.avsc", registry, {}

    def decode(self, value):
        if value is None or value[:1] != b"\0" or len(value) < 5:
            raise Unreadable("expected a value in the Confluent wire format")
        schema, named = self.schema(int.from_bytes(value[1:5], "big"))
        stream = io.BytesIO(value[5:])
        decoded = read(schema, stream, named)
        if stream.read(1):
            raise Unreadable("more bytes than the schema knows: give the registry's address")
        return decoded

    def schema(self, number):
        if number not in self.schemas:
            text = self.file.read_text("utf-8") if self.registry is None else self.fetch(number)
            self.schemas[number] = (json.loads(text), {})
        return self.schemas[number]

    def fetch(self, number):
        with urllib.request.urlopen(f"{self.registry}/schemas/ids/{number}", timeout=30) as answer:
            return json.load(answer)["schema"]


def read(schema, stream, named):
    """One value (Avro specification, binary encoding), of the types that our schemas have. Enums are numbers."""
    if isinstance(schema, list):
        return read(schema[long(stream)], stream, named)
    if isinstance(schema, str):
        known = named.get(schema.rpartition(".")[2])
        return read(known, stream, named) if known else primitive(schema, stream)
    if "name" in schema:
        named[schema["name"]] = schema
    kind = schema["type"]
    if kind == "record":
        return {field["name"]: read(field["type"], stream, named) for field in schema["fields"]}
    if kind == "array":
        return [read(schema["items"], stream, named) for _ in items(stream)]
    if kind == "map":
        return {primitive("string", stream): read(schema["values"], stream, named) for _ in items(stream)}
    return long(stream) if kind == "enum" else read(kind, stream, named)


def items(stream):
    """As many as an array or map has, block by block."""
    while count := long(stream):
        if count < 0:
            count, _ = -count, long(stream)
        yield from range(count)


def primitive(kind, stream):
    if kind == "null":
        return None
    if kind in ("int", "long"):
        return long(stream)
    if kind in ("bytes", "string"):
        data = exactly(stream, long(stream))
        return data if kind == "bytes" else data.decode("utf-8")
    if kind == "boolean":
        return exactly(stream, 1) != b"\0"
    raise Unreadable(f"a schema with {kind}, which ours have not")


def long(stream):
    """Seven bits a byte, the least significant first; then zigzag: 0, -1, 1, -2 ..."""
    result = shift = 0
    while True:
        byte = exactly(stream, 1)[0]
        result |= (byte & 0x7F) << shift
        if byte < 0x80:
            return (result >> 1) ^ -(result & 1)
        shift += 7
