package dev.muster.launcher.run.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Real processes, by the kernel's books. */
class ProcessUseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final List<ProcessHandle> processes = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        processes.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void shouldCountWhatIsUsedFromTheBeginToTheEndAlone() throws Exception {
        var before = burner();
        await().atMost(PATIENCE).until(() -> cpu(before).toMillis() > 200);
        try (var use = new ProcessUse(() -> processes)) {
            use.begin();
            assertThat(use.cores()).as("nothing was seen yet").isEmpty();
            await().atMost(PATIENCE).until(() -> use.cores().isPresent());
            use.end();
            var cores = use.cores().orElseThrow();

            assertThat(cores).as("one thread, and none of what it used before").isBetween(0.0, 1.2);
            assertThat(use.mostBytes().orElseThrow()).isBetween(100e3, 1e9);
            var then = cpu(before);
            await().atMost(PATIENCE).until(() -> cpu(before).minus(then).toMillis() > 700);
            assertThat(use.cores()).as("no look is taken after the end").hasValue(cores);
        }
    }

    /** As a store does that a fault has ended and started again. */
    @Test
    void shouldCountAProcessThatComesLaterFromItsStart() throws Exception {
        try (var use = new ProcessUse(() -> processes)) {
            use.begin();
            var later = burner();
            await().atMost(PATIENCE).until(() -> cpu(later).toMillis() > 200);
            use.end();

            assertThat(use.cores().orElseThrow()).isPositive();
        }
    }

    @Test
    void shouldKnowNothingOfNoProcess() {
        try (var use = new ProcessUse(() -> processes)) {
            use.begin();
            use.end();

            assertThat(use.cores()).isEmpty();
            assertThat(use.mostBytes()).isEmpty();
        }
    }

    private ProcessHandle burner() throws IOException {
        var process = new ProcessBuilder("sh", "-c", "while :; do :; done")
                .redirectErrorStream(true)
                .start();
        processes.add(process.toHandle());
        return process.toHandle();
    }

    private static Duration cpu(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
