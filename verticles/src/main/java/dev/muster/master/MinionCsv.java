package dev.muster.master;

import dev.muster.bus.MinionPage;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Minions as CSV (RFC 4180 but for the line end, which is LF): a header, and one line each. Times are UTC. */
public final class MinionCsv {
    /** The first line. */
    public static final String HEADER = "id,pod,node,boot_time,registered_time,latency_ms,tries,error_ms,"
            + "registrations,last_seen_time,run,pod_uid,namespace,labels\n";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private MinionCsv() {}

    /** One minion's line. */
    public static String line(MinionPage.Row minion) {
        return new StringJoiner(",", "", "\n")
                .add(minion.minionId())
                .add(text(minion.pod()))
                .add(text(minion.node()))
                .add(time(minion.bootMicros()))
                .add(time(minion.firstSeenMicros()))
                .add(millis(minion.firstSeenMicros() - minion.bootMicros()))
                .add(String.valueOf(minion.tries()))
                .add(minion.errorMicros() == null ? "" : millis(minion.errorMicros()))
                .add(String.valueOf(minion.registrations()))
                .add(time(minion.lastSeenMicros()))
                .add(minion.run())
                .add(text(minion.podUid()))
                .add(text(minion.namespace()))
                .add(text(labels(minion.labels())))
                .toString();
    }

    private static String time(long micros) {
        return TIME.format(
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L));
    }

    /** Microseconds as milliseconds with three decimals. */
    private static String millis(long micros) {
        var sign = micros < 0 ? "-" : "";
        long magnitude = Math.abs(micros);
        return sign + magnitude / 1_000 + "."
                + String.valueOf(1_000 + magnitude % 1_000).substring(1);
    }

    private static String labels(Map<String, String> labels) {
        var joined = new StringJoiner(";");
        new TreeMap<>(labels).forEach((key, value) -> joined.add(key + "=" + value));
        return joined.toString();
    }

    private static String text(@Nullable String value) {
        if (value == null) {
            return "";
        }
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
