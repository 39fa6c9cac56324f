/**
 * Judges the historic topics again with plain consumers: what happened in a range of time, and whether what the monitor published
 * says the same. Shares no code with the monitor but the judge itself.
 */
@NullMarked
package eu.cloverwatch.audit.replay;

import org.jspecify.annotations.NullMarked;
