/** Measures the monitor against the least that any reader of the same records must do. Not part of the gate. */
@NullMarked
package eu.cloverwatch.bench;

import org.jspecify.annotations.NullMarked;
