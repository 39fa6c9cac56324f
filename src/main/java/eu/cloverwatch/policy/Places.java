package eu.cloverwatch.policy;

import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.EmployeeLocation;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.Rule;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Where the data of one event lies, is stored and arrives; what is wrong or unknown there becomes a finding. */
final class Places {

    private final AccessEvent event;
    private final Policy policy;
    private final Findings findings;
    /** Of most events nothing is outside, and no map is made. */
    private Map<String, String> outside = Map.of();

    Places(AccessEvent event, Policy policy, Findings findings) {
        this.event = event;
        this.policy = policy;
        this.findings = findings;
    }

    /** The sites that the event names, and where it stores. */
    void storage() {
        known(event.originSite());
        String destination = event.destination().site();
        if (destination != null) {
            known(destination);
        }
        if (!stores()) {
            return;
        }
        if (destination != null) {
            storedAt(destination);
        } else if (event.destination().country() == null) {
            storedAt(event.originSite());
        } else {
            findings.add(
                    Rule.SITE_UNKNOWN,
                    "the data is stored at a place of which only the country is named, "
                            + event.destination().country(),
                    "name the site where the data is stored");
        }
    }

    /**
     * Where the data goes outside the region: each country once, with what is there, for messages. In the order destination
     * site, destination country, actor; a site stands for its country.
     */
    Map<String, String> outside(Supplier<Lookup<EmployeeLocation>> location) {
        String id = event.destination().site();
        Site site = id == null ? null : policy.site(id).orElse(null);
        if (site != null && !site.isEnclaveAt(event.occurredAt()) && !policy.inRegion(site.country())) {
            reached(site.country(), "site " + site.id());
        }
        String country = event.destination().country();
        if (country != null && !policy.inRegion(country) && (site == null || !country.equals(site.country()))) {
            reached(country, "destination");
        }
        if (event.actor().isPerson()) {
            actor(location.get());
        }
        return outside;
    }

    private void reached(String country, String what) {
        if (outside.isEmpty()) {
            outside = new LinkedHashMap<>();
        }
        outside.merge(country, what, (before, more) -> before + " and " + more);
    }

    private void actor(Lookup<EmployeeLocation> location) {
        String id = event.actor().id();
        if (location instanceof Lookup.Known<EmployeeLocation> known) {
            String country = known.value().country();
            if (!policy.inRegion(country)) {
                reached(country, "location of " + id);
            }
        } else if (location instanceof Lookup.BeyondHistory) {
            findings.add(
                    Rule.HISTORY_EXPIRED,
                    "where " + id + " was at the time of the event is no longer kept",
                    "keep locations for as long as events may be late");
        } else {
            findings.add(
                    Rule.ACTOR_LOCATION_UNKNOWN,
                    "nobody knows where " + id + " was at the time of the event",
                    "record the location of " + id + " from before the access");
        }
    }

    private void known(String site) {
        if (policy.site(site).isEmpty()) {
            findings.add(
                    Rule.SITE_UNKNOWN,
                    "the policy does not list the site " + site,
                    "add the site " + site + " to the policy, or name one that it lists");
        }
    }

    /** An operation newer than this version may store: it is judged as if it did. */
    private boolean stores() {
        return switch (event.operation()) {
            case WRITE, REPLICATE, UNKNOWN -> true;
            case READ, EXPORT, DELETE -> false;
        };
    }

    private void storedAt(String id) {
        policy.site(id)
                .filter(site -> !site.isEnclaveAt(event.occurredAt()) && !site.isLegacyAt(event.occurredAt()))
                .ifPresent(site -> findings.add(
                        Rule.STORED_OUTSIDE_ENCLAVE,
                        "the data was stored at the site " + id + " (" + site.country()
                                + "), which was not part of the enclave at the time",
                        "store the data at a site of the enclave"));
    }
}
