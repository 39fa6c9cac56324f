/**
 * Configuration, and the life of the monitor: start, health, metrics, stop.
 */
@NullMarked
package eu.cloverwatch.runtime;

import org.jspecify.annotations.NullMarked;
