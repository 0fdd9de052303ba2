package dev.muster.kube;

import dev.muster.child.Child;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where etcd and kube-apiserver are on this machine: in the folder that {@code KUBEBUILDER_ASSETS} names, else in the
 * user's cache, else they are built there from the Go module that Muster carries ({@code k8s/testenv}). Blocks.
 */
public final class ServerBinaries {
    /** The variable of controller-runtime's envtest for a folder with both programs. */
    public static final String VARIABLE = "KUBEBUILDER_ASSETS";

    /** Of the API server that is built. */
    static final String VERSION = "v1.36.3";

    private static final List<String> SOURCES = List.of("main.go", "go.mod", "go.sum");
    private static final List<String> PROGRAMS = List.of("etcd", "kube-apiserver");
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final int KEY_DIGITS = 12;

    private final Map<String, String> environment;
    private final Consumer<String> progress;

    /**
     * @param environment the process's variables
     * @param progress is told once a second, in a line for a user, while something is built
     */
    public ServerBinaries(Map<String, String> environment, Consumer<String> progress) {
        this.environment = Map.copyOf(environment);
        this.progress = progress;
    }

    /**
     * The folder that holds both programs.
     *
     * @throws IOException when they are not there and can't be built; the message says what to do
     */
    public Path find() throws IOException {
        var named = environment.getOrDefault(VARIABLE, "");
        if (!named.isEmpty()) {
            var folder = Path.of(named);
            if (!holdsAll(folder)) {
                throw new IOException(VARIABLE + " is " + named + ", which does not hold both etcd and kube-apiserver:"
                        + " correct it, or unset it and Muster builds them");
            }
            return folder;
        }
        var home = home();
        var bin = home.resolve("bin");
        return holdsAll(bin) ? bin : build(home, bin);
    }

    private static boolean holdsAll(Path folder) {
        return PROGRAMS.stream().allMatch(program -> Files.isExecutable(folder.resolve(program)));
    }

    /** Of its own for each version of the sources, so that another Muster's build is never taken for this one's. */
    private Path home() throws IOException {
        var cache = environment.getOrDefault("XDG_CACHE_HOME", "");
        var root = cache.isEmpty()
                ? Path.of(environment.getOrDefault("HOME", System.getProperty("user.home")), ".cache")
                : Path.of(cache);
        return root.resolve("muster/testenv").resolve(VERSION + "-" + key());
    }

    private static String key() throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var source : SOURCES) {
                try (var in = open(source)) {
                    digest.update(in.readAllBytes());
                }
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, KEY_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private static InputStream open(String source) throws IOException {
        var in = ServerBinaries.class.getResourceAsStream("testenv/" + source);
        if (in == null) {
            throw new IOException("this build of Muster does not carry k8s/testenv/" + source);
        }
        return in;
    }

    private Path build(Path home, Path bin) throws IOException {
        var go = go().orElseThrow(() ->
                new IOException("there is no API server on this machine: install Go 1.26 or newer"
                        + " (https://go.dev/dl), and Muster builds one, once, in some minutes; or name in " + VARIABLE
                        + " a folder that holds etcd and kube-apiserver"));
        Files.createDirectories(home);
        try (var channel = FileChannel.open(home.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = lock(channel)) {
            if (lock.isValid() && !holdsAll(bin)) {
                compile(go, home, bin);
            }
        }
        return bin;
    }

    private Optional<Path> go() {
        return Arrays.stream(environment.getOrDefault("PATH", "").split(":"))
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, "go"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private FileLock lock(FileChannel channel) throws IOException {
        for (int seconds = 0; ; seconds++) {
            var lock = tryLock(channel);
            if (lock.isPresent()) {
                return lock.get();
            }
            progress.accept("waiting for another process that builds kube-apiserver, " + seconds + " s");
            LocalServer.pause(LOOK);
        }
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException heldInThisProcess) {
            return Optional.empty();
        }
    }

    private void compile(Path go, Path home, Path bin) throws IOException {
        var sources = Files.createDirectories(home.resolve("src"));
        for (var source : SOURCES) {
            try (var in = open(source)) {
                Files.copy(in, sources.resolve(source), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        var made = home.resolve("testenv");
        var log = home.resolve("build.log");
        Files.deleteIfExists(log);
        var command = List.of(
                go.toString(),
                "build",
                "-C",
                sources.toString(),
                "-ldflags",
                "-s -w -X k8s.io/component-base/version.gitVersion=" + VERSION,
                "-o",
                made.toString(),
                ".");
        try (var compiler = Child.start("go", command, environment, log, Child.End.TERM)) {
            for (int seconds = 0; !compiler.awaitEnd(LOOK); seconds++) {
                progress.accept("building etcd and kube-apiserver " + VERSION
                        + " for this machine, once; it takes some minutes: " + seconds + " s");
            }
            if (compiler.exitCode() != 0) {
                throw new IOException(
                        "kube-apiserver can't be built: " + compiler.lastWords() + "; the whole log is " + log);
            }
        }
        link(made, bin);
    }

    /** One binary under both names; the folder appears when all of it is there. */
    private static void link(Path made, Path bin) throws IOException {
        Files.createDirectories(bin);
        for (var program : PROGRAMS) {
            var link = bin.resolve(program);
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, bin.relativize(made));
        }
    }
}
