package dev.muster.faults;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Runs the commands that a user gives, in a shell. */
final class Commands {
    private static final int LONGEST = 300;

    private final Vertx vertx;

    Commands(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Completes when it has ended with code 0; fails with what it said otherwise. */
    Future<Void> run(String command) {
        return vertx.executeBlocking(() -> Files.createTempFile("muster-fault-", ".out"), false)
                .compose(output -> vertx.executeBlocking(() -> start(command, output), false)
                        .compose(process -> Future.fromCompletionStage(process.onExit(), vertx.getOrCreateContext()))
                        .compose(process ->
                                process.exitValue() == 0 ? Future.succeededFuture() : failed(command, process, output))
                        .eventually(() -> vertx.executeBlocking(() -> Files.deleteIfExists(output), false)));
    }

    private static Process start(String command, Path output) throws IOException {
        return new ProcessBuilder("/bin/sh", "-c", command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private Future<Void> failed(String command, Process process, Path output) {
        return vertx.executeBlocking(() -> Files.readString(output, StandardCharsets.ISO_8859_1), false)
                .compose(said -> Future.failedFuture("'" + command + "' ended with code " + process.exitValue() + ": "
                        + said.substring(Math.max(0, said.length() - LONGEST)).strip()));
    }
}
