package eu.cloverwatch.audit.cloudtrail;

import eu.cloverwatch.model.AccessEvent.Destination;
import eu.cloverwatch.model.Operation;
import eu.cloverwatch.model.Protection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says which calls on which resources touch whose data: what CloudTrail cannot know. The first row that matches decides.
 *
 * @param name what it is called in messages: a file name
 */
public record Catalog(String name, List<Row> rows) {

    public Catalog {
        rows = List.copyOf(rows);
    }

    /** The first row that the record matches; empty if the call is none of our business. */
    Optional<Row> match(CloudTrailRecord event) {
        return rows.stream().filter(row -> row.matches(event)).findFirst();
    }

    /**
     * @param names matches of {@code eventName}, at least one
     * @param resources one must match one of {@link CloudTrailRecord#resources()}; empty: any call, whatever it is about
     * @param operation null: told by the name of the call
     * @param gateway id of the gateway that these calls pass, null if none
     */
    record Row(
            Glob source,
            List<Glob> names,
            List<Glob> resources,
            @Nullable Operation operation,
            People subject,
            List<String> categories,
            Protection protection,
            String purpose,
            @Nullable String gateway,
            Destination destination) {

        Row {
            names = List.copyOf(names);
            resources = List.copyOf(resources);
            categories = List.copyOf(categories);
        }

        boolean matches(CloudTrailRecord event) {
            return source.matches(event.source())
                    && names.stream().anyMatch(name -> name.matches(event.name()))
                    && (resources.isEmpty() || event.resources().stream().anyMatch(this::isAbout));
        }

        private boolean isAbout(String resource) {
            return resources.stream().anyMatch(glob -> glob.matches(resource));
        }
    }

    /**
     * Whose data a row is about.
     *
     * @param country of residence, null if not known
     * @param count people behind one call that names no single one, at least 1
     * @param idFrom where in a record the subject's id is, names joined by dots; null if it does not say
     * @param minor null if not known
     */
    record People(
            @Nullable String country,
            long count,
            @Nullable String idFrom,
            @Nullable Boolean minor) {}
}
