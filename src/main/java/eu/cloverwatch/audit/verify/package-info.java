/**
 * Compares what the monitor published with what the topics say: violations, their hash chains, and the ledger.
 */
@NullMarked
package eu.cloverwatch.audit.verify;

import org.jspecify.annotations.NullMarked;
