package dev.muster.launcher.scenario;

import dev.muster.launcher.options.Nearest;
import java.util.Collection;

/** What to put behind an error about a word that is not known. */
final class Suggestion {
    private Suggestion() {}

    /** The word that was probably meant; or all that there are, where none is near. */
    static String of(String word, Collection<String> words, String otherwise) {
        return Nearest.to(word, words)
                .map(near -> "; did you mean " + near + "?")
                .orElseGet(() -> "; " + otherwise
                        + String.join(", ", words.stream().sorted().toList()));
    }
}
