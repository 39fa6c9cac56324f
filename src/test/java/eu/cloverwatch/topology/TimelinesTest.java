package eu.cloverwatch.topology;

import static eu.cloverwatch.topology.Facts.granted;
import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.internal.v1.ConsentTimeline;
import eu.cloverwatch.model.Lookup;
import eu.cloverwatch.model.SubjectConsent;
import eu.cloverwatch.model.Timeline.Version;
import eu.cloverwatch.wire.ModelRecords;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** When what is known of a subject who was erased is dropped: by the wall clock, whatever comes or does not come. */
class TimelinesTest {

    private static final Instant T = Instant.parse("2024-06-05T09:00:00Z");
    private static final Instant BEFORE = T.minusSeconds(1);
    private static final Duration LOOKBACK = Duration.ofDays(7);
    private static final Duration HORIZON = Duration.ofDays(90);
    private static final Duration MILLI = Duration.ofMillis(1);

    private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    private final KeyValueStore<String, ConsentTimeline> store = open(
            "consents", Serdes.String(), new StateCodec<>(ConsentTimeline.getClassSchema(), ConsentTimeline.class));
    private final KeyValueStore<byte[], byte[]> expiries = open("expiries", Serdes.ByteArray(), Serdes.ByteArray());
    private final Timelines<SubjectConsent, ConsentTimeline> consents =
            new Timelines<>(store, new Expiries(expiries), new ConsentFormat(), HORIZON, LOOKBACK);

