package eu.cloverwatch.runtime.topics;

import java.util.List;

/**
 * A topic that should be, and what there is of it.
 *
 * @param exists whether there is one of this name
 * @param differences of one that exists, in the order of settings; empty if it is as it should be
 */
public record TopicPlan(TopicSpec spec, boolean exists, List<Difference> differences) {

    /** What {@code apply} changes. */
    public List<Difference> applied() {
        return differences.stream().filter(Difference::isApplied).toList();
    }

    /** What {@code apply} leaves as it is. */
    public List<Difference> left() {
        return differences.stream()
                .filter(difference -> !difference.isApplied())
                .toList();
    }
}
