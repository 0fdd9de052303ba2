package dev.muster.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("smoke")
class RecorderTest {
    private final Recorder recorder = new Recorder(HealthMetric.LATENESS);
    private final Distribution cumulative = new Distribution();

    @Test
    void shouldMoveEachValueOnce() {
        recorder.record(5);
        recorder.record(-3);

        recorder.drainTo(cumulative);
        recorder.drainTo(cumulative);

        assertThat(cumulative.count()).isEqualTo(2);
        assertThat(cumulative.min()).isEqualTo(-3);
        assertThat(cumulative.max()).isEqualTo(5);
    }

    @Test
    void shouldMoveWhatCameAfterAReading() {
        recorder.record(5);
        recorder.drainTo(cumulative);
        recorder.record(1_000_000_000_000L);
        recorder.record(Long.MIN_VALUE);

        recorder.drainTo(cumulative);

        assertThat(cumulative.count()).isEqualTo(3);
    }

    @Property(tries = 300)
    void shouldMoveWhatEachReadingFindsAsIfItHadAllBeenRecordedInOnePlace(
            @ForAll @Size(max = 5) List<@Size(max = 100) List<Long>> portions) {
        var written = new Recorder(HealthMetric.LATENESS);
        var moved = new Distribution();

        for (var portion : portions) {
            portion.forEach(written::record);
            written.drainTo(moved);
        }

        var all = Distribution.of(portions.stream()
                .flatMap(List::stream)
                .mapToLong(value -> value)
                .toArray());
        assertThat(moved.count()).isEqualTo(all.count());
        assertThat(moved.encodePositive()).isEqualTo(all.encodePositive());
        assertThat(moved.encodeNegative()).isEqualTo(all.encodeNegative());
    }

    @Test
    void shouldLoseNothingWhileAnotherThreadReads() throws InterruptedException {
        var writing = new AtomicBoolean(true);
        int values = 200_000;
        var writer = new Thread(() -> {
            for (int i = 1; i <= values; i++) {
                recorder.record(i % 2 == 0 ? i : -i);
            }
            writing.set(false);
        });

        writer.start();
        while (writing.get()) {
            recorder.drainTo(cumulative);
        }
        writer.join();
        recorder.drainTo(cumulative);

        assertThat(cumulative.count()).isEqualTo(values);
        assertThat(cumulative.countAtMost(-1)).isEqualTo(values / 2);
    }
}
