/**
 * The commands and their exit codes.
 */
@NullMarked
package eu.cloverwatch.cli;

import org.jspecify.annotations.NullMarked;
