package dev.muster.kube;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;

/**
 * The files of a local API server, in a folder that nobody else can read: the keys that sign its service accounts'
 * tokens, the token of its administrator, and a kubeconfig.
 */
final class LocalFiles {
    private static final String KUBECONFIG = """
            apiVersion: v1
            kind: Config
            clusters: [{name: muster-local, cluster: {server: "%s", certificate-authority-data: %s}}]
            users: [{name: admin, user: {token: %s}}]
            contexts: [{name: muster-local, context: {cluster: muster-local, user: admin}}]
            current-context: muster-local
            """;

    private final Path folder;
    private final String token;

    private LocalFiles(Path folder, String token) {
        this.folder = folder;
        this.token = token;
    }

    /** Writes all but the kubeconfig. */
    static LocalFiles write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        var files = new LocalFiles(folder, HexFormat.of().formatHex(bytes));
        Files.writeString(files.tokens(), files.token + ",admin,admin,\"system:masters\"\n");
        files.writeKeys();
        return files;
    }

    private void writeKeys() throws IOException {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var pair = generator.generateKeyPair();
            Files.writeString(signingKey(), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
            Files.writeString(verifyingKey(), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has P-256", e);
        }
    }

    private static String pem(String what, byte[] encoded) {
        var base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + what + "-----\n" + base64 + "\n-----END " + what + "-----\n";
    }

    /** Writes the kubeconfig, when the API server has made its certificate. */
    void writeKubeconfig(String url) throws IOException {
        var authority = Base64.getEncoder().encodeToString(Files.readAllBytes(certificate()));
        Files.writeString(kubeconfig(), KUBECONFIG.formatted(url, authority, token), StandardCharsets.UTF_8);
    }

    Path folder() {
        return folder;
    }

    String token() {
        return token;
    }

    Path tokens() {
        return folder.resolve("tokens.csv");
    }

    Path signingKey() {
        return folder.resolve("service-accounts.key");
    }

    Path verifyingKey() {
        return folder.resolve("service-accounts.pub");
    }

    Path kubeconfig() {
        return folder.resolve("kubeconfig");
    }

    /** The API server's own certificate with its authority's, as it makes them at its first start. */
    Path certificate() {
        return folder.resolve("apiserver.crt");
    }

    void delete() throws IOException {
        try (var all = Files.walk(folder)) {
            for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
