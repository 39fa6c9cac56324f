package eu.cloverwatch.policy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A place that the data of an event reaches.
 *
 * @param country ISO code; a site stands for its country
 * @param inside whether data may be read there without a gateway
 * @param what what is there, for messages
 */
record Recipient(String country, boolean inside, String what) {

    /** Where data goes outside the region: each country once, in order, with what is there. */
    static Map<String, String> outside(List<Recipient> recipients) {
        return recipients.stream()
                .filter(recipient -> !recipient.inside())
                .collect(Collectors.toMap(
                        Recipient::country, Recipient::what, (a, b) -> a + " and " + b, LinkedHashMap::new));
    }
}
