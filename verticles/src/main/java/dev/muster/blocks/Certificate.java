package dev.muster.blocks;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The server's certificate and its key: of files, which may change, or one that signs itself. Blocks. */
sealed interface Certificate {
    /** Reads it anew. */
    KeyCertOptions read() throws IOException;

    /** As the log names it. */
    String name();

    /** Of files in PEM. */
    record OfFiles(Path cert, Path key) implements Certificate {
        @Override
        public PemKeyCertOptions read() throws IOException {
            return new PemKeyCertOptions()
                    .setCertValue(Buffer.buffer(Files.readAllBytes(cert)))
                    .setKeyValue(Buffer.buffer(Files.readAllBytes(key)));
        }

        @Override
        public String name() {
            return cert.toString();
        }
    }

    /** One made at start. */
    record Own(SelfSigned made) implements Certificate {
        private static final Pattern DNS_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,250}[A-Za-z0-9])?");

        /** For this machine's name. May look it up. */
        static Own make() {
            return new Own(SelfSigned.of(host()));
        }

        private static String host() {
            try {
                var name = InetAddress.getLocalHost().getHostName();
                return DNS_NAME.matcher(name).matches() ? name : "localhost";
            } catch (UnknownHostException unnamed) {
                return "localhost";
            }
        }

        @Override
        public KeyCertOptions read() {
            return KeyCertOptions.wrap(new OneKey(made));
        }

        @Override
        public String name() {
            return "self-signed";
        }
    }
}
