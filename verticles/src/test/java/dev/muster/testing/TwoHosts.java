package dev.muster.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Two network namespaces of this machine with nothing but a cable between them, as two hosts have it that a test can
 * part. Who is cut off is not told.
 *
 * @param left the namespace at one end
 * @param right the namespace at the other end
 */
public record TwoHosts(String left, String right) implements AutoCloseable {
    /** Of the left host. */
    public static final String LEFT_ADDRESS = "198.18.0.1";

    /** Of the right host. */
    public static final String RIGHT_ADDRESS = "198.18.0.2";

    /** Makes them, with the cable plugged in; skips the calling test where that can't be. */
    public static TwoHosts create() throws IOException {
        Part.need(isRoot(), "a cable to pull needs root, for network namespaces");
        Part.need(run("ip", "-V") == 0, "no ip found (Debian: apt-get install iproute2)");
        long pid = ProcessHandle.current().pid();
        var hosts = new TwoHosts("muster-l" + pid, "muster-r" + pid);
        var left = hosts.left;
        var right = hosts.right;
        must("ip", "netns", "add", left);
        must("ip", "netns", "add", right);
        must("ip", "link", "add", "veth0", "netns", left, "type", "veth", "peer", "name", "veth0", "netns", right);
        must("ip", "-n", left, "address", "add", LEFT_ADDRESS + "/30", "dev", "veth0");
        must("ip", "-n", right, "address", "add", RIGHT_ADDRESS + "/30", "dev", "veth0");
        must("ip", "-n", left, "link", "set", "lo", "up");
        must("ip", "-n", right, "link", "set", "lo", "up");
        hosts.plugIn();
        return hosts;
    }

    private static boolean isRoot() throws IOException {
        return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    }

    /** A command that runs the one behind it on a host. */
    public static List<String> on(String host) {
        return List.of("ip", "netns", "exec", host);
    }

    /** Pulls the cable. */
    public void pull() {
        must("ip", "-n", left, "link", "set", "veth0", "down");
    }

    /** Plugs it in again. */
    public void plugIn() {
        must("ip", "-n", left, "link", "set", "veth0", "up");
        must("ip", "-n", right, "link", "set", "veth0", "up");
    }

    @Override
    public void close() {
        run("ip", "netns", "delete", left);
        run("ip", "netns", "delete", right);
    }

    private static void must(String... command) {
        assertThat(run(command)).as(String.join(" ", command)).isZero();
    }

    private static int run(String... command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
        } catch (IOException notThere) {
            return 127;
        }
    }
}
