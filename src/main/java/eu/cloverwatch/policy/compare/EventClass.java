package eu.cloverwatch.policy.compare;

import eu.cloverwatch.model.Outcome;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * Events that two policies judge differently, and alike in how.
 *
 * @param before how they end by the first policy
 * @param after how they end by the second; the same if only rules or severities differ
 * @param rules what is found otherwise: if the outcomes differ, in all or some of the events; else the one thing for which they
 *     are listed
 * @param conditions what they have in common, by {@code movement}, {@code data}, {@code residence}, {@code age},
 *     {@code consent}, {@code purpose} and {@code gateway}: of each one of these; what is not there may be anything
 * @param situations how many situations of those that were gone through
 * @param example one of them
 */
public record EventClass(
        Outcome before,
        Outcome after,
        SortedSet<RuleChange> rules,
        Map<String, List<String>> conditions,
        int situations,
        Situation example) {}
