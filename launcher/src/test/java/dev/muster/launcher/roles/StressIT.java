package dev.muster.launcher.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.launcher.LauncherProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How a process that burns ends. */
class StressIT {
    /** An idle machine takes some milliseconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void shouldBurnNoMoreWhenItIsTerminated() throws Exception {
        try (var process = LauncherProcess.start("--role=stress", "--stress-port=0", "--management-port=0")) {
            process.awaitEndpoint("stress");
            for (var kind : new String[] {"float", "int", "sha", "memory"}) {
                assertThat(process.get("stress", "/stress?seconds=3600&load=20&kind=" + kind)
                                .statusCode())
                        .isEqualTo(202);
            }
            await().untilAsserted(() -> assertThat(burners(process.pid())).isEqualTo(4));

            process.terminate();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(burners(process.pid())).isZero());
            assertThat(process.awaitExit()).isZero();
        }
    }

    /** Threads of the process that burn, as the kernel lists them: a name's first 15 characters. */
    private static int burners(long pid) throws IOException {
        var tasks = Path.of("/proc/" + pid + "/task");
        if (!Files.isDirectory(tasks)) {
            return 0;
        }
        int burners = 0;
        try (var threads = Files.list(tasks)) {
            for (var thread : threads.toList()) {
                burners += isBurner(thread) ? 1 : 0;
            }
        }
        return burners;
    }

    private static boolean isBurner(Path thread) throws IOException {
        try {
            return Files.readString(thread.resolve("comm")).startsWith("stress-");
        } catch (NoSuchFileException ended) {
            return false;
        }
    }
}
