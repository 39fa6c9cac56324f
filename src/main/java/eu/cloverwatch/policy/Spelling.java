package eu.cloverwatch.policy;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what a misspelt word was meant to be. */
final class Spelling {

    private Spelling() {}

    /** The known word with the fewest letters wrong, if they are at most a third of it. */
    static Optional<String> closest(String word, Collection<String> known) {
        return known.stream()
                .filter(candidate -> 3 * distance(word, candidate) <= candidate.length())
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /** How many letters to insert, delete or replace (Levenshtein). */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