    private <K, V> KeyValueStore<K, V> open(String name, Serde<K> keys, Serde<V> values) {
        KeyValueStore<K, V> opened = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), keys, values)
                .withLoggingDisabled()
                .build();
        opened.init(context.getStateStoreContext(), opened);
        return opened;
    }

    private void consented(String subjectId, Instant at) {
        SubjectConsent consent = ModelRecords.subjectConsent(Facts.consent(subjectId, at, at, granted("ADVERTISING")));
        consents.add(subjectId, consent.version(), at, at);
    }

    private void erased(String subjectId, Instant at) {
        consents.add(subjectId, new Version<>(at, at, null), at, at);
    }

    private static <K, V> int size(KeyValueStore<K, V> store) {
        int size = 0;
        try (KeyValueIterator<K, V> all = store.all()) {
            for (; all.hasNext(); all.next()) {
                size++;
            }
        }
        return size;
    }

    @Test
    void whatAnErasedSubjectHadConsentedToIsDroppedAfterTheLookback() {
        consented("S-1", BEFORE);
        erased("S-1", T);
        consents.expire(T.plus(LOOKBACK));
        assertThat(consents.asOf("S-1", BEFORE)).isInstanceOf(Lookup.Known.class);

        consents.expire(T.plus(LOOKBACK).plus(MILLI));
        assertThat(consents.asOf("S-1", BEFORE)).isEqualTo(Lookup.beyondHistory());
        assertThat(consents.asOf("S-1", T)).isEqualTo(Lookup.absent());
    }

    @Test
    void anErasedSubjectIsForgottenAfterTheHorizon() {
        consented("S-1", BEFORE);
        erased("S-1", T);
        consents.expire(T.plus(HORIZON));
        assertThat(size(store)).isOne();

        consents.expire(T.plus(HORIZON).plus(MILLI));
        assertThat(size(store)).isZero();
        assertNothingWaits();
    }

    @Test
    void beforeTheErasureAForgottenSubjectIsBeyondHistory() {
        consented("S-1", BEFORE);
        erased("S-1", T);
        consents.expire(T.plus(HORIZON).plus(MILLI));
        assertThat(consents.asOf("S-1", T.minus(MILLI))).isEqualTo(Lookup.beyondHistory());
        assertThat(consents.asOf("S-1", T)).isEqualTo(Lookup.absent());

        consented("S-1", T.plus(HORIZON));
        assertThat(consents.asOf("S-1", T.minus(MILLI))).as("who has come back").isEqualTo(Lookup.beyondHistory());
        assertThat(consents.asOf("S-1", T)).isEqualTo(Lookup.absent());
        assertThat(consents.asOf("S-1", T.plus(HORIZON))).isInstanceOf(Lookup.Known.class);
    }

    @Test
    void thatSubjectsWereForgottenIsRememberedInOneEntryAndOverARestart() {
        for (int i = 0; i < 10; i++) {
            erased("S-" + i, T.plusSeconds(i));
        }
        consents.expire(T.plus(HORIZON).plusSeconds(10));
        assertThat(size(store)).isZero();
        assertThat(size(expiries)).isOne();

        Timelines<SubjectConsent, ConsentTimeline> restarted =
                new Timelines<>(store, new Expiries(expiries), new ConsentFormat(), HORIZON, LOOKBACK);
        assertThat(restarted.asOf("S-0", T.plusSeconds(9).minus(MILLI))).isEqualTo(Lookup.beyondHistory());
        assertThat(restarted.asOf("S-0", T.plusSeconds(9))).isEqualTo(Lookup.absent());
    }

    @Test
    void aSubjectOfWhomNothingEverCameIsAbsentWhileNoneWasForgotten() {
        consented("S-1", BEFORE);
        erased("S-1", T);
        consents.expire(T.plus(HORIZON));
        assertThat(consents.asOf("S-2", Instant.EPOCH)).isEqualTo(Lookup.absent());
    }

    @Test
    void whatIsKnownFromBeforeAnErasureOfOthersStaysKnown() {
        consented("S-2", BEFORE);
        erased("S-1", T);
        consents.expire(T.plus(HORIZON).plus(MILLI));
        assertThat(consents.asOf("S-2", BEFORE)).isInstanceOf(Lookup.Known.class);
        assertThat(consents.asOf("S-2", BEFORE.minus(MILLI))).isEqualTo(Lookup.beyondHistory());
    }

    /** But for the time before which subjects were forgotten. */
    private void assertNothingWaits() {
        assertThat(size(expiries)).isLessThanOrEqualTo(1);
    }

    @Test
    void whoComesBackIsNotForgotten() {
        erased("S-1", T);
        consented("S-1", T.plusSeconds(1));
        consents.expire(T.plus(HORIZON).plus(MILLI));
        assertThat(consents.asOf("S-1", T.plusSeconds(1))).isInstanceOf(Lookup.Known.class);
        assertThat(size(expiries)).isZero();
    }

    @Test
    void anErasureThatIsSentAgainLeavesNothingBehind() {
        consented("S-1", BEFORE);
        erased("S-1", T);
        Instant again = T.plus(HORIZON).minus(Duration.ofDays(1));
        consents.add("S-1", new Version<>(T, T, null), T, again);
        consents.expire(T.plus(HORIZON).plus(MILLI));
        consents.expire(again.plus(LOOKBACK).plus(MILLI));
        consents.expire(again.plus(HORIZON).plus(MILLI));
        assertThat(size(store)).isZero();
        assertNothingWaits();
    }

    @Test
    void whatIsAnnouncedAheadIsDroppedAHorizonAfterItIsSo() {
        consented("S-1", BEFORE);
        Instant effective = T.plus(HORIZON.multipliedBy(2));
        consents.add("S-1", new Version<>(effective, T, null), T, T);

        consents.expire(T.plus(HORIZON).plus(MILLI));
        assertThat(consents.asOf("S-1", T.plus(HORIZON))).isInstanceOf(Lookup.Known.class);
        consents.expire(effective.plus(LOOKBACK));
        assertThat(consents.asOf("S-1", effective.minus(MILLI))).isInstanceOf(Lookup.Known.class);

        consents.expire(effective.plus(HORIZON));
        assertThat(consents.asOf("S-1", effective.minus(MILLI))).isEqualTo(Lookup.beyondHistory());
        assertThat(size(store)).isOne();
        consents.expire(effective.plus(HORIZON).plus(MILLI));
        assertThat(size(store)).isZero();
    }

    @Test
    void whatIsAnnouncedAheadTwiceIsDroppedOnce() {
        Instant effective = T.plus(HORIZON.multipliedBy(2));
        consented("S-1", BEFORE);
        consents.add("S-1", new Version<>(effective, T, null), T, T);
        Instant again = T.plus(HORIZON);
        consents.add("S-1", new Version<>(effective, again, null), again, again);

        consents.expire(again.plus(HORIZON).plus(MILLI));
        assertThat(consents.asOf("S-1", effective.minus(MILLI))).isInstanceOf(Lookup.Known.class);
        consents.expire(effective.plus(HORIZON).plus(MILLI));
        assertThat(size(store)).isZero();
    }

    @Test
    void aDepartureThatIsTakenBackDropsNothing() {
        Instant effective = T.plus(HORIZON);
        consents.add("S-1", new Version<>(effective, T, null), T, T);
        SubjectConsent stays = ModelRecords.subjectConsent(Facts.consent("S-1", effective, effective));
        consents.add("S-1", stays.version(), effective, effective);

        consents.expire(effective.plus(HORIZON).plus(MILLI));
        assertThat(consents.asOf("S-1", effective)).isInstanceOf(Lookup.Known.class);
    }

    @Test
    void aHorizonThatHasBecomeLongerHoldsForWhatWaits() {
        erased("S-1", T);
        Duration longer = HORIZON.multipliedBy(2);
        Timelines<SubjectConsent, ConsentTimeline> restarted =
                new Timelines<>(store, new Expiries(expiries), new ConsentFormat(), longer, LOOKBACK);
        restarted.expire(T.plus(HORIZON).plus(MILLI));
        assertThat(size(store)).isOne();
        restarted.expire(T.plus(longer).plus(MILLI));
        assertThat(size(store)).isZero();
    }

    @Test
    void whatIsAnnouncedForTheLastTimeThereIsWaits() {
        Instant last = Instant.ofEpochMilli(Long.MAX_VALUE);
        consents.add("S-1", new Version<>(last, T, null), T, T);
        consents.expire(T.plus(HORIZON.multipliedBy(100)));
        assertThat(size(store)).isOne();
    }

    @Test
    void muchThatIsDueIsDroppedLittleByLittle() {
        for (int i = 0; i < 5_001; i++) {
            erased("S-" + i, T);
        }
        Instant due = T.plus(HORIZON).plus(MILLI);
        consents.expire(due);
        assertThat(size(store)).isEqualTo(2);
        assertThat(size(expiries)).isEqualTo(3);

        consents.expire(due);
        assertThat(size(store)).isZero();
        assertNothingWaits();
    }
}
