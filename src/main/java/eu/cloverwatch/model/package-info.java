/**
 * The records and enums of the domain and {@link eu.cloverwatch.model.Timeline}, the bitemporal history of one key. A
 * record that exists is valid: constructors refuse what the contract forbids.
 */
@NullMarked
package eu.cloverwatch.model;

import org.jspecify.annotations.NullMarked;
