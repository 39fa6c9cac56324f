/** Processes that are killed and started again, and what must be true afterwards. */
@NullMarked
package eu.cloverwatch.crash;

import org.jspecify.annotations.NullMarked;
