/**
 * What two policies judge differently, and whether a policy keeps what it claims: the judge itself is asked about one event of
 * every kind that the policies tell apart. Pure, as the judge is.
 */
@NullMarked
package eu.cloverwatch.policy.compare;

import org.jspecify.annotations.NullMarked;
