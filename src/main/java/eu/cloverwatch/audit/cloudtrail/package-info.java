/**
 * Turns AWS CloudTrail files into a scenario directory. What a record says about the call is mapped; whose data the call
 * touched CloudTrail does not know, so a catalog says it. Every record read is written, skipped or unreadable, and counted.
 */
@NullMarked
package eu.cloverwatch.audit.cloudtrail;

import org.jspecify.annotations.NullMarked;
