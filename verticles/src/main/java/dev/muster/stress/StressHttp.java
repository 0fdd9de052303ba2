package dev.muster.stress;

import dev.muster.http.AdminGuard;
import dev.muster.http.Answers;
import dev.muster.http.HttpError;
import dev.muster.http.HttpErrors;
import dev.muster.http.HttpServers;
import dev.muster.http.Params;
import dev.muster.node.Node;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The role's HTTP side. Every answer says in a header which pod gave it. */
final class StressHttp {
    /** The name of the pod that answers. */
    private static final CharSequence POD = HttpHeaders.createOptimized("Muster-Pod");

    private static final int LONGEST_ID = 300;

    private final Vertx vertx;
    private final Node node;
    private final WhoAmI who;
    private final Capacity capacity;
    private final Kernel kernel;
    private final Jobs jobs;
    private final Books books;

    StressHttp(Vertx vertx, Node node, WhoAmI who, Capacity capacity, Kernel kernel, Jobs jobs, Books books) {
        this.vertx = vertx;
        this.node = node;
        this.who = who;
        this.capacity = capacity;
        this.kernel = kernel;
        this.jobs = jobs;
        this.books = books;
    }

    Router routes() {
        var router = Router.router(vertx);
        HttpErrors.install(router);
        router.route().handler(context -> {
            books.count(StressCounter.REQUESTS);
            context.response().putHeader(POD, who.pod());
            context.next();
        });
        HttpServers.readBodies(router);
        var admin = new AdminGuard(node.credential(), node.insecureAdmin());
        router.route("/stress")
                .method(HttpMethod.GET)
                .method(HttpMethod.POST)
                .handler(admin)
                .handler(this::start);
        router.route("/stress/stop")
                .method(HttpMethod.GET)
                .method(HttpMethod.POST)
                .handler(admin)
                .handler(this::stop);
        router.delete("/stress").handler(admin).handler(this::stop);
        router.delete("/stress/:id").handler(admin).handler(context -> stop(context, job(context.pathParam("id"))));
        router.get("/stress/jobs").handler(this::jobs);
        router.get("/stress/:id").handler(context -> tell(context, job(context.pathParam("id"))));
        router.get("/cpu").handler(this::cpu);
        router.get("/insight").handler(this::insight);
        router.get("/whoami").handler(context -> Answers.send(context, who.pod(), () -> who));
        return router;
    }

    private void start(RoutingContext context) {
        var params = Params.of(context);
        var demand = Demand.of(params);
        boolean wait = isWaiting(params);
        params.check();
        var job = start(demand);
        var started = StressAnswer.of(who, capacity, job);
        context.response().putHeader(HttpHeaders.LOCATION, started.state());
        if (wait) {
            // Whoever hangs up meanwhile is not answered any more; the job goes on, as that of the original does.
            job.ended().onComplete(ended -> answerAtEnd(context, job));
        } else {
            context.response().setStatusCode(202);
            answer(context, started);
        }
    }

    private void answerAtEnd(RoutingContext context, Job job) {
        if (context.response().closed()) {
            return;
        }
        if (job.state() == Job.State.FINISHED) {
            answer(context, StressAnswer.of(who, capacity, job));
        } else {
            context.fail(new HttpError(503, JobAnswer.of(who, job).text(), "start it again"));
        }
    }

    private static void answer(RoutingContext context, StressAnswer answer) {
        Answers.send(context, answer.text(), () -> answer);
    }

    private static boolean isWaiting(Params params) {
        var wait = params.text("wait", 5);
        if (wait != null && !wait.equals("true") && !wait.equals("false")) {
            params.problem("wait must be true or false, not '" + Params.shown(wait) + "'");
        }
        return "true".equals(wait);
    }

    private Job start(Demand demand) {
        try {
            var job = jobs.start(demand);
            books.count(StressCounter.JOBS_STARTED);
            return job;
        } catch (HttpError refused) {
            books.count(StressCounter.JOBS_REFUSED);
            throw refused;
        }
    }

    private void stop(RoutingContext context) {
        var id = Params.of(context).text("id", LONGEST_ID);
        if (id != null) {
            stop(context, job(id));
            return;
        }
        jobs.stopJobs()
                .onSuccess(count -> Answers.send(
                        context,
                        "Host: " + who.host() + ", stopped " + count + (count == 1 ? " job." : " jobs."),
                        () -> new StressAnswer.Stopped(who.host(), who.pod(), count)))
                .onFailure(context::fail);
    }

    private void stop(RoutingContext context, Job job) {
        job.stop().onComplete(stopped -> tell(context, job));
    }

    private Job job(String id) {
        return jobs.find(id)
                .orElseThrow(() -> new HttpError(
                        404,
                        "no job '" + Params.shown(id) + "' in the pod " + who.pod(),
                        "ask the pod whose name the id begins with, and see /stress/jobs"));
    }

    private void tell(RoutingContext context, Job job) {
        var state = JobAnswer.of(who, job);
        Answers.send(context, state.text(), () -> state);
    }

    private void jobs(RoutingContext context) {
        var all = jobs.known().stream().map(job -> JobAnswer.of(who, job)).toList();
        var lines = all.isEmpty()
                ? "Host: " + who.host() + ", no jobs."
                : String.join("\n", all.stream().map(JobAnswer::text).toList());
        Answers.send(context, lines, () -> new JobAnswer.All(who.host(), who.pod(), all));
    }

    private void cpu(RoutingContext context) {
        var used = jobs.used();
        var burning =
                new CpuAnswer.Burning(jobs.running(), jobs.wanted(), used.requestedSeconds(), used.deliveredSeconds());
        vertx.executeBlocking(kernel::read, false)
                .onSuccess(reading -> {
                    var answer = CpuAnswer.of(who, capacity, reading, burning);
                    Answers.send(context, answer.text(), () -> answer);
                })
                .onFailure(context::fail);
    }

    private void insight(RoutingContext context) {
        vertx.executeBlocking(() -> Insight.read(who, capacity, kernel), false)
                .onSuccess(insight -> Answers.send(context, insight.text(), () -> insight))
                .onFailure(context::fail);
    }
}
