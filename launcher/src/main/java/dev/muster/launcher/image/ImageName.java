package dev.muster.launcher.image;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import dev.muster.launcher.command.Build;
import dev.muster.launcher.command.StartException;

/**
 * What an image is called.
 *
 * @param name with the registry, if there is one
 * @param tag the version, and for a registry the commit: a pushed tag never means other bytes
 */
record ImageName(String name, String tag) {
    private static final String MUSTER = "muster";

    /** In a cluster that the image is loaded into. */
    static ImageName local(Build build) {
        return new ImageName(MUSTER, build.version());
    }

    /** In a registry: {@code host:port/path}. */
    static ImageName in(String registry, Build build) {
        var commit = build.commit().isEmpty() ? "" : "-" + build.commit();
        return new ImageName(
                registry.replaceFirst("/+$", "") + "/" + MUSTER,
                build.version() + commit + (build.dirty() ? "-dirty" : ""));
    }

    /** With another tag. */
    ImageName forPlatform(Platform platform) {
        return new ImageName(name, tag + "-" + platform.image());
    }

    /** As Jib has it. */
    ImageReference reference() {
        try {
            return ImageReference.parse(toString());
        } catch (InvalidImageReferenceException e) {
            throw new StartException(ImageOptions.REGISTRY + ": " + this + " is no name of an image", e);
        }
    }

    @Override
    public String toString() {
        return name + ":" + tag;
    }
}
