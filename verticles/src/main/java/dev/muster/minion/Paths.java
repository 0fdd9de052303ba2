package dev.muster.minion;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The requests of the protocol between minion and master (docs/protocol.md), as paths with a query. All that does not
 * depend on the minion's number is encoded once.
 */
final class Paths {
    private final String register;
    private final String introduction;
    private final String task;
    private final String report;
    private final String inRun;

    /** @param base the path of the master's URL, without a slash at its end */
    Paths(String base, Introduction who) {
        var id = "?minion_id=" + encode(who.idPrefix()) + '-';
        inRun = who.run().isEmpty() ? "" : "&run=" + encode(who.run());
        register = base + "/register" + id;
        task = base + "/task" + id;
        report = base + "/task/report" + id;
        var parameters = new StringBuilder(inRun);
        who.parameters()
                .forEach((name, value) ->
                        parameters.append('&').append(encode(name)).append('=').append(encode(value)));
        introduction = parameters.toString();
    }

    /**
     * A registration.
     *
     * @param tries which attempt this is, from 1
     * @param ageNanos how long ago the minion began
     */
    String register(int minion, int tries, long ageNanos) {
        var path = new StringBuilder(register.length() + introduction.length() + 48)
                .append(register)
                .append(minion)
                .append(introduction)
                .append("&try=")
                .append(tries)
                .append("&age_ms=");
        return appendMillis(path, ageNanos / 1_000).toString();
    }

    /**
     * A question for a task.
     *
     * @param errorMicros how wrong the stated age may have been; negative for nothing to say
     */
    String task(int minion, int errorMicros) {
        var path = new StringBuilder(task).append(minion).append(inRun);
        if (errorMicros >= 0) {
            appendMillis(path.append("&error_ms="), errorMicros);
        }
        return path.toString();
    }

    /** A report on a task. */
    String report(int minion, Report done) {
        var path = new StringBuilder(report)
                .append(minion)
                .append(inRun)
                .append("&task=")
                .append(done.task())
                .append("&done=")
                .append(done.outcome().done())
                .append("&duration_ms=");
        appendMillis(path, done.outcome().micros());
        return path.append("&detail=").append(encode(done.outcome().detail())).toString();
    }

    private static StringBuilder appendMillis(StringBuilder path, long micros) {
        long rest = Math.floorMod(micros, 1_000);
        path.append(Math.floorDiv(micros, 1_000)).append('.');
        return path.append(rest / 100).append(rest / 10 % 10).append(rest % 10);
    }

    /** A blank becomes %20, which every reader of a query understands, and not +. */
    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
