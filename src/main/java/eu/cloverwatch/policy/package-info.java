/**
 * The policy document and {@code judge}: whether a flow is compliant. Pure: no Kafka, no Avro, no clock, no I/O.
 */
@NullMarked
package eu.cloverwatch.policy;

import org.jspecify.annotations.NullMarked;
