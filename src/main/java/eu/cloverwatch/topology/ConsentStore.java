package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.ConsentState;
import eu.cloverwatch.internal.v1.ConsentTimeline;
import eu.cloverwatch.internal.v1.ConsentVersion;
import eu.cloverwatch.model.AgeBand;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.SubjectConsent;
import eu.cloverwatch.model.SubjectId;
import eu.cloverwatch.model.Timeline;
import eu.cloverwatch.model.Timeline.Version;
import eu.cloverwatch.wire.AvroRecords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The consents of the subjects of one partition: per subject id a timeline. */
final class ConsentStore {

    private final KeyValueStore<String, ConsentTimeline> store;

    ConsentStore(KeyValueStore<String, ConsentTimeline> store) {
        this.store = store;
    }

    void add(Fact.Consented fact) {
        store.put(fact.subjectId(), toAvro(timeline(fact.subjectId()).with(fact.version())));
    }

    Lookup<SubjectConsent> asOf(SubjectId subject, Instant t) {
        return timeline(subject.value()).asOf(t);
    }

    private Timeline<SubjectConsent> timeline(String subjectId) {
        ConsentTimeline avro = store.get(subjectId);
        if (avro == null) {
            return Timeline.empty();
        }
        SubjectId subject = new SubjectId(subjectId);
        List<Version<SubjectConsent>> versions =
                new ArrayList<>(avro.getVersions().size());
        for (ConsentVersion version : avro.getVersions()) {
            versions.add(new Version<>(version.getEffectiveFrom(), version.getRecordedAt(), consent(subject, version)));
        }
        return Timeline.restore(versions, avro.getPrunedBefore());
    }

    private static @Nullable SubjectConsent consent(SubjectId subject, ConsentVersion version) {
        ConsentState state = version.getConsent();
        return state == null
                ? null
                : new SubjectConsent(
                        subject,
                        state.getResidenceCountry(),
                        AgeBand.valueOf(state.getAgeBand().name()),
                        version.getEffectiveFrom(),
                        version.getRecordedAt(),
                        state.getGrants().stream()
                                .map(grant -> new SubjectConsent.Grant(
                                        grant.getPurpose(), grant.getGranted(), grant.getDestinations()))
                                .toList());
    }

    private static ConsentTimeline toAvro(Timeline<SubjectConsent> timeline) {
        List<ConsentVersion> versions = new ArrayList<>(timeline.versions().size());
        for (Version<SubjectConsent> version : timeline.versions()) {
            versions.add(new ConsentVersion(version.effectiveFrom(), version.recordedAt(), state(version.value())));
        }
        return new ConsentTimeline(timeline.prunedBefore(), versions);
    }

    private static @Nullable ConsentState state(@Nullable SubjectConsent consent) {
        return consent == null
                ? null
                : new ConsentState(
                        consent.residenceCountry(),
                        AvroRecords.ageBand(consent.ageBand()),
                        AvroRecords.grants(consent.grants()));
    }
}
