package dev.muster.launcher.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import dev.muster.launcher.command.Build;
import dev.muster.launcher.command.StartException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** Makes an image of its contents, to a file or into a registry. */
final class ImageWriter {
    /** Nobody in particular, and not root. */
    static final String USER = "65532";

    private final Contents contents;
    private final Platform platform;
    private final Path cache;

    /**
     * @param cache a folder for compressed layers
     */
    ImageWriter(Contents contents, Platform platform, Path cache) {
        this.contents = contents;
        this.platform = platform;
        this.cache = cache;
    }

    /** Writes it to a file. */
    void write(ImageName name, Path file) {
        // The layout that every loader takes. The older ones know none that OCI has defined.
        containerize(Containerizer.to(TarImage.at(file).named(reference(name))), ImageFormat.Docker);
    }

    /** Pushes it, with the credentials of {@code docker login}. */
    void push(ImageName name) {
        var reference = reference(name);
        var credentials = CredentialRetrieverFactory.forImage(reference, event -> {});
        var image = RegistryImage.named(reference).addCredentialRetriever(credentials.dockerConfig());
        var containerizer = Containerizer.to(image)
                .setAllowInsecureRegistries(reference.getRegistry().matches("(localhost|127\\.[0-9.]+)(:[0-9]+)?"));
        containerize(containerizer, ImageFormat.OCI);
    }

    private static ImageReference reference(ImageName name) {
        try {
            return ImageReference.parse(name.toString());
        } catch (InvalidImageReferenceException e) {
            throw new StartException(name + " is no name of an image", e);
        }
    }

    private void containerize(Containerizer containerizer, ImageFormat format) {
        try {
            Jib.fromScratch()
                    .setPlatforms(
                            Set.of(new com.google.cloud.tools.jib.api.buildplan.Platform(platform.image(), "linux")))
                    .setFormat(format)
                    .setFileEntriesLayers(contents.layers())
                    .setCreationTime(Contents.TIME)
                    .setUser(USER + ":" + USER)
                    .setWorkingDirectory(AbsoluteUnixPath.get(Contents.WORK))
                    .setEnvironment(Map.of(
                            "PATH",
                            Contents.JAVA + "/bin",
                            "JAVA_HOME",
                            Contents.JAVA,
                            "MUSTER_BIND_ADDRESS",
                            "0.0.0.0"))
                    .setEntrypoint(List.of("java", "-jar", Contents.JAR))
                    .setLabels(labels())
                    .containerize(containerizer
                            .setBaseImageLayersCache(cache)
                            .setApplicationLayersCache(cache)
                            .setToolName("muster"));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while the image was written", e);
        } catch (IOException | RegistryException | CacheDirectoryCreationException | ExecutionException e) {
            throw new StartException("can't write the image: " + e.getMessage(), e);
        }
    }

    private static Map<String, String> labels() {
        var build = Build.ours();
        return Map.of(
                "org.opencontainers.image.title",
                "muster",
                "org.opencontainers.image.licenses",
                "Apache-2.0",
                "org.opencontainers.image.version",
                build.version(),
                "org.opencontainers.image.revision",
                build.commit() + (build.dirty() ? "-dirty" : ""));
    }
}
