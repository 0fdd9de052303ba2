package dev.muster.measure;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Whether a run's numbers can be believed.
 *
 * @param reasons why not; a run without any is valid
 * @param notes what a reader must know to compare the run; they don't make it invalid
 */
public record Verdict(List<Reason> reasons, List<Reason> notes) {
    public Verdict {
        reasons = List.copyOf(reasons);
        notes = List.copyOf(notes);
    }

    /**
     * What speaks against a run.
     *
     * @param code stable, for programs: {@code generator-late}
     * @param observed what was seen, with its value
     * @param limit what would have been good
     * @param fix what the user can do
     */
    public record Reason(String code, String observed, String limit, String fix) {
        /** On one line, for people. */
        public String text() {
            return code + ": " + observed + ", limit " + limit + "; to fix: " + fix;
        }
    }

    /** Judges a run by these rules, in their order. */
    public static Verdict of(Collection<Rule> rules, Evidence run) {
        var reasons = new ArrayList<Reason>();
        var notes = new ArrayList<Reason>();
        for (var rule : rules) {
            rule.check(run).ifPresent(rule.invalidates() ? reasons::add : notes::add);
        }
        return new Verdict(reasons, notes);
    }

    /** Whether nothing speaks against the run. */
    public boolean valid() {
        return reasons.isEmpty();
    }

    /** {@code VALID} or {@code INVALID}. */
    public String word() {
        return valid() ? "VALID" : "INVALID";
    }
}
