package dev.muster.launcher.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainer;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.ImageFormat;
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

    /** What it runs on. */
    Platform platform() {
        return platform;
    }

    /** Writes it to a file. */
    void write(ImageName name, Path file) {
        try {
            // The layout that every loader takes. The older ones know none that OCI has defined.
            containerize(Containerizer.to(TarImage.at(file).named(name.reference())), ImageFormat.Docker);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while the image was written", e);
        } catch (IOException | RegistryException | CacheDirectoryCreationException | ExecutionException e) {
            throw new StartException("can't write the image: " + e.getMessage(), e);
        }
    }

    /**
     * Pushes it, as OCI has defined images.
     *
     * @param registry where to, with the image's name
     * @return the digest of its manifest
     */
    DescriptorDigest push(Containerizer registry)
            throws InterruptedException, IOException, RegistryException, CacheDirectoryCreationException,
                    ExecutionException {
        return containerize(registry, ImageFormat.OCI).getDigest();
    }

    private JibContainer containerize(Containerizer containerizer, ImageFormat format)
            throws InterruptedException, IOException, RegistryException, CacheDirectoryCreationException,
                    ExecutionException {
        return Jib.fromScratch()
                .setPlatforms(Set.of(new com.google.cloud.tools.jib.api.buildplan.Platform(platform.image(), "linux")))
                .setFormat(format)
                .setFileEntriesLayers(contents.layers())
                .setCreationTime(Contents.TIME)
                .setUser(USER + ":" + USER)
                .setWorkingDirectory(AbsoluteUnixPath.get(Contents.WORK))
                .setEnvironment(Map.of(
                        "PATH", Contents.JAVA + "/bin", "JAVA_HOME", Contents.JAVA, "MUSTER_BIND_ADDRESS", "0.0.0.0"))
                .setEntrypoint(List.of("java", "-jar", Contents.JAR))
                .setLabels(labels())
                .containerize(containerizer
                        .setBaseImageLayersCache(cache)
                        .setApplicationLayersCache(cache)
                        .setToolName("muster"));
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
