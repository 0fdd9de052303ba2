package dev.muster.launcher.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The one place that says which images the manifests take: {@code k8s/image/kustomization.yaml}. */
final class Kustomization {
    private static final Pattern MUSTER = Pattern.compile("(?m)^( *- name: muster\\n *newName: ).*(\\n *newTag: ).*$");

    private Kustomization() {}

    /**
     * Writes there what pods are to run.
     *
     * @return whether there is such a file, with an entry for the image
     */
    static boolean write(Path file, ImageName image) throws IOException {
        if (!Files.isWritable(file)) {
            return false;
        }
        var text = Files.readString(file);
        var entry = MUSTER.matcher(text);
        if (!entry.find()) {
            return false;
        }
        Files.writeString(file, entry.replaceFirst("$1" + image.name() + "$2\"" + image.tag() + "\""));
        return true;
    }
}
