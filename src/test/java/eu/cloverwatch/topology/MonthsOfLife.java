package eu.cloverwatch.topology;

import static eu.cloverwatch.topology.Access.event;
import static eu.cloverwatch.topology.Facts.granted;
import static java.nio.charset.StandardCharsets.UTF_8;

import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Day after day of a world of constant size in which nobody stays: subjects are erased and others come, employees leave and
 * others are hired, gateways are closed and others opened. The clock on the wall goes with the events.
 */
final class MonthsOfLife {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int EMPLOYEES = 8;
    private static final int SUBJECTS = 15;
    private static final int GATEWAYS = 2;
    private static final int DAYS_OF_A_GATEWAY = 10;

    private final TopologyHarness flow;
    private final List<String> employees = new ArrayList<>();
    private final List<String> subjects = new ArrayList<>();
    private final List<String> gateways = new ArrayList<>();
    private Instant now;
    private int ids;
    private int day;

    MonthsOfLife(TopologyHarness flow, Instant start) {
        this.flow = flow;
        this.now = start;
        flow.policy(Facts.POLICY, start);
        for (int i = 0; i < EMPLOYEES; i++) {
            employees.add(hired());
        }
        for (int i = 0; i < SUBJECTS; i++) {
            subjects.add(registered());
        }
        for (int i = 0; i < GATEWAYS; i++) {
            gateways.add(opened());
        }
    }

    /** Ids of one length: what is compared later must not grow by their digits. */
    private String id(String kind) {
        return "%s-%06d".formatted(kind, ++ids);
    }

    private String hired() {
        String id = id("E");
        flow.located(id, "IE", now);
        return id;
    }

    private String registered() {
        String id = id("S");
        flow.consented(id, now, granted("ADVERTISING", "JP"));
        return id;
    }

    private String opened() {
        String id = id("G");
        flow.approved(id, "JP", now);
        return id;
    }

    private String employee(int number) {
        return employees.get(Math.floorMod(number, EMPLOYEES));
    }

    private String subject(int number) {
        return subjects.get(Math.floorMod(number, SUBJECTS));
    }

    private void pass(Duration time) {
        now = now.plus(time);
        flow.advance(time);
    }

    /**
     * One day.
     *
     * @param observer called when there is work to be done, and when it is done
     */
    void day(Runnable observer) {
        Instant end = now.plus(DAY);
        pass(HOUR);
        facts();
        events();
        observer.run();
        pass(HOUR);
        lateFacts();
        observer.run();
        while (flow.hasWork()) {
            pass(FlowTopology.SOON);
        }
        observer.run();
        pass(Duration.between(now, end));
        day++;
    }

    private void facts() {
        int subject = day % SUBJECTS;
        flow.erased(subjects.get(subject), now);
        subjects.set(subject, registered());
        flow.consented(subject(day + 5), now, granted("ADVERTISING"), granted("PERSONALISATION", "JP", "US"));
        if (day % 4 == 0) {
            int employee = day / 4 % EMPLOYEES;
            flow.left(employees.get(employee), now);
            employees.set(employee, hired());
        }
        if (day % DAYS_OF_A_GATEWAY == 0) {
            int gateway = day / DAYS_OF_A_GATEWAY % GATEWAYS;
            flow.disapproved(gateways.get(gateway), now);
            gateways.set(gateway, opened());
        }
    }

    private void events() {
        String gateway = gateways.get(day % GATEWAYS);
        Access sentTwice = event(id("ev"), now).of(subject(day), "IE").to("JP");
        flow.accessed(sentTwice);
        flow.accessed(sentTwice);
        flow.accessed(event(id("ev"), now).of(subject(day + 1), "IE").to("JP").via(gateway));
        flow.accessed(event(id("ev"), now).ofBulk(500, "DE").to("JP").via(gateway));
        flow.accessed(event(id("ev"), now).of(subject(day + 2), "IE").byEmployee(employee(day)));
        flow.accessed(event(id("ev"), now).of(subject(day + 3), "IE").byEmployee(employee(day)));
        flow.accessed(event(id("ev"), now).of(subject(day), "IE").byEmployee(employee(day + 1)));
        flow.accessed(event(id("ev"), now).of(subject(day), null).byEmployee(id("never-seen-again")));
        flow.pipe(Topic.ACCESS_EVENTS, "broken".getBytes(UTF_8), "no event".getBytes(UTF_8), now);
    }

    /** Each concerns events that were judged: a journey, its correction, consents that were withdrawn, an approval. */
    private void lateFacts() {
        Instant dayBefore = now.minus(DAY);
        flow.located(employee(day), "JP", dayBefore, now);
        flow.located(employee(day + 3), "IE", dayBefore, now);
        flow.consented(subject(day + 2), dayBefore, now, Facts.refused("ADVERTISING"));
        flow.approved(gateways.get(day % GATEWAYS), day % 2 == 0 ? "JP" : "US", now.minus(HOUR));
    }

    /** Everybody goes, and nothing comes any more. */
    void end() {
        subjects.forEach(subject -> flow.erased(subject, now));
        employees.forEach(employee -> flow.left(employee, now));
    }

    /** A day without records. */
    void idle() {
        pass(DAY);
    }
}
