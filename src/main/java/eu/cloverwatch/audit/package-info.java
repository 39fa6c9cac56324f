/**
 * Judges recorded data again, gathering facts in its own naive way: read everything, sort, look up.
 */
@NullMarked
package eu.cloverwatch.audit;

import org.jspecify.annotations.NullMarked;
