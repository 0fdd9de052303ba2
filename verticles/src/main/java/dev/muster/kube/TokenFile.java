package dev.muster.kube;

import io.fabric8.kubernetes.client.OAuthTokenProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The token of a pod's service account, which the kubelet writes anew before it expires. Read again when a minute has
 * passed, as client-go does, and when the server refused it. Safe to use from any thread; reads a small file.
 */
final class TokenFile implements OAuthTokenProvider {
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final Path file;
    private volatile Read last;

    private record Read(String token, long nanoTime) {}

    TokenFile(Path file) throws IOException {
        this.file = file;
        this.last = read(file);
    }

    private static Read read(Path file) throws IOException {
        return new Read(Files.readString(file).strip(), System.nanoTime());
    }

    /** What was read last, without looking at the file. */
    String known() {
        return last.token();
    }

    /** Reads the file again. */
    void renew() throws IOException {
        last = read(file);
    }

    @Override
    public String getToken() {
        if (System.nanoTime() - last.nanoTime() > FRESH.toNanos()) {
            try {
                renew();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return last.token();
    }
}
