/**
 * What a monitor shows over HTTP: health and metrics. Read-only.
 */
@NullMarked
package eu.cloverwatch.console;

import org.jspecify.annotations.NullMarked;
