package dev.muster.blocks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.muster.testing.Part;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates and keys. */
class BlocksTlsTest {
    private static final String TRAFFIC_KEYS = "CLIENT_TRAFFIC_SECRET_0";

    @TempDir
    private Path folder;

    @Test
    void shouldSignItsOwnCertificateForThisMachine() throws Exception {
        var made = SelfSigned.of("pod-1.example");
        var certificate = made.certificate();
        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity();
        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> String.valueOf(name.get(1)))
                .containsExactly("localhost", "pod-1.example", "127.0.0.1", "0:0:0:0:0:0:0:1");
        assertThat(SelfSigned.of("localhost").certificate()).isNotEqualTo(made.certificate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl", "jdk"})
    void shouldServeItsOwnCertificateWhenItHasNoFiles(String engine) throws Exception {
        try (var server = RunningBlocks.start("--blocks-tls=" + engine)) {
            var certificate = served(server);

            assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=muster blocks");
            certificate.verify(certificate.getPublicKey());
            assertThat(served(server)).isEqualTo(certificate);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"openssl", "jdk"})
    void shouldBeTrustedByAClientThatHasItsCertificate(String engine) throws Exception {
        var made = write(SelfSigned.of("localhost"));
        try (var server = RunningBlocks.start(with(made, "--blocks-tls=" + engine));
                var client = RunningBlocks.start(
                        "--blocks-base-url=https://localhost:" + server.tls().getPort(),
                        "--blocks-ca=" + made.cert(),
                        "--blocks-tls=" + engine,
                        "--blocks-period=0s",
                        "--blocks-duration=60s")) {
            await().atMost(20, SECONDS).until(() -> client.value("client_completed") > 0);
        }
    }

    @Test
    void shouldNotBeTrustedByAClientThatHasAnother() throws Exception {
        var other = write(SelfSigned.of("localhost"));
        try (var server = RunningBlocks.start();
                var client = RunningBlocks.start(
                        "--blocks-base-url=" + server.tls(), "--blocks-ca=" + other.cert(), "--blocks-duration=60s")) {
            await().atMost(20, SECONDS).until(() -> client.value("client_connections_failed") > 0);

            assertThat(client.value("client_connected")).isZero();
            assertThat(server.value("server_downloads")).isZero();
        }
    }

    @Test
    void shouldServeAChangedCertificateAndKeepTheLastGoodOneOtherwise() throws Exception {
        var first = SelfSigned.of("localhost");
        var files = write(first);
        try (var server = RunningBlocks.start(with(files))) {
            assertThat(served(server)).isEqualTo(first.certificate());

            Files.writeString(files.cert(), "-----BEGIN CERTIFICATE-----\nhalf");
            var second = SelfSigned.of("localhost");
            Files.writeString(files.key(), pem("PRIVATE KEY", second.key().getEncoded()));
            assertThat(served(server)).isEqualTo(first.certificate());

            Files.writeString(
                    files.cert(), pem("CERTIFICATE", second.certificate().getEncoded()));
            await().atMost(20, SECONDS).until(() -> served(server).equals(second.certificate()));
            var answer = BlocksServerTest.get(
                    Trusting.client(HttpClient.Version.HTTP_2), server.tls(), "/blocks?size=2&n=1&periodMS=0");
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
    }

    @Test
    void shouldLogNoKeysUnlessItIsToldTo() throws Exception {
        assertThat(KeyLog.path(null, Map.of())).isEmpty();
        assertThat(KeyLog.path(null, Map.of("SSLKEYLOGFILE", ""))).isEmpty();
        assertThat(KeyLog.path(null, Map.of("SSLKEYLOGFILE", "a"))).contains(Path.of("a"));
        assertThat(KeyLog.path(Path.of("b"), Map.of("SSLKEYLOGFILE", "a"))).contains(Path.of("b"));
    }

    @Test
    void shouldLogTheKeysOfServerAndClientForTheOwnerAlone() throws Exception {
        var ofServer = folder.resolve("server");
        var ofClient = folder.resolve("client");
        try (var server = RunningBlocks.start(Map.of("SSLKEYLOGFILE", ofServer.toString()));
                var client = RunningBlocks.start(
                        "--blocks-base-url=" + server.tls(),
                        "--blocks-insecure",
                        "--blocks-hold",
                        "--blocks-key-log=" + ofClient)) {
            await().atMost(20, SECONDS)
                    .until(() -> lines(ofServer, TRAFFIC_KEYS).size() == 1);
            await().atMost(20, SECONDS)
                    .until(() -> lines(ofClient, TRAFFIC_KEYS).size() == 1);

            assertThat(lines(ofClient, TRAFFIC_KEYS)).isEqualTo(lines(ofServer, TRAFFIC_KEYS));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(ofServer)))
                    .isEqualTo("rw-------");
            assertThat(client.value("client_connected")).isEqualTo(1);
        }
    }

