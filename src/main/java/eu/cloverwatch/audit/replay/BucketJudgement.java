package eu.cloverwatch.audit.replay;

import eu.cloverwatch.audit.EventIds;
import eu.cloverwatch.audit.NaiveFacts;
import eu.cloverwatch.audit.replay.Comparison.Said;
import eu.cloverwatch.audit.replay.TopicRecords.Decoded;
import eu.cloverwatch.model.AccessEvent;
import eu.cloverwatch.model.Origin;
import eu.cloverwatch.model.Outcome;
import eu.cloverwatch.wire.AvroRecords;
import eu.cloverwatch.wire.Topic;
import java.util.ArrayList;
import java.util.List;

/** The candidates of one bucket, judged with everything that is known of their subjects. */
final class BucketJudgement {

    private final Judging judging;
    private final TopicRecords records;
    private final String topic;
    private final NaiveFacts consents = new NaiveFacts();
    private final EventIds ids;
    private final List<EventIds> idsOfOthers;
    private final Tally tally = new Tally();

    /** @param topic name of the events' topic */
    BucketJudgement(Judging judging, TopicRecords records, String topic) {
        this.judging = judging;
        this.records = records;
        this.topic = topic;
        this.ids = EventIds.within(judging.lookback());
        this.idsOfOthers = judging.comparisons().stream()
                .map(comparison -> EventIds.within(judging.lookback()))
                .toList();
    }

    /** Judges all of them. */
    void judge(int bucket, Buckets allCandidates, Buckets allConsents) {
        allConsents.read(bucket, bytes -> {
            SpilledConsent consent = SpilledConsent.of(bytes);
            consents.add(records.fact(Topic.CONSENTS, consent.key(), consent.value(), consent.timestamp()));
        });
        List<Candidate> candidates = new ArrayList<>();
        allCandidates.read(bucket, bytes -> candidates.add(Candidate.of(bytes)));
        candidates.sort(Candidate.ORDER.reversed());
        while (!candidates.isEmpty()) {
            // Taken from the end, so that what was judged can go.
            judge(candidates.remove(candidates.size() - 1));
        }
    }

    private void judge(Candidate candidate) {
        Decoded decoded = records.event(candidate.value(), candidate.timestamp());
        AccessEvent event = decoded.event();
        Origin origin = new Origin(topic, candidate.partition(), candidate.offset(), candidate.timestamp());
        Said said = say(judging.view(), ids, candidate, decoded);
        if (said.outcome() == Outcome.REJECTED) {
            tally.reject(origin, EventIds.REUSED);
        } else {
            tally.count(said.outcome());
        }
        if (said.outcome() == Outcome.VIOLATION || said.outcome() == Outcome.UNDECIDABLE) {
            found(event, origin, said);
        }
        List<Said> others = new ArrayList<>();
        for (int i = 0; i < idsOfOthers.size(); i++) {
            others.add(say(judging.comparisons().get(i).other(), idsOfOthers.get(i), candidate, decoded));
        }
        judging.compare(event, origin, said, others);
    }

    private Said say(View view, EventIds used, Candidate candidate, Decoded decoded) {
        AccessEvent event = decoded.event();
        Said said = judging.say(view, event, consents);
        if (!said.outcome().isRemembered()) {
            return said;
        }
        return switch (used.use(event, () -> digest(candidate), candidate.partition(), candidate.streamTime())) {
            case FIRST -> said;
            case AGAIN -> said.as(Outcome.DUPLICATE);
            case REUSED -> said.as(Outcome.REJECTED);
        };
    }

    private byte[] digest(Candidate candidate) {
        return EventIds.digest(
                records.event(candidate.value(), candidate.timestamp()).content());
    }

    private void found(AccessEvent event, Origin origin, Said said) {
        if (judging.isWanted(said.rules())) {
            // Nobody detects anything here: the record's own time stands in, so that two replays say the same.
            judging.violations()
                    .add(
                            event.eventId(),
                            origin,
                            AvroRecords.violation(
                                    event, said.judgement(), origin, judging.pseudonyms(), origin.timestamp()));
        }
    }

    Tally tally() {
        return tally;
    }
}
