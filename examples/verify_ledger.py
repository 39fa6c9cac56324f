#!/usr/bin/env python3
"""
Verifies the ledger against the records it accounts for (docs/ledger.md). Reads from standard input what kcat prints of the
ledger topic, and then of the accounted topic:

  for topic in cloverwatch.ledger.v1 cloverwatch.access-events.v1; do
    kcat -b localhost:9092 -t $topic -C -e -q -X isolation.level=read_committed -f '%t %p %o %T %K %S\\n%k%s\\n'
  done | examples/verify_ledger.py

Prints for each partition how many epochs and records agree. Exit code 1: a difference, named on standard error; 2: the input
cannot be read.
"""

import argparse
import bisect
import hashlib
import struct
import sys

from topic_records import Decoder, Unreadable, records


class Difference(Exception):
    pass


class Tree:
    """RFC 6962, section 2.1: the roots of the perfect subtrees, largest first."""

    def __init__(self):
        self.leaves, self.subtrees = 0, []

    def add(self, data):
        node, carry = hashlib.sha256(b"\0" + data).digest(), self.leaves
        while carry & 1:
            node, carry = hashlib.sha256(b"\1" + self.subtrees.pop() + node).digest(), carry >> 1
        self.subtrees.append(node)
        self.leaves += 1

    def root(self):
        if not self.subtrees:
            return hashlib.sha256().digest()
        *left, root = self.subtrees
        for subtree in reversed(left):
            root = hashlib.sha256(b"\1" + subtree + root).digest()
        return root


def leaf(record):
    def part(data):
        return struct.pack(">i", -1) if data is None else struct.pack(">i", len(data)) + data

    place = struct.pack(">qq", max(record.timestamp, 0), record.offset)
    return hashlib.sha256(part(record.key) + part(record.value) + place).digest()


class Partition:
    def __init__(self, name):
        self.name = name
        self.epochs = {}  # by first offset; the last statement about an epoch counts
        self.firsts = []
        self.trees = {}
        self.first_read = None
        self.open = 0

    def state(self, epoch):
        self.epochs[epoch["first_offset"]] = epoch
        self.firsts = sorted(self.epochs)

    def read(self, record):
        if self.first_read is None:
            self.first_read = record.offset
        index = bisect.bisect_right(self.firsts, record.offset) - 1
        if index >= 0 and record.offset <= self.epochs[self.firsts[index]]["last_offset"]:
            self.trees.setdefault(self.firsts[index], Tree()).add(leaf(record))
        elif index + 1 < len(self.firsts) and record.offset > self.firsts[0]:
            raise Difference(f"{record} is in no epoch")
        elif index >= 0:
            self.open += 1

    def verify(self):
        previous = None
        agreeing = records_agreeing = gone = 0
        for first in self.firsts:
            epoch, tree = self.epochs[first], self.trees.get(first, Tree())
            where = f"{self.name}, epoch {first} to {epoch['last_offset']}"
            if sum(epoch["outcomes"].values()) != epoch["records"]:
                raise Difference(f"{where}: outcomes are not as many as records")
            if previous is not None and epoch["previous_root"] != previous:
                raise Difference(f"{where}: previous_root is not the root of the epoch before")
            previous = epoch["root"]
            if tree.leaves < epoch["records"] and (self.first_read is None or self.first_read > first):
                gone += 1  # at least the epoch's beginning is no longer kept
                continue
            if tree.leaves != epoch["records"]:
                raise Difference(f"{where}: says {epoch['records']} records, the topic has {tree.leaves}")
            if tree.root() != epoch["root"]:
                raise Difference(f"{where}: its root is not that of the records")
            agreeing, records_agreeing = agreeing + 1, records_agreeing + tree.leaves
        return f"{agreeing} epochs with {records_agreeing} records agree, {gone} no longer kept, {self.open} records open"


def read_all(stream, ledger_topic, decoder):
    partitions = {}
    for record in records(stream):
        if record.topic == ledger_topic:
            epoch = decoder.decode(record.value)
            of = (epoch["topic"], epoch["partition"])
            partitions.setdefault(of, Partition(f"{of[0]}-{of[1]}")).state(epoch)
        elif (record.topic, record.partition) in partitions:
            partitions[record.topic, record.partition].read(record)
    if not partitions:
        raise Unreadable("expected the ledger's epochs first, came none")
    return partitions


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--ledger", metavar="TOPIC", default="cloverwatch.ledger.v1", help="default: %(default)s")
    arguments.add_argument("--registry", metavar="URL", help="where to ask for schemas; default: the one in schemas/")
    options = arguments.parse_args()
    try:
        partitions = read_all(sys.stdin.buffer, options.ledger, Decoder("LedgerEpoch", options.registry))
        for _, partition in sorted(partitions.items()):
            print(f"{partition.name}: {partition.verify()}")
    except Difference as e:
        print(f"difference: {e}", file=sys.stderr)
        sys.exit(1)
    except (Unreadable, OSError, ValueError, LookupError) as e:
        print(e, file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
