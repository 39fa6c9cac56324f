package eu.cloverwatch.bench;

import eu.cloverwatch.v1.AgeBand;
import eu.cloverwatch.v1.Grant;
import eu.cloverwatch.v1.SubjectConsent;
import eu.cloverwatch.wire.Arrival;
import eu.cloverwatch.wire.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/** Consents of as many subjects as wanted, one each: a residence in the region, and two decisions. */
final class Consents {

    static final String RESIDENCE = "DE";

    private static final Instant SINCE = Instant.parse("2024-06-01T00:00:00Z");
    private static final List<String> PURPOSES = List.of("ADVERTISING", "PERSONALISATION");
    private static final int PERCENT_GRANTED = 65;

    private Consents() {}

    static String subject(int number) {
        return String.format(Locale.ROOT, "S-%08d", number);
    }

    /** Those of the subjects from {@code first}, inclusive, to {@code end}, exclusive. */
    static List<Arrival> of(int first, int end) {
        return IntStream.range(first, end).mapToObj(Consents::consent).toList();
    }

    private static Arrival consent(int number) {
        Random random = new Random(number);
        Instant from = SINCE.plusSeconds(random.nextInt(100_000));
        List<Grant> grants = PURPOSES.stream()
                .map(purpose -> new Grant(
                        purpose,
                        random.nextInt(100) < PERCENT_GRANTED,
                        random.nextBoolean() ? List.of("US", "SG") : List.of()))
                .toList();
        SubjectConsent consent =
                new SubjectConsent(subject(number), RESIDENCE, AgeBand.ADULT, from, from.plusSeconds(1), grants);
        return new Arrival(Topic.CONSENTS, subject(number), new Arrival.Value(consent), from.plusSeconds(1));
    }
}
