package dev.muster.launcher.options;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a user probably meant. */
public final class Nearest {
    private Nearest() {}

    /**
     * The name with the fewest edits from the word, if they are few for its length.
     *
     * @param word as it was typed
     * @param names what it could have been
     */
    public static Optional<String> to(String word, Collection<String> names) {
        var lower = word.toLowerCase(Locale.ROOT);
        int most = Math.max(1, Math.min(3, lower.length() / 3));
        return names.stream()
                .filter(name -> distance(lower, name.toLowerCase(Locale.ROOT)) <= most)
                .min(Comparator.comparingInt((String name) -> distance(lower, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** A question to put behind an error: {@code ; did you mean X?}, or nothing. */
    public static String question(String word, Collection<String> names) {
        return to(word, names).map(name -> "; did you mean " + name + "?").orElse("");
    }

    /** Edits between two words: insert, delete, replace, or swap two neighbours (optimal string alignment). */
    static int distance(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                edits[i][j] = i == 0 || j == 0 ? i + j : cheapest(edits, a, b, i, j);
            }
        }
        return edits[a.length()][b.length()];
    }

    private static int cheapest(int[][] edits, String a, String b, int i, int j) {
        int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
    }
}
