/**
 * The Kafka Streams topology: topics, stores, processors, and the facts that every instance holds. The only user of the
 * Streams API.
 */
@NullMarked
package eu.cloverwatch.topology;

import org.jspecify.annotations.NullMarked;
