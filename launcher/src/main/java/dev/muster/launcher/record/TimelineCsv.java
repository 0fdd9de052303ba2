package dev.muster.launcher.record;

import dev.muster.node.RunHealth.Samples;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code timeline.csv}: for each second a line for each metric, so that a metric that appears late breaks no
 * column. The lines of a second are written at once: a process that is killed leaves whole lines.
 */
final class TimelineCsv implements AutoCloseable {
    static final String FILE = "timeline.csv";
    static final String HEADER = "time,epoch_ms,seconds,metric,kind,unit,value,count,p50,p99,max\n";

    /** The two that the recorder adds: whose numbers are in a second, and whose are missing. */
    static final String PROCESSES = "collector.processes";

    static final String HEARD = "collector.heard";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final int DECIMALS = 6;

    private final OutputStream file;

    /** Begins the file in a folder. */
    TimelineCsv(Path folder) throws IOException {
        file = Files.newOutputStream(folder.resolve(FILE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        write(HEADER);
    }

    void append(Interval interval) throws IOException {
        var lines = new StringBuilder();
        var begin = TIME.format(Instant.ofEpochMilli(interval.endMillis())) + "," + interval.endMillis() + ","
                + number(interval.seconds()) + ",";
        gauge(lines, begin, PROCESSES, interval.processes());
        gauge(lines, begin, HEARD, interval.heard());
        interval.counters()
                .forEach((name, count) -> lines.append(begin).append(name + ",counter,," + count + ",,,,\n"));
        interval.gauges().forEach((name, value) -> gauge(lines, begin, name, value));
        interval.samples()
                .forEach((name, samples) -> lines.append(begin).append(name).append(line(samples)));
        write(lines.toString());
    }

    private static void gauge(StringBuilder lines, String begin, String name, double value) {
        lines.append(begin)
                .append(name)
                .append(",gauge,,")
                .append(number(value))
                .append(",,,,\n");
    }

    private static String line(Samples samples) {
        var summary = samples.summary().shown();
        return ",distribution," + summary.unit().symbol() + ",," + summary.count() + "," + number(summary.p50()) + ","
                + number(summary.p99()) + "," + number(summary.max()) + "\n";
    }

    /** Plain decimals, which every program reads; nothing for what was not measured. */
    private static String number(@Nullable Double value) {
        return value == null || !Double.isFinite(value)
                ? ""
                : new BigDecimal(value)
                        .setScale(DECIMALS, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString();
    }

    private void write(String text) throws IOException {
        file.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
