package eu.cloverwatch.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an employee is.
 *
 * @param effectiveFrom inclusive, until the next version
 * @param left no longer employed from {@code effectiveFrom} on: a version without value, whatever country it names
 */
public record EmployeeLocation(
        String employeeId,
        String country,
        @Nullable String site,
        @Nullable String employerCountry,
        Instant effectiveFrom,
        Instant recordedAt,
        LocationSource source,
        boolean left) {

    public EmployeeLocation {
        Check.text("employee_id", employeeId);
        Check.country("country", country);
        Check.optionalText("site", site);
        Check.optionalCountry("employer_country", employerCountry);
    }

    public Timeline.Version<EmployeeLocation> version() {
        return new Timeline.Version<>(effectiveFrom, recordedAt, left ? null : this);
    }
}
