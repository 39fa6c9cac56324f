/**
 * What is published, in the form in which a SOC takes it: events of the Open Cybersecurity Schema Framework, release 1.8.0, as JSON.
 * Pure functions of the records.
 */
@NullMarked
package eu.cloverwatch.wire.ocsf;

import org.jspecify.annotations.NullMarked;
