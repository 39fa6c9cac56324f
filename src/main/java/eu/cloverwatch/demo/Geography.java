package eu.cloverwatch.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Countries and sites of the generated world, and the days on which they change; the same facts as in demo/policy.yaml. */
final class Geography {

    static final Instant START = Instant.parse("2024-09-01T00:00:00Z");
    static final Instant END = Instant.parse("2025-03-01T00:00:00Z");
    static final Instant HAMAR_OPENS = Instant.parse("2024-11-01T00:00:00Z");
    static final Instant KOUVOLA_OPENS = Instant.parse("2025-02-01T06:00:00Z");
    static final Instant SINGAPORE_LEGACY_ENDS = Instant.parse("2024-12-31T00:00:00Z");
    static final Instant US_ENCLAVE_ENDS = Instant.parse("2025-01-01T00:00:00Z");

    /** Residents are protected, and data may be read, in the EU, the EEA, the United Kingdom and Switzerland. */
    static final List<String> REGION = List.of(
            "DE", "FR", "IT", "ES", "PL", "GB", "NL", "SE", "IE", "NO", "BE", "AT", "CH", "PT", "GR", "CZ", "DK", "FI",
            "HU", "RO", "BG", "HR", "SK", "SI", "LT", "LV", "EE", "LU", "CY", "MT", "IS", "LI");

    private static final Set<String> INSIDE = Set.copyOf(REGION);

    /** Where employees outside the region were disclosed to have remote access, China apart. */
    static final List<String> REMOTE = List.of("BR", "CA", "IL", "JP", "MY", "PH", "SG", "KR", "US");

    static final String CHINA = "CN";

    /** Where all data is denied, whatever the gateway. */
    static final List<String> EMBARGOED = List.of("RU", "BY");

    /** Whose residents no policy of this world protects. */
    static final List<String> UNPROTECTED =
            List.of("US", "BR", "ID", "MX", "JP", "VN", "PH", "TR", "TH", "SA", "CN", "IN");

    private static final Map<String, String> OFFICES = new TreeMap<>(Map.ofEntries(
            Map.entry("GB", "london-office"),
            Map.entry("FR", "paris-office"),
            Map.entry("BR", "sao-paulo-office"),
            Map.entry("CA", "toronto-office"),
            Map.entry("CN", "beijing-office"),
            Map.entry("IL", "tel-aviv-office"),
            Map.entry("JP", "tokyo-office"),
            Map.entry("MY", "kuala-lumpur-office"),
            Map.entry("PH", "manila-office"),
            Map.entry("SG", "singapore-office"),
            Map.entry("KR", "seoul-office"),
            Map.entry("US", "san-jose-office")));

    private Geography() {}

    static boolean isInside(String country) {
        return INSIDE.contains(country);
    }

    /** The office in a country; null if there is none. Offices are sites where nothing may be stored. */
    static @Nullable String office(String country) {
        return OFFICES.get(country);
    }

    /** Sites where data may be stored at this time. */
    static List<String> enclaves(Instant at) {
        List<String> sites = new ArrayList<>(List.of("dublin-1"));
        if (!at.isBefore(HAMAR_OPENS)) {
            sites.add("hamar-1");
        }
        if (!at.isBefore(KOUVOLA_OPENS)) {
            sites.add("kouvola-1");
        }
        if (at.isBefore(US_ENCLAVE_ENDS)) {
            sites.add("us-enclave");
        }
        return sites;
    }
}
