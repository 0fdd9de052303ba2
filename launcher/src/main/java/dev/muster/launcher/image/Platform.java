package dev.muster.launcher.image;

import java.util.Arrays;
import java.util.Optional;

/** What an image runs on. */
enum Platform {
    AMD64("amd64", "x86_64"),
    ARM64("arm64", "aarch64");

    private final String image;
    private final String java;

    Platform(String image, String java) {
        this.image = image;
        this.java = java;
    }

    /** The platform that a JDK's {@code release} file names. */
    static Optional<Platform> ofJava(String architecture) {
        return Arrays.stream(values())
                .filter(each -> each.java.equals(architecture))
                .findFirst();
    }

    /** The platform of this machine. */
    static Optional<Platform> ours() {
        var architecture = System.getProperty("os.arch", "");
        return Arrays.stream(values())
                .filter(each -> each.java.equals(architecture) || each.image.equals(architecture))
                .findFirst();
    }

    /** As images name it. */
    String image() {
        return image;
    }

    /** How the libraries in the jar that are for this platform alone end. */
    String nativeSuffix() {
        return this == AMD64 ? "x86_64.so" : "aarch_64.so";
    }
}
