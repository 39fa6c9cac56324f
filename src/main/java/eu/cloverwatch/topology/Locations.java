package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.Candidate;
import eu.cloverwatch.internal.v1.LookupState;
import eu.cloverwatch.model.EmployeeLocation;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.wire.ModelRecords;

/** The answer of a location lookup, as it travels with a candidate. */
final class Locations {

    private Locations() {}

    static LookupState state(Lookup<EmployeeLocation> location) {
        if (location instanceof Lookup.Known) {
            return LookupState.KNOWN;
        }
        return location instanceof Lookup.Absent ? LookupState.ABSENT : LookupState.BEYOND_HISTORY;
    }

    static Lookup<EmployeeLocation> of(Candidate candidate) {
        return switch (candidate.getLocationState()) {
            case ABSENT -> Lookup.absent();
            case BEYOND_HISTORY -> Lookup.beyondHistory();
            case KNOWN -> {
                EmployeeLocation location = ModelRecords.employeeLocation(candidate.getLocation());
                yield new Lookup.Known<>(location, location.effectiveFrom());
            }
        };
    }
}
