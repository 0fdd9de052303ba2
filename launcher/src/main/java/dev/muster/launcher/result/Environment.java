package dev.muster.launcher.result;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where a run ran, so that two results are compared with open eyes.
 *
 * @param host the host name
 * @param cores processors that the JVM may use
 * @param memoryBytes of the machine; 0 when it can't be told
 * @param os name, version and architecture
 * @param cpu the processor's model; empty when it can't be told
 * @param jvm name and version
 * @param jvmOptions as given on the command line
 * @param muster version and commit
 * @param versions of what takes part, by name
 */
public record Environment(
        String host,
        int cores,
        long memoryBytes,
        String os,
        String cpu,
        String jvm,
        List<String> jvmOptions,
        String muster,
        Map<String, String> versions) {
    /** This machine and process. */
    public static Environment current(String build, Map<String, String> versions) {
        var runtime = ManagementFactory.getRuntimeMXBean();
        return new Environment(
                hostName(),
                Runtime.getRuntime().availableProcessors(),
                machineMemory(),
                property("os.name") + " " + property("os.version") + " " + property("os.arch"),
                cpuModel(),
                runtime.getVmName() + " " + property("java.runtime.version"),
                runtime.getInputArguments(),
                build,
                new TreeMap<>(versions));
    }

    private static String property(String name) {
        return System.getProperty(name, "");
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException noEntryForTheOwnName) {
            return System.getenv().getOrDefault("HOSTNAME", "unknown");
        }
    }

    private static long machineMemory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : 0;
    }

    private static String cpuModel() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("");
        } catch (IOException notLinux) {
            return "";
        }
    }
}
