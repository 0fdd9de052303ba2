package dev.muster.launcher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is in the one jar that runs everything. */
class JarIT {
    private final Path path = Path.of(System.getProperty("muster.launcher.jar"));
    private JarFile jar;

    @BeforeEach
    void open() throws IOException {
        jar = new JarFile(path.toFile());
    }

    @AfterEach
    void close() throws IOException {
        jar.close();
    }

    @Test
    void shouldCarryEpollForBothProcessors() {
        assertThat(jar.stream().map(ZipEntry::getName))
                .contains(
                        "META-INF/native/libnetty_transport_native_epoll_x86_64.so",
                        "META-INF/native/libnetty_transport_native_epoll_aarch_64.so");
    }

    @Test
    void shouldNameTheProvidersOfAllItsLibraries() throws IOException {
        assertThat(text("META-INF/services/io.vertx.core.spi.VertxServiceProvider"))
                .contains("io.vertx.micrometer.MicrometerMetricsFactory")
                .contains("io.vertx.sqlclient.impl.TransactionPropagationLocal")
                // It would be loaded in every process; the one that joins a cluster names it.
                .doesNotContain("hazelcast");
    }

    @Test
    void shouldLeaveTheDatabaseOutside() {
        assertThat(jar.stream().map(ZipEntry::getName))
                .noneMatch(name -> name.contains("mariadb-") || name.endsWith("/mariadbd"));
        assertThat(path.resolveSibling("mariadb/bin/mariadbd")).isExecutable();
    }

    @Test
    void shouldTellWhichBuildItIs() throws IOException {
        assertThat(text("dev/muster/launcher/build.properties"))
                .doesNotContain("${")
                .containsPattern("version=[0-9]+\\.[0-9]+\\.[0-9]+")
                .containsPattern("commit=([0-9a-f]{10}|unknown)\n");
    }

    private String text(String name) throws IOException {
        var entry = jar.getEntry(name);
        assertThat(entry).as(name).isNotNull();
        try (var in = jar.getInputStream(entry)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
