package eu.cloverwatch.topology;

import eu.cloverwatch.internal.v1.GatewayChange;
import eu.cloverwatch.internal.v1.Revisit;
import eu.cloverwatch.internal.v1.RevisitIndex;
import eu.cloverwatch.model.Timeline.Span;
import eu.cloverwatch.wire.Topic;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;

/** Which remembered candidates a late fact concerns. */
final class ConcernedCandidates {

    private ConcernedCandidates() {}

    /** @param answered the times whose answer the subject's record is */
    static Revisit by(String subjectId, String pseudonym, Span answered) {
        return Revisit.newBuilder()
                .setIndex(RevisitIndex.BY_KEY)
                .setFrom(ByteBuffer.wrap(RecentCandidates.firstKey(subjectId)))
                .setTo(ByteBuffer.wrap(RecentCandidates.lastKey(subjectId)))
                .setCause(Causes.of(Topic.CONSENTS, pseudonym, answered.from()))
                .setSince(answered.from())
                .setUntil(answered.until())
                .build();
    }

    /** @param lanes that have candidates since then */
    static List<Revisit> by(GatewayChange change, List<Integer> lanes) {
        Instant since = change.getEffectiveFrom();
        return lanes.stream()
                .map(lane -> Revisit.newBuilder()
                        .setIndex(RevisitIndex.BY_TIME)
                        .setFrom(ByteBuffer.wrap(Lookback.firstTimeKey(lane, since)))
                        .setTo(ByteBuffer.wrap(Lookback.lastTimeKey(lane)))
                        .setCause(Causes.of(Topic.GATEWAYS, change.getGatewayId(), since))
                        .setSince(since)
                        .setUntil(null)
                        .setGatewayId(change.getGatewayId())
                        .build())
                .toList();
    }
}
