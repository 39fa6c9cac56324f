package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.ConsentState;
import eu.cloverwatch.internal.v1.ConsentTimeline;
import eu.cloverwatch.internal.v1.ConsentVersion;
import eu.cloverwatch.model.AgeBand;
import eu.cloverwatch.model.SubjectConsent;
import eu.cloverwatch.model.SubjectId;
import eu.cloverwatch.model.Timeline;
import eu.cloverwatch.model.Timeline.Version;
import eu.cloverwatch.wire.AvroRecords;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The consents of a subject, without the subject's id, which is the key. */
final class ConsentFormat implements Timelines.Format<SubjectConsent, ConsentTimeline> {

    @Override
    public Timeline<SubjectConsent> read(String key, ConsentTimeline stored) {
        SubjectId subject = new SubjectId(key);
        List<Version<SubjectConsent>> versions = stored.getVersions().stream()
                .map(version ->
                        new Version<>(version.getEffectiveFrom(), version.getRecordedAt(), consent(subject, version)))
                .toList();
        return Timeline.restore(versions, stored.getPrunedBefore());
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

    @Override
    public ConsentTimeline write(Timeline<SubjectConsent> timeline) {
        List<ConsentVersion> versions = timeline.versions().stream()
                .map(version ->
                        new ConsentVersion(version.effectiveFrom(), version.recordedAt(), state(version.value())))
                .toList();
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
