#!/usr/bin/env python3
"""
Verifies the hash chain of the violations topic (docs/ledger.md). Reads from standard input what kcat prints:

  kcat -b localhost:9092 -t cloverwatch.violations.v1 -C -e -q -X isolation.level=read_committed \\
      -f '%t %p %o %T %K %S\\n%k%s\\n' | examples/verify_chain.py

Prints a line for each chain: its id, its length, the hash of its last record. Keep these lines: given back with --since,
they prove that what was there then is still what the chain grew from. Exit code 1: a break, named on standard error; 2: the
input cannot be read.
"""

import argparse
import hashlib
import sys
import time

from topic_records import Decoder, Unreadable, records

HASH = 32


class Break(Exception):
    pass


class Chain:
    def __init__(self, name, known_length=0, known_hash=b""):
        """What is known from an earlier run: records up to there may be gone from the topic by now."""
        self.name, self.known_length, self.known_hash = name, known_length, known_hash
        self.links = {}
        self.last_in_partition = {}

    def add(self, link, detected_at, record):
        sequence = link["sequence"]
        if sequence in self.links:
            self.broken(f"sequence {sequence} is there twice: {self.links[sequence][3]} and {record}")
        if sequence < self.last_in_partition.get(record.partition, -1):
            self.broken(f"sequence {sequence} is out of order: {record}")
        self.last_in_partition[record.partition] = sequence
        self.links[sequence] = (link["previous_hash"], link["hash"], detected_at, record)

    def verify(self, settled_before):
        """Returns length, last hash, and how many newer records cannot be linked yet."""
        self.verify_known()
        length, last = self.known_length, self.known_hash
        for sequence in sorted(s for s in self.links if s >= self.known_length):
            _, hash_, detected_at, record = self.links[sequence]
            if sequence != length:
                if detected_at >= settled_before:
                    break
                self.broken(f"sequence {length} is missing before {sequence}: {record}")
            self.follows(sequence, last)
            length, last = sequence + 1, hash_
        return length, last, sum(1 for s in self.links if s >= length)

    def verify_known(self):
        for sequence in sorted(s for s in self.links if s < self.known_length):
            if sequence - 1 in self.links:
                self.follows(sequence, self.links[sequence - 1][1])
        end = self.known_length - 1
        if end in self.links and self.links[end][1] != self.known_hash:
            self.broken(f"sequence {end} is not what it was: {self.links[end][3]}")
        if self.links and max(self.links) < end:
            self.broken(f"was {self.known_length} long and now ends with sequence {max(self.links)}")

    def follows(self, sequence, hash_before):
        if self.links[sequence][0] != hash_before:
            self.broken(f"sequence {sequence} does not follow {sequence - 1}: {self.links[sequence][3]}")

    def broken(self, how):
        raise Break(f"chain {self.name}: {how}")


def check_hash(link, value):
    """chain is the last field of a violation, and hash the last of chain: 0x40 (its length) and 32 bytes."""
    binary = value[5:]
    if len(link["hash"]) != HASH or binary[-HASH - 1 :] != b"\x40" + link["hash"]:
        raise Break("does not end with a hash")
    empty_hash = binary[: -HASH - 1] + b"\0"
    if hashlib.sha256(link["previous_hash"] + empty_hash).digest() != link["hash"]:
        raise Break("its hash is not that of its content")


def earlier(path):
    chains = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            name, length, last = line.rstrip("\n").split("\t")
            chains[name] = Chain(name, int(length), bytes.fromhex(last))
    return chains


def read_all(stream, decoder, chains):
    count = 0
    for record in records(stream):
        try:
            violation = decoder.decode(record.value)
            link = violation["chain"]
            check_hash(link, record.value)
        except (Unreadable, Break, ValueError, LookupError) as e:
            raise Break(f"{record}: {e}") from e
        chains.setdefault(link["id"], Chain(link["id"])).add(link, violation["detected_at"], record)
        count += 1
    if not count:
        raise Unreadable("expected violations, came none")


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--since", metavar="FILE", help="what an earlier run printed")
    arguments.add_argument("--registry", metavar="URL", help="where to ask for schemas; default: the one in schemas/")
    arguments.add_argument("--settle", metavar="SECONDS", type=float, default=10,
                           help="default 10: a gap is no break if the record after it was detected so shortly before this"
                                " run, as partitions are read one after the other")
    options = arguments.parse_args()
    settled_before = (time.time() - options.settle) * 1000
    try:
        chains = earlier(options.since) if options.since else {}
        read_all(sys.stdin.buffer, Decoder("Violation", options.registry), chains)
        for name in sorted(chains):
            length, last, unsettled = chains[name].verify(settled_before)
            print(f"{name}\t{length}\t{last.hex()}")
            if unsettled:
                print(f"chain {name}: {unsettled} newer records wait for one before them: run again", file=sys.stderr)
    except Break as e:
        print(f"break: {e}", file=sys.stderr)
        sys.exit(1)
    except (Unreadable, OSError, ValueError) as e:
        print(e, file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
