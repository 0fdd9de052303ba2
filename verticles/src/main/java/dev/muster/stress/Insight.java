package dev.muster.stress;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code /insight}: all of it as it may be shown.
 *
 * @param node {@code NODE_NAME}; null when the pod was not told
 * @param image {@code IMAGE}, which a manifest sets to the name of the image; null when it doesn't
 * @param environment by name
 */
record Insight(
        String host,
        String pod,
        @Nullable String node,
        @Nullable String namespace,
        @Nullable String image,
        Limits limits,
        Program process,
        Jvm jvm,
        Map<String, String> environment) {
    private static final Path LIMITS = Path.of("/proc/self/limits");
    private static final Pattern COLUMNS = Pattern.compile(" {2,}");

    /**
     * What the pod may use.
     *
     * @param cores of the CPU limit, or of the machine where that is less
     * @param memoryBytes of the control group; null without a limit
     * @param kernel the soft limits of the process, as {@code /proc/self/limits} names them
     */
    record Limits(double cores, @Nullable Long memoryBytes, Map<String, String> kernel) {}

    /** This process. */
    record Program(long pid, String user, String started, String command, List<String> arguments) {}

    /** Its JVM. */
    record Jvm(String version, String vendor, int processors, long maxHeapBytes, List<String> flags) {}

    /** Reads files, so it is not for an event loop. */
    static Insight read(WhoAmI who, Capacity capacity, Kernel kernel) throws IOException {
        var environment = System.getenv();
        return new Insight(
                who.host(),
                who.pod(),
                who.node(),
                who.namespace(),
                environment.get("IMAGE"),
                new Limits(capacity.cores(), kernel.memoryLimit(), readLimits()),
                readProcess(),
                readJvm(),
                Mask.values(environment));
    }

    private static Map<String, String> readLimits() throws IOException {
        var limits = new TreeMap<String, String>();
        if (Files.exists(LIMITS)) {
            Files.readAllLines(LIMITS).stream()
                    .map(COLUMNS::split)
                    .filter(columns -> columns.length > 2 && columns[0].startsWith("Max "))
                    .forEach(columns -> limits.put(columns[0], columns[1]));
        }
        return limits;
    }

    private static Program readProcess() {
        var info = ProcessHandle.current().info();
        return new Program(
                ProcessHandle.current().pid(),
                info.user().orElse(""),
                info.startInstant().map(Object::toString).orElse(""),
                info.command().orElse(""),
                Mask.arguments(Arrays.asList(info.arguments().orElse(new String[0]))));
    }

    private static Jvm readJvm() {
        var runtime = ManagementFactory.getRuntimeMXBean();
        return new Jvm(
                runtime.getVmName() + " " + runtime.getVmVersion(),
                runtime.getVmVendor(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory(),
                Mask.arguments(runtime.getInputArguments()));
    }

    String text() {
        var lines = new ArrayList<String>();
        lines.add("Host: " + host);
        lines.add("pod: " + pod);
        lines.add("node: " + shown(node));
        lines.add("namespace: " + shown(namespace));
        lines.add("image: " + shown(image));
        lines.add("cores: " + limits.cores);
        lines.add("memory limit: " + (limits.memoryBytes == null ? "none" : limits.memoryBytes + " bytes"));
        limits.kernel.forEach((name, value) -> lines.add(name + ": " + value));
        lines.add("process: " + process.pid + " of " + process.user + " since " + process.started);
        lines.add("command: " + process.command + " " + String.join(" ", process.arguments));
        lines.add(
                "JVM: " + jvm.version + ", " + jvm.processors + " processors, heap of " + jvm.maxHeapBytes + " bytes");
        lines.add("JVM flags: " + String.join(" ", jvm.flags));
        lines.add("");
        environment.forEach((name, value) -> lines.add(name + "=" + value));
        return String.join("\n", lines);
    }

    private static String shown(@Nullable String value) {
        return value == null ? "-" : value;
    }
}
