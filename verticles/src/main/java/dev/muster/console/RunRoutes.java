package dev.muster.console;

import dev.muster.bus.Addresses;
import dev.muster.bus.Credential;
import dev.muster.bus.RunAnswer;
import dev.muster.bus.RunAnswer.Problem;
import dev.muster.bus.StartRun;
import dev.muster.bus.StopRun;
import dev.muster.http.AdminGuard;
import dev.muster.http.HttpError;
import dev.muster.http.Params;
import dev.muster.measure.Counters;
import dev.muster.node.Node;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the REST interface does: it starts and stops runs, through the bus. */
final class RunRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(RunRoutes.class);

    /** A run has begun when its process has made the folder of its result. */
    private static final long START_MILLIS = 60_000;

    private final Vertx vertx;
    private final Node node;
    private final Counters<ConsoleCounter> counters;

    /** What is wrong, for programs and people. */
    private record Refusal(String error, String fix, List<Problem> fields, String running) {}

    RunRoutes(Vertx vertx, Node node, Counters<ConsoleCounter> counters) {
        this.vertx = vertx;
        this.node = node;
        this.counters = counters;
    }

    void install(Router router) {
        var admin = new AdminGuard(node.credential(), node.insecureAdmin());
        router.post("/api/runs").handler(admin).handler(this::start);
        router.post("/api/runs/check").handler(this::check);
        router.delete("/api/runs/:run").handler(admin).handler(this::stop);
    }

    private void start(RoutingContext context) {
        var wanted = Wanted.read(context);
        if (!wanted.problems().isEmpty()) {
            refuse(context, wanted.problems());
            return;
        }
        var by = context.request().remoteAddress().hostAddress();
        ask(wanted.start(node.credential(), by, false))
                .onSuccess(answer -> {
                    boolean begun = answer.outcome() == RunAnswer.Outcome.DONE;
                    counters.increment(begun ? ConsoleCounter.RUNS_STARTED : ConsoleCounter.RUNS_REFUSED);
                    if (begun) {
                        LOG.info("event=console.run_started run={} by={}", answer.run(), by);
                        context.response().putHeader(HttpHeaders.LOCATION, "/api/runs/" + answer.run());
                    }
                    answer(context, answer, 201);
                })
                .onFailure(context::fail);
    }

    /** Whether it could be started, and with which command line. Changes nothing, so it needs no token. */
    private void check(RoutingContext context) {
        var wanted = Wanted.read(context);
        if (!wanted.problems().isEmpty()) {
            refuse(context, wanted.problems());
            return;
        }
        ask(wanted.start(Credential.NONE, "", true))
                .onSuccess(answer -> answer(context, answer, 200))
                .onFailure(context::fail);
    }

    private Future<RunAnswer> ask(StartRun start) {
        return Json.ask(vertx, Addresses.START_RUN, start, RunAnswer.class, START_MILLIS, ReadRoutes.nobodyRuns());
    }

    private void stop(RoutingContext context) {
        var run = ReadRoutes.run(context.pathParam("run"));
        var by = context.request().remoteAddress().hostAddress();
        Json.ask(
                        vertx,
                        Addresses.STOP_RUN,
                        new StopRun(node.credential(), run),
                        RunAnswer.class,
                        START_MILLIS,
                        ReadRoutes.nobodyRuns())
                .onSuccess(answer -> {
                    LOG.info("event=console.run_stopped run={} by={} outcome={}", run, by, answer.outcome());
                    answer(context, answer, 202);
                })
                .onFailure(context::fail);
    }

    private static void answer(RoutingContext context, RunAnswer answer, int done) {
        switch (answer.outcome()) {
            case DONE -> Json.send(context, done, answer);
            case WRONG ->
                Json.send(
                        context,
                        400,
                        new Refusal("the run can't be started so", "mend the fields", answer.problems(), ""));
            case BUSY ->
                Json.send(
                        context,
                        409,
                        new Refusal(answer.reason(), "wait for its end, or stop it", List.of(), answer.run()));
            case UNKNOWN -> context.fail(new HttpError(404, answer.reason(), "GET /api/runs lists those there are"));
            case FAILED ->
                context.fail(new HttpError(
                        502, Params.shown(answer.reason()), "run the same on the command line: " + answer.command()));
        }
    }

    private static void refuse(RoutingContext context, List<Problem> problems) {
        Json.send(context, 400, new Refusal("the run can't be started so", "mend the fields", problems, ""));
    }
}
