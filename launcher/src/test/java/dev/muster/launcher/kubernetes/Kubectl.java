package dev.muster.launcher.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.Part;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The cluster that KUBECONFIG names, as its user sees it. */
final class Kubectl {
    /** The folder of the manifests. */
    static final Path MANIFESTS = Path.of("..", "k8s").toAbsolutePath().normalize();

    private static final int MOST_MINUTES = 5;

    private Kubectl() {}

    /**
     * What a command came to.
     *
     * @param code it exited with
     * @param output of both streams
     */
    record Result(int code, String output) {}

    /** Skips the calling test where there is no cluster. */
    static void need() {
        Part.need(
                isNamed() && run("version").code() == 0,
                "needs a cluster: set KUBECONFIG to one that may be loaded, and install kubectl");
    }

    /** Runs kubectl, which must succeed. */
    static String ok(String... arguments) {
        var result = run(arguments);
        assertThat(result.code())
                .as(() -> "kubectl " + String.join(" ", arguments) + ": " + result.output())
                .isZero();
        return result.output();
    }

    /** Runs kubectl in the namespace {@code muster}, which must succeed. */
    static String muster(String... arguments) {
        var all = new ArrayList<>(List.of("-n", "muster"));
        all.addAll(List.of(arguments));
        return ok(all.toArray(String[]::new));
    }

    /** What an HTTP port of a service answers, by way of the API server. */
    static String ask(String service, int port, String path) {
        return ok("get", "--raw", "/api/v1/namespaces/muster/services/" + service + ":" + port + "/proxy" + path);
    }

    /** The value of a key of a Secret. */
    static String secret(String name, String key) {
        return muster("get", "secret", name, "-o", "go-template={{index .data \"" + key + "\" | base64decode}}");
    }

    /** Runs kubectl. */
    static Result run(String... arguments) {
        if (!isNamed()) {
            return new Result(127, "KUBECONFIG is not set");
        }
        var command = new ArrayList<>(List.of("kubectl"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** Whether a cluster may be loaded: no other than the one that KUBECONFIG names is touched, not even to clean up. */
    private static boolean isNamed() {
        return !System.getenv().getOrDefault("KUBECONFIG", "").isEmpty();
    }

    /** Runs a program to its end. */
    static Result run(List<String> command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(MOST_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                return new Result(-1, "did not end: " + output);
            }
            return new Result(process.exitValue(), output);
        } catch (IOException e) {
            return new Result(127, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Result(-1, "interrupted");
        }
    }
}
