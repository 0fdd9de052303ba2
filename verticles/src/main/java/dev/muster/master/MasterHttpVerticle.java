package dev.muster.master;

import dev.muster.bus.Addresses;
import dev.muster.bus.Cleaned;
import dev.muster.bus.Cleanup;
import dev.muster.bus.Message;
import dev.muster.bus.MinionPage;
import dev.muster.bus.MinionStats;
import dev.muster.bus.MinionStatsQuery;
import dev.muster.bus.NextTask;
import dev.muster.bus.Registered;
import dev.muster.bus.Stored;
import dev.muster.bus.TaskCreated;
import dev.muster.bus.TaskOffer;
import dev.muster.bus.TaskReport;
import dev.muster.http.AdminGuard;
import dev.muster.http.Answers;
import dev.muster.http.HttpErrors;
import dev.muster.http.HttpServers;
import dev.muster.http.HttpServers.ConnectionLimit;
import dev.muster.http.Params;
import dev.muster.measure.Counters;
import dev.muster.node.Node;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;

/** The master's HTTP side. It knows the database by the bus alone. */
final class MasterHttpVerticle extends VerticleBase {
    /** Longer than the database's own time-out, so that its reason reaches the client. */
    private static final DeliveryOptions TIMEOUT = new DeliveryOptions().setSendTimeout(15_000);

    private static final double MAX_ERROR_MILLIS = 1e8;
    private static final double MAX_DURATION_MILLIS = 1e9;
    private static final int MAX_DETAIL = 500;

    private final MasterOptions options;
    private final Node node;
    private final ConnectionLimit limit;
    private final Counters<MasterCounter> counters;
    private final MinionExport export = new MinionExport(query -> this.<MinionPage>ask(Addresses.MINION_PAGE, query));
    private @Nullable HttpServer server;

    /**
     * @param limit shared by all instances
     */
    MasterHttpVerticle(MasterOptions options, Node node, ConnectionLimit limit) {
        this.options = options;
        this.node = node;
        this.limit = limit;
        this.counters = node.telemetry().counters(MasterCounter.class);
    }

    @Override
    public Future<?> start() {
        var serverOptions = HttpServers.options().setHost(node.bindAddress()).setPort(options.port());
        return HttpServers.listen(
                        vertx,
                        serverOptions,
                        routes(),
                        limit,
                        refused -> counters.increment(MasterCounter.CONNECTIONS_REFUSED))
                .onSuccess(this::listening);
    }

    private void listening(HttpServer listening) {
        server = listening;
        node.endpoints().listening("master", HttpServers.url(node.bindAddress(), listening.actualPort()));
    }

    @Override
    public Future<?> stop() {
        return server == null ? Future.succeededFuture() : HttpServers.stop(server);
    }

    private Router routes() {
        var router = Router.router(vertx);
        HttpErrors.install(router);
        HttpServers.readBodies(router);
        var admin = new AdminGuard(node.credential(), node.insecureAdmin());
        getOrPost(router, "/register").handler(registering());
        getOrPost(router, "/task").handler(this::nextTask);
        getOrPost(router, "/task/report").handler(this::reportTask);
        router.get("/healthz").handler(context -> Answers.send(context, "ok", Stored::new));
        router.get("/stats").handler(this::stats);
        router.get("/minions").handler(this::minions);
        getOrPost(router, "/cleanup").handler(admin).handler(this::cleanup);
        router.post("/tasks").handler(admin).handler(this::createTask);
        return router;
    }

    private RegisterHandler registering() {
        return new RegisterHandler(
                vertx,
                options.queue(),
                node,
                counters,
                registrations -> this.<Registered>ask(Addresses.REGISTER, registrations));
    }

    private static Route getOrPost(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.POST);
    }

    private void nextTask(RoutingContext context) {
        var params = Params.of(context);
        var id = MinionId.required(params);
        var run = MinionId.run(params);
        var error = params.decimal("error_ms", 0, MAX_ERROR_MILLIS);
        params.check();
        var asking = new NextTask(run, id, error == null ? null : (Long) Math.round(error * 1_000));
        this.<TaskOffer>ask(Addresses.NEXT_TASK, asking)
                .onFailure(context::fail)
                .onSuccess(offer -> {
                    var task = offer.task();
                    if (task == null) {
                        context.response().setStatusCode(204).end();
                        return;
                    }
                    counters.increment(MasterCounter.TASKS_GIVEN);
                    var line = task.id() + " " + task.kind().word() + " " + task.timeoutMillis() + " " + task.spec();
                    Answers.send(context, line, () -> task);
                });
    }

    private void reportTask(RoutingContext context) {
        var params = Params.of(context);
        var id = MinionId.required(params);
        var run = MinionId.run(params);
        var task = params.number("task", 1, Long.MAX_VALUE);
        var done = params.text("done", 5);
        var duration = params.decimal("duration_ms", 0, MAX_DURATION_MILLIS);
        var detail = params.text("detail", MAX_DETAIL);
        if (task == null && params.raw("task") == null) {
            params.problem("task is missing: give the number that /task answered");
        }
        if (!"true".equals(done) && !"false".equals(done)) {
            params.problem("done must be true or false");
        }
        if (duration == null && params.raw("duration_ms") == null) {
            params.problem("duration_ms is missing");
        }
        params.check();
        var report = new TaskReport(
                run,
                id,
                task == null ? 0 : task,
                "true".equals(done),
                duration == null ? 0 : Math.round(duration * 1_000),
                detail == null ? "" : detail);
        this.<Stored>ask(Addresses.REPORT_TASK, report).onFailure(context::fail).onSuccess(stored -> {
            counters.increment(MasterCounter.TASKS_REPORTED);
            Answers.send(context, "Reported", () -> report);
        });
    }

    private void stats(RoutingContext context) {
        var params = Params.of(context);
        var run = MinionId.run(params);
        var since = BootInstant.micros(params, "since");
        var start = BootInstant.micros(params, "start");
        var by = params.text("by", 63);
        if (by != null && !Labels.isKey(by)) {
            params.problem("by must be a label's key, not '" + Params.shown(by) + "'");
        }
        params.check();
        boolean full = Answers.wantsJson(context);
        var query = new MinionStatsQuery(run.isEmpty() ? null : run, since, start, by, full);
        this.<MinionStats>ask(Addresses.MINION_STATS, query)
                .onFailure(context::fail)
                .onSuccess(stats -> Answers.send(context, StatsText.of(stats, by), () -> stats));
    }

    private void minions(RoutingContext context) {
        var params = Params.of(context);
        var run = MinionId.run(params);
        params.check();
        export.stream(context, run.isEmpty() ? null : run);
    }

    private void cleanup(RoutingContext context) {
        var params = Params.of(context);
        var run = MinionId.run(params);
        params.check();
        this.<Cleaned>ask(Addresses.CLEANUP, new Cleanup(node.credential(), run.isEmpty() ? null : run))
                .onFailure(context::fail)
                .onSuccess(cleaned ->
                        Answers.send(context, "Cleaned up " + cleaned.minions() + " minions", () -> cleaned));
    }

    private void createTask(RoutingContext context) {
        var task = TaskRequest.read(Params.of(context), node.credential());
        this.<TaskCreated>ask(Addresses.CREATE_TASK, task)
                .onFailure(context::fail)
                .onSuccess(created -> Answers.send(
                        context, "Task " + created.task() + " for " + created.assigned() + " minions", () -> created));
    }

    private <A> Future<A> ask(String address, Message question) {
        return vertx.eventBus().<A>request(address, question, TIMEOUT).map(reply -> reply.body());
    }
}
