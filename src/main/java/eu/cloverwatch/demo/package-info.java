/**
 * A whole world in one process: an embedded broker and registry, and generated traffic with planted violations.
 */
@NullMarked
package eu.cloverwatch.demo;

import org.jspecify.annotations.NullMarked;
