/**
 * Between bytes and the model: Avro, JSON lines, Confluent's wire format and the schema registry's client.
 */
@NullMarked
package eu.cloverwatch.wire;

import org.jspecify.annotations.NullMarked;
