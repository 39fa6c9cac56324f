package eu.cloverwatch.demo;

import java.util.List;
import java.util.Set;

/** Categories of data in the generated world; the same facts as in demo/policy.yaml. */
final class Categories {

    static final List<String> RESTRICTED = List.of(
            "NAME",
            "EMAIL",
            "PHONE_NUMBER",
            "IP_ADDRESS",
            "FINANCIAL",
            "PRIVATE_CONTENT",
            "PRIVATE_VIDEO",
            "DIRECT_MESSAGE",
            "PRECISE_LOCATION",
            "CONTACTS",
            "DATE_OF_BIRTH",
            "DEVICE_ID",
            "UNCLASSIFIED");

    /** SEARCH_HISTORY is in no list of the policy: the categories are an open set. */
    static final List<String> UNRESTRICTED = List.of("VIEW_HISTORY", "AD_INTERACTION", "SEARCH_HISTORY");

    /** Exempt once pseudonymised, and not restricted. */
    static final List<String> EXEMPTIBLE = List.of("PUBLIC_VIDEO", "PRIVACY_SETTING");

    private static final Set<String> RESTRICTED_SET = Set.copyOf(RESTRICTED);

    private Categories() {}

    static boolean isRestricted(String category) {
        return RESTRICTED_SET.contains(category);
    }
}
