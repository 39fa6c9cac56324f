package eu.cloverwatch.wire;

import org.apache.avro.generic.GenericContainer;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * Avro loads no class by the name in a schema unless it is trusted (since 1.12.2). Ours are the generated ones, and only
 * they: a schema comes from whoever may write to the registry.
 */
public final class AvroClasses {

    private static final String OURS = "eu.cloverwatch.";

    static {
        ClassSecurityValidator.setGlobal(
                ClassSecurityValidator.composite(ClassSecurityValidator.getGlobal(), AvroClasses::isGenerated));
    }

    private AvroClasses() {}

    /** To be called before the first of our records is written or read; any number of times. */
    public static void trust() {
        // the static initializer did it, once
    }

    private static boolean isGenerated(Class<?> type) {
        return type.getName().startsWith(OURS) && (GenericContainer.class.isAssignableFrom(type) || type.isEnum());
    }
}
