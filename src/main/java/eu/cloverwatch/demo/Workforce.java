package eu.cloverwatch.demo;

import eu.cloverwatch.v1.EmployeeLocation;
import eu.cloverwatch.v1.LocationSource;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The employees, where each is at any time, and the records by which HR and the travel desk say so. */
final class Workforce {

    private static final int IN_REGION = 100;
    private static final int IN_EACH_COUNTRY_OUTSIDE = 14;

    private final List<Employee> employees = new ArrayList<>();
    private final List<Arrival> facts = new ArrayList<>();

    /**
     * @param id the key of the locations topic
     * @param stays in order of time
     */
    record Employee(String id, String home, List<Stay> stays) {

        /** Null before the first day and after the last. */
        @Nullable String countryAt(Instant at) {
            String country = null;
            for (Stay stay : stays) {
                if (stay.from().isAfter(at)) {
                    break;
                }
                country = stay.country();
            }
            return country;
        }

        boolean hasLeft(Instant at) {
            return countryAt(at) == null && !stays.get(0).from().isAfter(at);
        }
    }

    /**
     * @param from inclusive, until the next
     * @param country null: has left
     */
    record Stay(Instant from, @Nullable String country) {}

    Workforce(Dice dice) {
        for (int i = 0; i < IN_REGION; i++) {
            hire(dice, Geography.REGION.get(i % 16));
        }
        for (String country : Geography.REMOTE) {
            for (int i = 0; i < IN_EACH_COUNTRY_OUTSIDE; i++) {
                hire(dice, country);
            }
        }
        for (int i = 0; i < IN_EACH_COUNTRY_OUTSIDE; i++) {
            hire(dice, Geography.CHINA);
        }
    }

    private void hire(Dice dice, String home) {
        Employee employee = new Employee("E-%04d".formatted(employees.size() + 1), home, new ArrayList<>());
        employees.add(employee);
        boolean newcomer = dice.percent(6);
        Instant firstDay = newcomer
                ? dice.minute(Geography.START.plus(Duration.ofDays(30)), Geography.END.minus(Duration.ofDays(60)))
                : dice.minute(Instant.parse("2023-01-02T08:00:00Z"), Geography.START.minus(Duration.ofDays(10)));
        stay(employee, firstDay, firstDay.minus(Duration.ofDays(5)), home, LocationSource.HR);
        Instant day = travel(dice, employee, newcomer ? firstDay : Geography.START);
        if (dice.percent(8)) {
            Instant lastDay = day.plus(Duration.ofDays(dice.between(2, 30)));
            stay(employee, lastDay, lastDay.minus(Duration.ofDays(3)), null, LocationSource.HR);
        }
    }

    /** Returns when the last journey ended. */
    private Instant travel(Dice dice, Employee employee, Instant from) {
        Instant day = from;
        for (int journeys = dice.between(0, 4); journeys > 0; journeys--) {
            Instant out = day.plus(Duration.ofMinutes(dice.between(3 * 1440, 40 * 1440)));
            Instant back = out.plus(Duration.ofMinutes(dice.between(2 * 1440, 21 * 1440)));
            if (back.isAfter(Geography.END.minus(Duration.ofDays(20)))) {
                break;
            }
            Instant booked = out.minus(Duration.ofMinutes(dice.between(60, 5 * 1440)));
            if (dice.percent(12)) {
                // A plan that was changed before it came true: the same effective_from, recorded earlier.
                fact(employee, out, booked.minus(Duration.ofHours(7)), goal(dice, employee), LocationSource.TRAVEL);
            }
            stay(employee, out, booked, goal(dice, employee), LocationSource.TRAVEL);
            stay(
                    employee,
                    back,
                    dice.percent(50) ? booked : back.minusSeconds(1800),
                    employee.home(),
                    LocationSource.BADGE);
            day = back;
        }
        return day;
    }

    private static String goal(Dice dice, Employee employee) {
        boolean toRegion = dice.percent(Geography.isInside(employee.home()) ? 45 : 65);
        String goal = dice.percent(8) ? Geography.CHINA : dice.pick(toRegion ? Geography.REGION : Geography.REMOTE);
        return goal.equals(employee.home()) ? "NL" : goal;
    }

    private void stay(
            Employee employee, Instant from, Instant recordedAt, @Nullable String country, LocationSource source) {
        employee.stays().add(new Stay(from, country));
        fact(employee, from, recordedAt, country, source);
    }

    private void fact(
            Employee employee, Instant from, Instant recordedAt, @Nullable String country, LocationSource source) {
        String where = country == null ? employee.home() : country;
        EmployeeLocation location = new EmployeeLocation(
                employee.id(),
                where,
                Geography.office(where),
                employee.home(),
                from,
                recordedAt,
                source,
                country == null);
        facts.add(new Arrival(Topic.EMPLOYEE_LOCATIONS, employee.id(), new Arrival.Value(location), recordedAt));
    }

    List<Arrival> facts() {
        return facts;
    }

    List<Employee> employees() {
        return employees;
    }

    /** Someone who is somewhere like this, and employed; null if nobody is. */
    @Nullable Employee someone(Dice dice, Instant at, Predicate<String> country) {
        return find(dice, employee -> {
            String where = employee.countryAt(at);
            return where != null && country.test(where);
        });
    }

    @Nullable Employee find(Dice dice, Predicate<Employee> wanted) {
        int first = dice.below(employees.size());
        for (int i = 0; i < employees.size(); i++) {
            Employee employee = employees.get((first + i) % employees.size());
            if (wanted.test(employee)) {
                return employee;
            }
        }
        return null;
    }
}
