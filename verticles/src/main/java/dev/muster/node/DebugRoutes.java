package dev.muster.node;

import dev.muster.http.AdminGuard;
import dev.muster.http.HttpError;
import dev.muster.http.Params;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.JMException;
import javax.management.ObjectName;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the JVM can tell of itself, for admins: {@code /debug/threads}, {@code /debug/heap} (a histogram of what lives,
 * after a full collection) and {@code /debug/jfr?seconds=N}, which records for so long and sends the file. One recording at
 * a time.
 */
final class DebugRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(DebugRoutes.class);
    private static final long USUAL_SECONDS = 10;
    /** Less than after what an idle connection is closed. */
    private static final long MOST_SECONDS = 60;

    private static final String COMMANDS = "com.sun.management:type=DiagnosticCommand";

    private final AtomicBoolean recording = new AtomicBoolean();

    private final Vertx vertx;

    private DebugRoutes(Vertx vertx) {
        this.vertx = vertx;
    }

    static void install(Router router, Vertx vertx, Node node) {
        var routes = new DebugRoutes(vertx);
        router.route("/debug/*").handler(new AdminGuard(node.credential(), node.insecureAdmin()));
        router.get("/debug/threads").handler(context -> routes.command(context, "threadPrint"));
        router.get("/debug/heap").handler(context -> routes.command(context, "gcClassHistogram"));
        router.get("/debug/jfr").handler(routes::record);
    }

    /** As {@code jcmd} would answer. */
    private void command(RoutingContext context, String operation) {
        vertx.executeBlocking(() -> invoke(operation), false)
                .onSuccess(text -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                        .end(text))
                .onFailure(context::fail);
    }

    private static String invoke(String operation) throws JMException {
        var answer = ManagementFactory.getPlatformMBeanServer()
                .invoke(new ObjectName(COMMANDS), operation, new Object[] {new String[0]}, new String[] {
                    String[].class.getName()
                });
        return String.valueOf(answer);
    }

    private void record(RoutingContext context) {
        var params = Params.of(context);
        var given = params.number("seconds", 1, MOST_SECONDS);
        params.check();
        long seconds = given == null ? USUAL_SECONDS : given;
        if (!recording.compareAndSet(false, true)) {
            throw new HttpError(503, "a recording is under way", "try again when it has ended");
        }
        LOG.info("event=debug.jfr seconds={}", seconds);
        vertx.executeBlocking(DebugRoutes::begin, false)
                .compose(begun -> vertx.timer(seconds * 1_000).compose(due -> vertx.executeBlocking(() -> end(begun))))
                .compose(file -> send(context, file))
                .onComplete(sent -> recording.set(false))
                .onFailure(context::fail);
    }

    private static Recording begin() throws IOException, ParseException {
        var begun = new Recording(Configuration.getConfiguration("profile"));
        begun.start();
        return begun;
    }

    private static Path end(Recording begun) throws IOException {
        try (begun) {
            begun.stop();
            var file = Files.createTempFile("muster", ".jfr");
            begun.dump(file);
            return file;
        }
    }

    private Future<?> send(RoutingContext context, Path file) {
        return context.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream")
                .putHeader("Content-Disposition", "attachment; filename=muster.jfr")
                .sendFile(file.toString())
                .onComplete(sent -> vertx.fileSystem().delete(file.toString()));
    }
}
