package dev.muster.console;

import dev.muster.bus.Addresses;
import dev.muster.bus.ExperimentsQuery;
import dev.muster.bus.KnownExperiments;
import dev.muster.bus.KnownRuns;
import dev.muster.bus.ResultQuery;
import dev.muster.bus.ResultQuery.Part;
import dev.muster.bus.ResultText;
import dev.muster.bus.RunsQuery;
import dev.muster.bus.Stats;
import dev.muster.bus.StatsQuery;
import dev.muster.http.HttpError;
import dev.muster.http.Params;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the REST interface tells. */
final class ReadRoutes {
    /** A run's id is the name of its folder, and nothing else may be one. */
    private static final Pattern RUN = Pattern.compile("[0-9]{8}-[0-9]{6}-[a-z]{1,20}(-[0-9]{1,4})?");

    /**
     * The report's own policy, within it, lets nothing but its own scripts run and nothing be fetched. The sandbox keeps
     * it from this page's rights besides.
     */
    private static final String REPORT_POLICY = "sandbox allow-scripts; frame-ancestors 'none'";

    private static final long ANSWER_MILLIS = 5_000;
    /** A comparison computes. */
    private static final long SLOW_ANSWER_MILLIS = 30_000;

    private static final int MOST_SECONDS = 3_600;

    private final Vertx vertx;
    private final Site site;

    ReadRoutes(Vertx vertx, Site site) {
        this.vertx = vertx;
        this.site = site;
    }

    void install(Router router) {
        SiteRoutes.read(
                router,
                "/api/openapi.json",
                context -> Json.send(context, 200, site.openApi().toString()));
        SiteRoutes.read(router, "/api/stats", this::stats);
        SiteRoutes.read(router, "/api/experiments", this::experiments);
        SiteRoutes.read(router, "/api/runs", this::runs);
        SiteRoutes.read(router, "/api/runs/:run", context -> summary(context, run(context.pathParam("run"))));
        SiteRoutes.read(
                router, "/api/runs/:run/report.html", context -> report(context, run(context.pathParam("run"))));
        SiteRoutes.read(router, "/api/compare", this::compare);
    }

    private void stats(RoutingContext context) {
        var params = Params.of(context);
        var seconds = params.number("seconds", 0, MOST_SECONDS);
        params.check();
        var query = StatsQuery.seconds(seconds == null ? 0 : seconds.intValue());
        answer(context, Json.ask(vertx, Addresses.STATS, query, Stats.class, ANSWER_MILLIS, noCollector()));
    }

    private void experiments(RoutingContext context) {
        answer(
                context,
                Json.ask(
                        vertx,
                        Addresses.EXPERIMENTS,
                        new ExperimentsQuery(),
                        KnownExperiments.class,
                        ANSWER_MILLIS,
                        nobodyRuns()));
    }

    private void runs(RoutingContext context) {
        answer(
                context,
                Json.ask(vertx, Addresses.RUNS, new RunsQuery(), KnownRuns.class, SLOW_ANSWER_MILLIS, nobodyRuns()));
    }

    private void summary(RoutingContext context, String run) {
        ask(Part.SUMMARY, run, "")
                .onSuccess(text -> Json.send(context, 200, text))
                .onFailure(context::fail);
    }

    private void report(RoutingContext context, String run) {
        ask(Part.REPORT, run, "")
                .onSuccess(text -> context.response()
                        .putHeader("Content-Security-Policy", REPORT_POLICY)
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/html; charset=utf-8")
                        .end(text))
                .onFailure(context::fail);
    }

    private void compare(RoutingContext context) {
        var params = Params.of(context);
        var baseline = run(params.raw("baseline"));
        var other = run(params.raw("other"));
        ask(Part.COMPARISON, baseline, other)
                .onSuccess(text -> Json.send(context, 200, text))
                .onFailure(context::fail);
    }

    private Future<String> ask(Part part, String run, String other) {
        var query = new ResultQuery(part, run, other);
        return Json.ask(vertx, Addresses.RESULT, query, ResultText.class, SLOW_ANSWER_MILLIS, nobodyRuns())
                .compose(answer -> answer.found()
                        ? Future.succeededFuture(answer.text())
                        : Future.failedFuture(
                                new HttpError(404, answer.text(), "GET /api/runs lists those there are")));
    }

    /** The id of a run, checked. */
    static String run(@Nullable String given) {
        if (given == null || !RUN.matcher(given).matches()) {
            throw new HttpError(
                    404,
                    "no run '" + (given == null ? "" : Params.shown(given)) + "'",
                    "a run is named like 20261121-181519-boot; GET /api/runs lists those there are");
        }
        return given;
    }

    /** What is wrong when nobody on the bus carries out runs. */
    static HttpError nobodyRuns() {
        return new HttpError(503, "nobody on the bus carries out runs", "start a process with --role=console");
    }

    private static HttpError noCollector() {
        return new HttpError(
                503,
                "no collector on the bus",
                "start one process with --role=collector in the same --cluster,"
                        + " or see whether the network to it holds");
    }

    private static void answer(RoutingContext context, Future<? extends Record> asked) {
        asked.onSuccess(answer -> Json.send(context, 200, answer)).onFailure(context::fail);
    }
}
