package dev.muster.launcher.image;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The Java of the image: of a JDK, the modules that the launcher needs. */
final class JavaRuntime {
    /** What jdeps finds in the jar, what is looked for by name (DNS, elliptic curves), and the sights of JFR. */
    private static final List<String> MODULES = List.of(
            "java.base",
            "java.instrument",
            "java.logging",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.security.jgss",
            "java.sql",
            "java.xml",
            "jdk.crypto.ec",
            "jdk.jfr",
            "jdk.management",
            "jdk.management.jfr",
            "jdk.naming.dns",
            "jdk.net",
            "jdk.unsupported",
            "jdk.zipfs");

    /**
     * Options of every JVM in the image, before those of its command line. Hazelcast reads memory by Unsafe, of which Java
     * 25 warns. A file for jps and jstat would need a place to write to. Without memory a pod is restarted, rather than
     * left behind with half of its threads. The objects of the archive's linked classes must fit the first heap of the
     * serial collector, which pods of less than 800 MiB would make too small by themselves; a JVM does not start otherwise.
     * Netty's own events of the flight recorder would set the recorder up at the first buffer, which takes 130 ms; a
     * recording has the JVM's.
     */
    private static final String OPTIONS =
            "--sun-misc-unsafe-memory-access=allow -XX:-UsePerfData -XX:+ExitOnOutOfMemoryError -XX:MaxRAMPercentage=50"
                    + " -Xms24m -Dio.netty.jfr.enabled=false";

    private JavaRuntime() {}

    /**
     * Links it. Nothing in it is compressed: the image's layers are, and better so.
     *
     * @param jdk of this machine, whose linker is used
     * @param target whose modules are linked; the same JDK, or one for another platform
     * @param folder to be made
     */
    static void link(Jdk jdk, Jdk target, Path folder) {
        var command = new ArrayList<String>();
        command.add(jdk.home().resolve("bin/jlink").toString());
        if (!target.equals(jdk)) {
            command.addAll(List.of("--module-path", target.modules().toString()));
        }
        command.addAll(List.of(
                "--add-modules",
                String.join(",", MODULES),
                "--add-options=" + OPTIONS,
                "--compress",
                "zip-0",
                "--strip-java-debug-attributes",
                "--no-header-files",
                "--no-man-pages",
                "--output",
                folder.toString()));
        Tool.run(Path.of("/"), command);
    }
}
