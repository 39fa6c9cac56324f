package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.Candidate;
import eu.cloverwatch.internal.v1.LocationState;
import eu.cloverwatch.internal.v1.LocationTimeline;
import eu.cloverwatch.internal.v1.LocationVersion;
import eu.cloverwatch.internal.v1.LookupState;
import eu.cloverwatch.model.EmployeeLocation;
import eu.cloverwatch.model.LocationSource;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.Timeline;
import eu.cloverwatch.model.Timeline.Version;
import eu.cloverwatch.wire.AvroRecords;
import eu.cloverwatch.wire.ModelRecords;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where an employee was, without the employee's id, which is the key; and the answer of a lookup, as events carry it. */
final class LocationFormat implements Timelines.Format<EmployeeLocation, LocationTimeline> {

    @Override
    public Timeline<EmployeeLocation> read(String key, LocationTimeline stored) {
        List<Version<EmployeeLocation>> versions = stored.getVersions().stream()
                .map(version ->
                        new Version<>(version.getEffectiveFrom(), version.getRecordedAt(), location(key, version)))
                .toList();
        return Timeline.restore(versions, stored.getPrunedBefore());
    }

    private static @Nullable EmployeeLocation location(String employeeId, LocationVersion version) {
        LocationState state = version.getLocation();
        return state == null
                ? null
                : new EmployeeLocation(
                        employeeId,
                        state.getCountry(),
                        state.getSite(),
                        state.getEmployerCountry(),
                        version.getEffectiveFrom(),
                        version.getRecordedAt(),
                        LocationSource.valueOf(state.getSource().name()),
                        false);
    }

    @Override
    public LocationTimeline write(Timeline<EmployeeLocation> timeline) {
        List<LocationVersion> versions = timeline.versions().stream()
                .map(version ->
                        new LocationVersion(version.effectiveFrom(), version.recordedAt(), state(version.value())))
                .toList();
        return new LocationTimeline(timeline.prunedBefore(), versions);
    }

    private static @Nullable LocationState state(@Nullable EmployeeLocation location) {
        return location == null
                ? null
                : new LocationState(
                        location.country(),
                        location.site(),
                        location.employerCountry(),
                        eu.cloverwatch.v1.LocationSource.valueOf(
                                location.source().name()));
    }

    /** Writes the answer of a lookup into an event. */
    static void setAnswer(Candidate candidate, Lookup<EmployeeLocation> location) {
        if (location instanceof Lookup.Known<EmployeeLocation> known) {
            candidate.setLocationState(LookupState.KNOWN);
            candidate.setLocation(AvroRecords.employeeLocation(known.value()));
        } else {
            candidate.setLocationState(
                    location instanceof Lookup.Absent ? LookupState.ABSENT : LookupState.BEYOND_HISTORY);
            candidate.setLocation(null);
        }
    }

    /** @param location what the event carries; null unless KNOWN */
    static Lookup<EmployeeLocation> answer(LookupState state, eu.cloverwatch.v1.@Nullable EmployeeLocation location) {
        return switch (state) {
            case ABSENT -> Lookup.absent();
            case BEYOND_HISTORY -> Lookup.beyondHistory();
            case KNOWN -> {
                EmployeeLocation known = ModelRecords.employeeLocation(Objects.requireNonNull(location));
                yield new Lookup.Known<>(known, known.effectiveFrom());
            }
        };
    }
}
