package dev.muster.launcher.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import dev.muster.launcher.command.StartException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryTest {
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final CredentialRetriever NOBODY = Optional::empty;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final List<String> told = new ArrayList<>();

    @Test
    void shouldJoinTheImagesOfBothPlatformsUnderOneName() throws IOException {
        try (var registry = ScriptedRegistry.open()) {
            push(registry, NOBODY, Platform.AMD64, Platform.ARM64);

            var index = registry.manifest("1.2.0");
            assertThat(index.mediaType()).isEqualTo(INDEX);
            var manifests = index.bytes().toJsonObject().getJsonArray("manifests");
            assertThat(manifests).hasSize(2);
            assertImage(registry, manifests.getJsonObject(0), "amd64");
            assertImage(registry, manifests.getJsonObject(1), "arm64");
            assertThat(told).containsExactly("1.2.0-amd64 [AMD64]", "1.2.0-arm64 [ARM64]", "1.2.0 [AMD64, ARM64]");
        }
    }

    @Test
    void shouldPushTheImageOfOnePlatformUnderTheNameItselfWithoutAnIndex() throws IOException {
        try (var registry = ScriptedRegistry.open()) {
            push(registry, NOBODY, Platform.AMD64);

            var image = registry.manifest("1.2.0");
            assertThat(image.mediaType()).isEqualTo(MANIFEST);
            assertThat(registry.references()).containsOnly("1.2.0", ScriptedRegistry.digest(image.bytes()));
            assertThat(told).containsExactly("1.2.0 [AMD64]");
        }
    }

    @Test
    void shouldShowTheCredentialsForTheIndexAsForTheImages() throws IOException {
        var header = "Basic " + Base64.getEncoder().encodeToString("ann:secret".getBytes(StandardCharsets.UTF_8));
        try (var registry = ScriptedRegistry.guarded(header)) {
            push(registry, () -> Optional.of(Credential.from("ann", "secret")), Platform.AMD64, Platform.ARM64);

            assertThat(registry.references()).contains("1.2.0", "1.2.0-amd64", "1.2.0-arm64");
        }
    }

    @Test
    void shouldSayHowToLogInToARegistryThatRefuses() {
        try (var registry = ScriptedRegistry.guarded("Basic somebody")) {
            assertThatThrownBy(() -> push(registry, NOBODY, Platform.AMD64, Platform.ARM64))
                    .isInstanceOf(StartException.class)
                    .hasMessage("--registry: " + registry.host() + " refuses the push (HTTP 401): log in with 'docker"
                            + " login " + registry.host() + "' as a user who may push there");
            assertThat(registry.references()).isEmpty();
        }
    }

    @Test
    void shouldSayInOneLineWhatElseKeepsAnImageOut() {
        var reference = new ImageName("registry.example:5000/muster", "1").reference();

        assertThat(RegistryFailure.line(reference, new ExecutionException(new ConnectException("Connection refused"))))
                .isEqualTo("--registry: no registry answers at registry.example:5000 (Connection refused): start it,"
                        + " or name another");
        assertThat(RegistryFailure.line(reference, new UnknownHostException("registry.example")))
                .startsWith("--registry: no registry answers at registry.example:5000 (registry.example)");
        assertThat(RegistryFailure.line(reference, new IOException(new SSLException("no path"))))
                .startsWith("--registry: registry.example:5000 has no TLS that this Java trusts (no path): add its");
        assertThat(RegistryFailure.line(reference, new ExecutionException(new IOException("<html>\n  disk full\n"))))
                .isEqualTo("--registry: can't push to registry.example:5000/muster: <html> disk full");
    }

    /** The index says of an image what is stored, and the image is for the platform that the index says. */
    private static void assertImage(ScriptedRegistry registry, JsonObject entry, String architecture) {
        assertThat(entry.getString("mediaType")).isEqualTo(MANIFEST);
        assertThat(entry.getJsonObject("platform"))
                .isEqualTo(new JsonObject().put("architecture", architecture).put("os", "linux"));
        var stored = registry.manifest("1.2.0-" + architecture);
        assertThat(stored.mediaType()).isEqualTo(MANIFEST);
        assertThat(entry.getString("digest")).isEqualTo(ScriptedRegistry.digest(stored.bytes()));
        assertThat(entry.getInteger("size")).isEqualTo(stored.bytes().length());
        var image = stored.bytes().toJsonObject();
        var configuration = registry.blob(image.getJsonObject("config").getString("digest"));
        assertThat(configuration.toJsonObject().getString("architecture")).isEqualTo(architecture);
        assertThat(image.getJsonArray("layers")).isNotEmpty().allSatisfy(layer -> assertThat(
                        registry.blob(((JsonObject) layer).getString("digest")).length())
                .isPositive());
    }

    private void push(ScriptedRegistry registry, CredentialRetriever credentials, Platform... platforms)
            throws IOException {
        var images = new ArrayList<ImageWriter>();
        for (var platform : platforms) {
            images.add(image(platform));
        }
        var name = new ImageName(registry.name() + "/muster", "1.2.0");
        new Registry(name, credentials).push(images, (pushed, behind) -> told.add(pushed.tag() + " " + behind));
    }

    /** Of a few bytes, which differ. */
    private ImageWriter image(Platform platform) throws IOException {
        var parts = folder.resolve(platform.image());
        var runtime = file(parts.resolve("java"), "release", platform + " runtime");
        file(runtime, "lib/server/classes.jsa", platform + " archive");
        var work = file(parts.resolve("work"), Contents.JAR, platform + " jar");
        var etc = file(parts.resolve("etc"), "passwd", "muster");
        var library =
                file(parts.resolve("lib"), "libc.so.6", platform + " libc").resolve("libc.so.6");
        var contents = new Contents(Map.of(Path.of("/lib/libc.so.6"), library), runtime, work, etc);
        return new ImageWriter(contents, platform, folder.resolve("cache"));
    }

    private static Path file(Path folder, String name, String content) throws IOException {
        Files.createDirectories(folder.resolve(name).getParent());
        Files.writeString(folder.resolve(name), content);
        return folder;
    }
}
