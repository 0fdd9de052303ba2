package dev.muster.store;

import dev.muster.bus.Append;
import dev.muster.bus.Appended.Outcome;
import dev.muster.bus.Appended.Result;
import dev.muster.bus.NewEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of some appends to one stream, one after another, if its head is where it is said to be: the events that
 * are to be stored, and each append's outcome once they are. Knows nothing of time or the database.
 */
final class Judgement {
    private final Map<String, Long> known;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<NewEvent> events = new ArrayList<>();
    private final Head before;
    private Head head;
    private boolean sure = true;

    private Judgement(Head head, Map<String, Long> known) {
        this.before = head;
        this.head = head;
        this.known = new HashMap<>(known);
    }

    /**
     * Judges.
     *
     * @param known the numbers of those of the events that the stream has, as far as that is known
     */
    static Judgement of(List<Append> appends, Head head, Map<String, Long> known) {
        var judgement = new Judgement(head, known);
        appends.forEach(judgement::judge);
        return judgement;
    }

    /**
     * Whether the keys of the database would find out if the head were elsewhere or an event known: then it need not be
     * looked up before.
     */
    boolean isSure() {
        return sure;
    }

    /** The outcomes, in the order of the appends, once {@link #events} are stored. */
    List<Outcome> outcomes() {
        return outcomes;
    }

    /** What is to be stored; empty for nothing. */
    List<NewEvent> events() {
        return events;
    }

    /** The number of the first of {@link #events}. */
    long first() {
        return before.number() + 1;
    }

    /** Where the stream ends once they are stored. */
    Head head() {
        return head;
    }

    private void judge(Append append) {
        if (head.gone()) {
            refuse(Result.GONE, "the stream is deleted for good");
            return;
        }
        int found = 0;
        for (var event : append.events()) {
            found += known.containsKey(event.id()) ? 1 : 0;
        }
        if (found > 0) {
            repeat(append, found);
        } else if (isExpected(append.expected())) {
            accept(append);
        } else {
            refuse(
                    Result.WRONG_VERSION,
                    "wrong expected version: expected " + append.expected() + ", the stream is at " + head.number());
        }
    }

    private boolean isExpected(long expected) {
        if (expected == Append.ANY) {
            return true;
        } else if (expected == Append.NO_STREAM) {
            return !head.exists();
        } else if (expected == Append.EXISTING) {
            sure = false; // a stream that was deleted softly since keeps its head
            return head.exists();
        }
        return expected == head.number();
    }

    private void accept(Append append) {
        long number = head.number();
        outcomes.add(new Outcome(Result.STORED, number + 1, ""));
        for (var event : append.events()) {
            known.put(event.id(), ++number);
            events.add(event);
        }
        head = new Head(number, head.first(), false);
    }

    /** Events that the stream has: the same append again is answered as the first one was. */
    private void repeat(Append append, int found) {
        var first = known.get(append.events().get(0).id());
        if (first != null && found == append.events().size() && stand(append, first) && wasExpected(append, first)) {
            outcomes.add(new Outcome(Result.STORED, first, ""));
        } else {
            refuse(Result.WRONG_VERSION, "the stream has " + found + " of the events, and not where they would stand");
        }
    }

    private boolean stand(Append append, long first) {
        long number = first;
        for (var event : append.events()) {
            var at = known.get(event.id());
            if (at == null || at != number++) {
                return false;
            }
        }
        return true;
    }

    private boolean wasExpected(Append append, long first) {
        long expected = append.expected();
        if (expected == Append.NO_STREAM) {
            return first == 0 || first == head.first();
        }
        return expected == Append.ANY || expected == Append.EXISTING || first == expected + 1;
    }

    /** A head that is not up to date refuses what would be right. */
    private void refuse(Result result, String reason) {
        sure = false;
        outcomes.add(new Outcome(result, head.number(), reason));
    }
}
