package dev.muster.launcher.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.muster.bus.Stats;
import dev.muster.launcher.command.StartException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingTest {
    @TempDir
    private Path folder;

    private final ScriptedCollector collector = new ScriptedCollector().hears(300, 1_000_000);

    @Test
    void shouldLeaveOutWhatWasMeasuredBefore() throws Exception {
        var recording = start(collector::stats);
        collector.hears(400, 2_000_000, 3_000_000);

        recording.end();

        assertThat(lines("minion.acknowledged")).singleElement().asString().endsWith(",counter,,2,,,,");
        assertThat(sum("boot.latency")).isEqualTo(histogram(2_000_000, 3_000_000));
    }

    @Test
    void shouldWriteEachSecondWhileItGoesOn() throws Exception {
        var seconds = new AtomicInteger();

        try (var recording = start(() -> {
            seconds.incrementAndGet();
            return collector.hears(1_000, 5_000_000).stats();
        })) {
            await().until(() -> seconds.get() >= 3);
            // The file is read while it is written, as after a kill.
            assertThat(lines("boot.latency").size()).isGreaterThanOrEqualTo(2);
            assertThat(Files.readString(folder.resolve("timeline.csv"))).endsWith("\n");
            assertThat(sum("boot.latency").getTotalCount()).isGreaterThanOrEqualTo(2);
            recording.end();
        }
        assertThat(lines("boot.latency")).allMatch(line -> line.contains(",1,boot.latency,distribution,ms,,1,,,5.00"));
    }

    @Test
    @Tag("smoke")
    void shouldAddUpToExactlyWhatWasMeasured() throws Exception {
        var before = collector.latency();
        var random = new Random(7);
        Supplier<Stats> busy = () -> collector
                .hears(1_000, random.longs(500, 1, 3_000_000_000L).toArray())
                .stats();

        try (var recording = start(busy)) {
            await().until(() -> lines("boot.latency").size() >= 2);
            recording.end();
        }

        var recorded = sum("boot.latency");
        var measured = collector.latency().minus(before);
        assertThat(recorded).isEqualTo(Histogram.decodeFromByteBuffer(ByteBuffer.wrap(measured.encodePositive()), 0));
    }

    @Test
    void shouldTakeInAMetricThatAppearsLateAndValuesBelowZero() throws Exception {
        try (var recording = start(collector::stats)) {
            collector.hears(200).hearsOffsets(-50, -40, 30);
            recording.end();
        }

        assertThat(lines("clock.offset")).singleElement().asString().contains(",distribution,ms,,3,-0.04,,0.03");
        var tags = new ArrayList<String>();
        try (var reader =
                new HistogramLogReader(folder.resolve("clock.offset.hlog").toFile())) {
            while (reader.nextIntervalHistogram() instanceof Histogram histogram) {
                tags.add(histogram.getTag() + " " + histogram.getTotalCount());
            }
        }
        assertThat(tags).containsExactly("null 1", "negative 2");
    }

    @Test
    void shouldWriteNothingOutsideItsFolderWhateverAMetricIsCalled() throws Exception {
        var own = Files.createDirectory(folder.resolve("own"));
        var evil = "../evil,\n1";

        Recording.start(own, collector.stats(), () -> collector.hears(200, 5).stats(evil), name -> name, observed -> {})
                .end();

        assertThat(folder).isDirectoryNotContaining(path -> path.toString().contains("evil"));
        assertThat(Files.readString(own.resolve("timeline.csv")))
                .doesNotContain("evil")
                .contains("minion.acknowledged");
    }

    @Test
    void shouldLeaveAGapWhereTheCollectorDoesNotAnswer() throws Exception {
        var asked = new AtomicInteger();

        try (var recording = start(() -> {
            if (asked.incrementAndGet() == 1) {
                throw new StartException("no answer", null);
            }
            return collector.hears(2_000, 9).stats();
        })) {
            await().until(() -> asked.get() >= 2);
            recording.end();
        }

        assertThat(lines("boot.latency").get(0)).contains(",2,boot.latency,");
    }

    @Test
    void shouldTellAtTheEndWhatCouldNotBeWritten() throws Exception {
        var told = new AtomicInteger();
        Supplier<Stats> source = () -> collector.hears(1_000).stats();
        var recording = Recording.start(folder, collector.stats(), source, name -> name, observed -> {
            if (told.incrementAndGet() > 1) {
                throw new IOException("no space left on device");
            }
        });

        await().until(() -> told.get() > 1);

        assertThatThrownBy(recording::end)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no space left on device");
    }

    private Recording start(Supplier<Stats> source) throws IOException {
        return Recording.start(folder, collector.stats(), source, RecordingTest::name, observed -> {});
    }

    private static String name(String metric) {
        return metric.equals("minion.latency") ? "boot.latency" : metric;
    }

    private List<String> lines(String metric) throws IOException {
        try (var lines = Files.lines(folder.resolve("timeline.csv"))) {
            return lines.filter(line -> line.contains("," + metric + ",")).toList();
        }
    }

    private Histogram sum(String name) throws IOException {
        var sum = new Histogram(3);
        try (var reader = new HistogramLogReader(folder.resolve(name + ".hlog").toFile())) {
            while (reader.nextIntervalHistogram() instanceof Histogram histogram) {
                sum.add(histogram);
            }
        }
        return sum;
    }

    private static Histogram histogram(long... values) {
        var histogram = new Histogram(3);
        for (var value : values) {
            histogram.recordValue(value);
        }
        return histogram;
    }
}
