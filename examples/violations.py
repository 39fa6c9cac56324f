#!/usr/bin/python3
"""
Prints the violations that there are, and how many of them stand. Confluent's client for Python, as Debian has it:
apt install python3-confluent-kafka python3-avro

usage: violations.py [BOOTSTRAP [REGISTRY]]
"""

import sys

from confluent_kafka import OFFSET_BEGINNING, Consumer, KafkaError, TopicPartition
from confluent_kafka.avro import CachedSchemaRegistryClient
from confluent_kafka.avro.serializer.message_serializer import MessageSerializer

TOPIC = "cloverwatch.violations.v1"


def main(bootstrap="localhost:9092", registry="http://localhost:8080/registry"):
    # Not AvroConsumer, which expects keys to be Avro: ours are text.
    avro = MessageSerializer(CachedSchemaRegistryClient({"url": registry}))
    consumer = Consumer(
        {
            "bootstrap.servers": bootstrap,
            "group.id": "cloverwatch.partner-python",
            "isolation.level": "read_committed",
            "enable.auto.commit": False,
            "enable.partition.eof": True,
        }
    )
    partitions = consumer.list_topics(TOPIC, timeout=15).topics[TOPIC].partitions
    consumer.assign([TopicPartition(TOPIC, number, OFFSET_BEGINNING) for number in partitions])
    latest, at_end = {}, set()
    while len(at_end) < len(partitions):
        message = consumer.poll(1)
        if message is None:
            continue
        if message.error():
            if message.error().code() != KafkaError._PARTITION_EOF:
                sys.exit(str(message.error()))
            at_end.add(message.partition())
            continue
        violation = avro.decode_message(message.value())
        # A repetition, or a revision that came before: the greatest counts.
        known = latest.get(violation["violation_id"])
        if known is None or known["revision"] < violation["revision"]:
            latest[violation["violation_id"]] = violation
            print(violation["status"], violation["severity"], repr(violation["findings"][0]["message"]))
    consumer.close()
    standing = sum(violation["status"] != "WITHDRAWN" for violation in latest.values())
    print(f"{standing} violations stand")


if __name__ == "__main__":
    main(*sys.argv[1:])