    /** Everything is encrypted, and with the logged keys tshark sees each request. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
    void shouldLogKeysWithWhichTsharkDecryptsTheTraffic(String protocol) throws Exception {
        Part.need(has("tshark") && has("tcpdump"), "tshark and tcpdump are not there: install both (Debian: the same)");
        var keys = folder.resolve("keys");
        var capture = folder.resolve("traffic.pcap");
        try (var server = RunningBlocks.start("--blocks-key-log=" + keys)) {
            int port = server.tls().getPort();
            var tcpdump = new ProcessBuilder(
                            "tcpdump", "-i", "lo", "-U", "-Z", "root", "-w", capture.toString(), "tcp port " + port)
                    .redirectErrorStream(true)
                    .start();
            try (var said = new BufferedReader(new InputStreamReader(tcpdump.getInputStream(), US_ASCII))) {
                var listens = said.readLine();
                Part.need(
                        listens != null && listens.contains("listening"),
                        "tcpdump may not capture on lo (" + listens + "): run as root, or give it CAP_NET_RAW");
                ask(port, protocol, "/blocks?size=20&n=3&periodMS=0");
                await().atMost(20, SECONDS).until(() -> Files.exists(keys) && Files.size(keys) > 0);
                await().atMost(30, SECONDS)
                        .until(() -> decrypted(capture, keys, port).contains("/blocks?size=20&n=3"));
            } finally {
                tcpdump.destroy();
                tcpdump.waitFor();
            }

            assertThat(decrypted(capture, folder.resolve("none"), port)).doesNotContain("/blocks");
            var label = protocol.equals("TLSv1.2") ? "CLIENT_RANDOM" : TRAFFIC_KEYS;
            assertThat(lines(keys, label)).hasSize(1);
        }
    }

    private static void ask(int port, String protocol, String path) throws Exception {
        try (var socket = (SSLSocket) Trusting.context().getSocketFactory().createSocket("127.0.0.1", port)) {
            socket.setEnabledProtocols(new String[] {protocol});
            socket.getOutputStream()
                    .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(US_ASCII));
            assertThat(BlocksServerTest.drained(socket.getInputStream())).isGreaterThan(60);
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
        }
    }

    /** The requests that tshark sees. */
    private String decrypted(Path capture, Path keys, int port) throws IOException, InterruptedException {
        var tshark = new ProcessBuilder(
                        "tshark",
                        "-r",
                        capture.toString(),
                        "-o",
                        "tls.keylog_file:" + keys,
                        "-d",
                        "tcp.port==" + port + ",tls",
                        "-Y",
                        "http.request",
                        "-T",
                        "fields",
                        "-e",
                        "http.request.uri")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var told = new String(tshark.getInputStream().readAllBytes(), US_ASCII);
        tshark.waitFor();
        return told;
    }

    private static boolean has(String command) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(each -> Files.isExecutable(Path.of(each, command)));
    }

    private static List<String> lines(Path file, String label) throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file, US_ASCII).stream()
                        .filter(line -> line.startsWith(label + " "))
                        .toList()
                : List.of();
    }

    private Certificate.OfFiles write(SelfSigned made) throws Exception {
        return new Certificate.OfFiles(
                Files.writeString(
                        folder.resolve("cert.pem"),
                        pem("CERTIFICATE", made.certificate().getEncoded())),
                Files.writeString(
                        folder.resolve("key.pem"), pem("PRIVATE KEY", made.key().getEncoded())));
    }

    private static String[] with(Certificate.OfFiles files, String... more) {
        var all = new ArrayList<>(List.of("--blocks-cert=" + files.cert(), "--blocks-key=" + files.key()));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static String pem(String what, byte[] content) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(content) + "\n-----END " + what
                + "-----\n";
    }

    private static X509Certificate served(RunningBlocks server) throws Exception {
        try (var socket = (SSLSocket) Trusting.context()
                .getSocketFactory()
                .createSocket("127.0.0.1", server.tls().getPort())) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }
}
