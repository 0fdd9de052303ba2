package dev.muster.launcher.image;

import dev.muster.launcher.command.StartException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The runtime's own archive of classes (CDS), with those of the launcher in it, loaded, parsed and linked
 * (<a href="https://openjdk.org/jeps/483">JEP 483</a>): linking saves a third of the CPU time of a start. It is the runtime's
 * default one, so that no option has to name it. It serves that jar alone, by path, size and time of last change, and
 * therefore has to be made of the files that go into the image.
 */
final class ClassArchive {
    /** Where a JVM looks for it. */
    private static final String NAME = "lib/server/classes.jsa";

    private static final Pattern ENDPOINT = Pattern.compile("  management +(http://\\S+)");
    private static final String STARTED = "Ctrl-C ends it";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** All of it on free ports, with a cluster of one: whatever a pod does, its classes are among these. */
    private static final List<String> ROLES = List.of(
            "--engine-count=20",
            "--cluster=tcp:127.0.0.1:1",
            "--cluster-port=0",
            "--management-port=0",
            "--broker-port=0",
            "--broker-http-port=0",
            "--stress-port=0",
            "--blocks-port=0",
            "--bind-address=127.0.0.1",
            "--end-with-input");

    private final Path runtime;
    private final Path folder;
    private final Map<String, String> environment;

    /**
     * @param runtime as linked
     * @param folder the image's work directory, with the jar
     * @param environment with the folder of the database's binaries, where it is known
     */
    ClassArchive(Path runtime, Path folder, Map<String, String> environment) {
        this.runtime = runtime;
        this.folder = folder;
        this.environment = environment;
    }

    /**
     * Makes it, of the classes that a short life of all roles loads.
     *
     * @param database whether an embedded database can be started, for the roles that store
     * @param work takes what is not kept
     */
    void make(boolean database, Path work) throws IOException {
        var list = work.resolve("classes");
        live(database, list, work.resolve("training.log"));
        Tool.run(
                folder,
                List.of(
                        java(),
                        "-Xshare:dump",
                        "-XX:+AOTClassLinking",
                        "-XX:SharedClassListFile=" + list,
                        "-XX:SharedArchiveFile=" + runtime.resolve(NAME),
                        "-Xlog:cds=error,cds+dynamic=error",
                        "-cp",
                        Contents.JAR));
    }

    private String java() {
        return runtime.resolve("bin/java").toString();
    }

    private void live(boolean database, Path list, Path log) throws IOException {
        var command = new ArrayList<>(List.of(java(), "-XX:DumpLoadedClassList=" + list, "-jar", Contents.JAR));
        command.add("--role=collector,broker,engine,stress,blocks" + (database ? ",master,minion,store" : ""));
        command.addAll(ROLES);
        if (database) {
            command.addAll(List.of("--minion-count=20", "--master-port=0", "--store-port=0"));
        }
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectError(log.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("MUSTER_") || name.startsWith("POD_"));
        builder.environment().putAll(environment);
        var process = builder.start();
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            visit(management(output, log));
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw failed("did not end", log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StartException("interrupted while the image was tried", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static URI management(BufferedReader output, Path log) throws IOException {
        boolean started = false;
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            started |= line.contains(STARTED);
            var endpoint = ENDPOINT.matcher(line);
            if (started && endpoint.matches()) {
                return URI.create(endpoint.group(1));
            }
        }
        throw failed("did not start", log);
    }

    private static StartException failed(String what, Path log) throws IOException {
        var words = Files.readString(log).strip();
        return new StartException(
                "the image's own Java " + what + ": " + words.substring(Math.max(0, words.length() - 300)), null);
    }

    /** What a kubelet, a Prometheus and a user ask for. */
    private static void visit(URI management) throws IOException, InterruptedException {
        var client = HttpClient.newHttpClient();
        for (var path : List.of("/readyz", "/healthz", "/metrics", "/stats")) {
            var request = HttpRequest.newBuilder(management.resolve(path))
                    .timeout(PATIENCE)
                    .build();
            client.send(request, HttpResponse.BodyHandlers.discarding());
        }
    }
}
