package dev.muster.blocks;

import dev.muster.blocks.BlocksOptions.TlsEngine;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.net.OpenSSLEngineOptions;
import io.vertx.core.net.SSLEngineOptions;
import io.vertx.core.net.TCPSSLOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What encrypts, for server and client: BoringSSL by netty-tcnative where it is there, because it is the faster one (1.9
 * against 1.3 GB/s on JDK 17 and 1.5 on JDK 25, one core each side) and hands out keys; else the JDK's.
 */
final class Tls implements AutoCloseable {
    /** AES-128 first: the JDK would take AES-256, which is slower and no safer in practice. */
    private static final List<String> JDK_SUITES = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");

    private final boolean openSsl;
    private final @Nullable KeyLog keyLog;

    private Tls(boolean openSsl, @Nullable KeyLog keyLog) {
        this.openSsl = openSsl;
        this.keyLog = keyLog;
    }

    /** What is wrong with the choice, a line that names the option; empty when nothing is. */
    static Optional<String> problem(BlocksOptions options, Map<String, String> environment) {
        var logs = KeyLog.path(options.keyLog(), environment).isPresent();
        if (options.tls() == TlsEngine.OPENSSL && !OpenSSLEngineOptions.isAvailable()) {
            return Optional.of(
                    "--blocks-tls=openssl: netty-tcnative has no library for this machine; give jdk or auto");
        }
        if (logs && (options.tls() == TlsEngine.JDK || !OpenSSLEngineOptions.isAvailable())) {
            return Optional.of("--blocks-key-log (or SSLKEYLOGFILE): the JDK's TLS hands out no keys; leave it out, or"
                    + " give --blocks-tls=openssl on Linux on x86-64 or aarch64");
        }
        return Optional.empty();
    }

    /** Opens the key log when one is wanted. */
    static Tls open(BlocksOptions options, Map<String, String> environment) {
        boolean openSsl = options.tls() != TlsEngine.JDK && OpenSSLEngineOptions.isAvailable();
        var path = KeyLog.path(options.keyLog(), environment);
        return new Tls(openSsl, path.isPresent() ? keyLog(path.get()) : null);
    }

    private static KeyLog keyLog(Path path) {
        try {
            return KeyLog.open(path);
        } catch (IOException e) {
            throw new IllegalStateException(
                    "can't append to the key log " + path + " (" + e
                            + "); give --blocks-key-log a file that this user may" + " write",
                    e);
        }
    }

    /** As a result names it. */
    String name() {
        return openSsl ? "openssl" : "jdk";
    }

    /** Turns TLS with ALPN on. */
    <T extends TCPSSLOptions> T into(T options) {
        options.setSsl(true).setUseAlpn(true).setSslEngineOptions(engine());
        if (!openSsl) {
            JDK_SUITES.forEach(options::addEnabledCipherSuite);
        }
        return options;
    }

    private SSLEngineOptions engine() {
        if (!openSsl) {
            return new JdkSSLEngineOptions();
        }
        return keyLog == null ? new OpenSSLEngineOptions() : new KeyLoggingOptions(keyLog);
    }

    @Override
    public void close() {
        if (keyLog != null) {
            keyLog.close();
        }
    }
}
