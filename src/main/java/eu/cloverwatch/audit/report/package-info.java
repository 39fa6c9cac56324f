/**
 * What a replay came to, for people and for machines: a report in HTML and PDF, a summary, and every violation and change. The
 * same for the same replay; what a clock says is passed in.
 */
@NullMarked
package eu.cloverwatch.audit.report;

import org.jspecify.annotations.NullMarked;
