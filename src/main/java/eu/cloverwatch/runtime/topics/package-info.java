/**
 * What topics and permissions a cluster should have, what it has, and making the one of the other; nothing is ever deleted.
 */
@NullMarked
package eu.cloverwatch.runtime.topics;

import org.jspecify.annotations.NullMarked;
