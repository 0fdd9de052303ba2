package dev.muster.launcher.command;

import java.io.File;
import java.lang.management.ManagementFactory;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** How to start another process of the same Muster. */
public final class OwnJava {
    /** Options of this JVM that only one process can have: ports of debuggers and JMX, files that it writes. */
    private static final List<String> OWN = List.of(
            "-agentlib",
            "-agentpath",
            "-javaagent",
            "-Xrunjdwp",
            "-Dcom.sun.management.jmxremote.port",
            "-Dcom.sun.management.jmxremote.rmi.port",
            "-Xloggc:",
            "-XX:ArchiveClassesAtExit",
            "-XX:ErrorFile",
            "-XX:HeapDumpPath",
            "-XX:LogFile",
            "-XX:StartFlightRecording");

    /** The JVM's own log, where it goes to a file: {@code -Xlog:WHAT:OUTPUT:...}, with {@code file=} or without. */
    private static final Pattern LOG_FILE = Pattern.compile("-Xlog:[^:]*:(?!std(?:out|err)\\b)[^:]+.*");

    private OwnJava() {}

    /** The same Java with the same options and the same code: Muster's arguments are to follow. */
    public static List<String> command() {
        var java = new ArrayList<String>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        java.addAll(shared(ManagementFactory.getRuntimeMXBean().getInputArguments()));
        var code = System.getProperty("java.class.path");
        if (!code.contains(File.pathSeparator)
                && Path.of(code).toAbsolutePath().normalize().equals(ownCode())) {
            java.addAll(List.of("-jar", code)); // its manifest says what it needs of the JVM
        } else {
            java.addAll(List.of("-cp", code, "dev.muster.launcher.Main"));
        }
        return java;
    }

    /** Those of a JVM's options that a second one can have at the same time. */
    public static List<String> shared(List<String> options) {
        return options.stream()
                .filter(option -> OWN.stream().noneMatch(option::startsWith)
                        && !LOG_FILE.matcher(option).matches())
                .toList();
    }

    private static Path ownCode() {
        try {
            var source = OwnJava.class.getProtectionDomain().getCodeSource();
            return Path.of(source.getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the code's own location is no path", e);
        }
    }
}
