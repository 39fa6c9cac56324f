package eu.cloverwatch.wire;

import eu.cloverwatch.internal.v1.Candidate;
import eu.cloverwatch.v1.AccessEvent;
import java.util.Set;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Tells Avro that our generated classes may be instantiated for the schemas that name them: since 1.12.2 it refuses every
 * class that nobody vouches for.
 */
final class TrustedRecords {

    private static final Set<String> PACKAGES =
            Set.of(AccessEvent.class.getPackageName(), Candidate.class.getPackageName());

    static {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.getGlobal(), type -> PACKAGES.contains(type.getPackageName())));
    }

    private TrustedRecords() {}

    /** Once per JVM; again does nothing. */
    static void vouch() {}
}
