package eu.cloverwatch.wire.ocsf;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Who reports.
 *
 * @param version of the software
 * @param source of the records within an organisation, as in their CloudEvents header {@code ce_source}
 */
public record Product(String version, String source) {

    static final String NAME = "Cloverwatch";

    /** This build; its version is "unknown" where there is no jar. */
    public static Product ofThisBuild(String source) {
        String version = Product.class.getPackage().getImplementationVersion();
        return new Product(version == null ? "unknown" : version, source);
    }

    /** The object {@code product}. */
    ObjectNode json() {
        return Event.object().put("name", NAME).put("vendor_name", NAME).put("version", version);
    }
}
