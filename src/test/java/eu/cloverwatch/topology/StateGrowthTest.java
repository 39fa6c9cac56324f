package eu.cloverwatch.topology;

import static org.assertj.core.api.Assertions.assertThat;

import eu.cloverwatch.topology.StateSizes.Size;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.state.StoreBuilder;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A year in which new ids, facts and people never end: after horizon and look-back the state does not grow any more. */
class StateGrowthTest {

    private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
    private static final Duration LOOKBACK = Duration.ofDays(7);
    private static final Duration HORIZON = Duration.ofDays(90);
    private static final int DAYS_OF_A_MONTH = 30;

    /** Days 121 to 150: horizon and look-back are 97 days. */
    private static final int PLATEAU = 4;

    private static final int LAST = 11;
    private static final double ROOM = 1.1;
    private static final int MOST_TIMERS = 10;

    /** Small, so that there is work that waits. */
    private static final int PORTION = 1;

    /** Events of the look-back, of lanes that are idle, too. */
    private static final List<String> OF_THE_LOOKBACK = List.of(
            StateStores.RECENT_ACCESSES,
            StateStores.ACCESSES_BY_TIME,
            StateStores.RECENT_CANDIDATES,
            StateStores.RECENT_BY_TIME);

    /** What is known of keys, and when it is to be dropped. */
    private static final List<String> OF_KEYS = List.of(
            StateStores.LOCATIONS, StateStores.LOCATION_EXPIRIES, StateStores.CONSENTS, StateStores.CONSENT_EXPIRIES);

    /** An entry for each partition or lane, or for each epoch that is open. */
    private static final List<String> OF_PARTITIONS = List.of(
            StateStores.LEDGER,
            StateStores.OPEN_EPOCHS,
            StateStores.OUTCOMES_ELSEWHERE,
            StateStores.ACTOR_STREAM_TIMES,
            StateStores.STREAM_TIMES,
            StateStores.GATEWAY_HORIZON,
            StateStores.CHAIN);

    @RegisterExtension
    static final SharedRegistry.Serde SERDE = new SharedRegistry.Serde();

    private final TopologyHarness flow = new TopologyHarness(TopologyHarness.settings(LOOKBACK, HORIZON, PORTION));
    private final StateSizes sizes = new StateSizes();
    private final Map<String, Size> most = new HashMap<>();

    @BeforeEach
    void start() {
        flow.start(SERDE.get(), START, Map.of());
    }

    @AfterEach
    void close() {
        flow.close();
    }

    private static List<String> stores() {
        return new StateStores(TopologyHarness.settings(LOOKBACK, HORIZON, PORTION))
                .all().stream().<String>map(StoreBuilder::name).toList();
    }

    /** The greatest size of each store on the days of a month, midnight and noon. */
    private Map<String, Size> month(MonthsOfLife life) {
        Map<String, Size> month = new HashMap<>();
        for (int i = 0; i < DAYS_OF_A_MONTH; i++) {
            life.day(() -> {
                sizes.follow(flow);
                stores().forEach(store -> month.merge(store, sizes.of(store), Size::max));
            });
        }
        month.forEach((store, size) -> most.merge(store, size, Size::max));
        return month;
    }

    @Test
    void everyStoreIsNamedHere() {
        assertThat(stores())
                .containsExactlyInAnyOrderElementsOf(
                        List.of(OF_THE_LOOKBACK, OF_KEYS, OF_PARTITIONS, StateStores.OF_INCIDENTS, StateStores.WORK)
                                .stream()
                                .flatMap(List::stream)
                                .toList());
    }

    @Test
    void afterHorizonAndLookbackNoStoreGrows() {
        MonthsOfLife life = new MonthsOfLife(flow, START);
        Map<String, Size> plateau = Map.of();
        Map<String, Size> last = Map.of();
        for (int month = 0; month <= LAST; month++) {
            last = month(life);
            plateau = month == PLATEAU ? last : plateau;
        }

        SoftAssertions soft = new SoftAssertions();
        for (String store : stores()) {
            Size then = plateau.getOrDefault(store, Size.NOTHING);
            Size now = last.getOrDefault(store, Size.NOTHING);
            System.out.printf("state: %-26s month 5: %-30s month 12: %s%n", store, then, now);
            soft.assertThat(most.getOrDefault(store, Size.NOTHING).entries())
                    .as("%s was ever used", store)
                    .isPositive();
            if (store.equals(StateStores.INCIDENT_TIMERS)) {
                // One for each publication, until the gap has passed: a handful, so a ratio says nothing.
                soft.assertThat(now.entries()).as("entries of %s", store).isLessThanOrEqualTo(MOST_TIMERS);
                continue;
            }
            soft.assertThat((double) now.entries())
                    .as("entries of %s", store)
                    .isLessThanOrEqualTo(then.entries() * ROOM);
            soft.assertThat((double) now.bytes()).as("bytes of %s", store).isLessThanOrEqualTo(then.bytes() * ROOM);
        }
        soft.assertAll();
        whenNothingComesWhoIsGoneIsForgotten(life);
    }

    /** By the clock on the wall; events are forgotten by other events of their lane, so they stay. */
    private void whenNothingComesWhoIsGoneIsForgotten(MonthsOfLife life) {
        life.end();
        Map<String, Size> before = new HashMap<>();
        sizes.follow(flow);
        OF_THE_LOOKBACK.forEach(store -> before.put(store, sizes.of(store)));
        for (int i = 0; i <= HORIZON.toDays(); i++) {
            life.idle();
        }
        sizes.follow(flow);
        List.of(StateStores.LOCATIONS, StateStores.CONSENTS)
                .forEach(store -> assertThat(sizes.of(store)).as(store).isEqualTo(Size.NOTHING));
        // Back to when somebody was forgotten.
        List.of(StateStores.LOCATION_EXPIRIES, StateStores.CONSENT_EXPIRIES)
                .forEach(
                        store -> assertThat(sizes.of(store).entries()).as(store).isOne());
        StateStores.WORK.forEach(store -> assertThat(sizes.of(store)).as(store).isEqualTo(Size.NOTHING));
        before.forEach((store, size) -> assertThat(sizes.of(store)).as(store).isEqualTo(size));
    }
}
