package dev.muster.launcher.service;

import dev.muster.bus.Addresses;
import dev.muster.bus.ExperimentsQuery;
import dev.muster.bus.Failure;
import dev.muster.bus.Message;
import dev.muster.bus.ResultQuery;
import dev.muster.bus.RunAnswer;
import dev.muster.bus.RunsQuery;
import dev.muster.bus.StartRun;
import dev.muster.bus.StopRun;
import dev.muster.launcher.roles.Companion;
import dev.muster.launcher.roles.Role;
import dev.muster.launcher.run.RunCommand;
import io.vertx.core.eventbus.ReplyException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers on the bus for runs: what can be run, what was, and what is to be. */
public final class RunService implements Companion {
    private static final Logger LOG = LoggerFactory.getLogger(RunService.class);

    private final RunCommand command;

    public RunService(RunCommand command) {
        this.command = command;
    }

    @Override
    public Role role() {
        return Role.CONSOLE;
    }

    @Override
    public Runnable join(Company company) {
        var threads = Executors.newCachedThreadPool(task -> {
            var thread = new Thread(task, "run-service");
            thread.setDaemon(true);
            return thread;
        });
        var experiments = new ExperimentsTold(command.vocabularies(), command.beside(), company.results()).all();
        var orders = new Orders(command, company.environment(), company.results());
        var archive = new Archive(company.results());
        var runs = new Runs(
                company.results(), company.environment(), news -> company.bus().publish(Addresses.RUN_NEWS, news));
        var answers = new Answers(company, threads);
        answers.to(Addresses.EXPERIMENTS, ExperimentsQuery.class, query -> experiments);
        answers.to(Addresses.RUNS, RunsQuery.class, query -> archive.all());
        answers.to(Addresses.RESULT, ResultQuery.class, archive::answer);
        answers.to(Addresses.START_RUN, StartRun.class, start -> start(orders, runs, company, start));
        answers.to(Addresses.STOP_RUN, StopRun.class, stop -> stop(runs, company, stop));
        return () -> {
            runs.close();
            threads.shutdown();
        };
    }

    private static RunAnswer start(Orders orders, Runs runs, Company company, StartRun start) {
        if (!start.checkOnly() && !company.credential().admits(start.credential())) {
            throw Failure.FORBIDDEN.exception("the admin token is missing or wrong");
        }
        var order = orders.read(start);
        if (!order.problems().isEmpty()) {
            return new RunAnswer(RunAnswer.Outcome.WRONG, "", "", order.problems(), "the run can't be started so");
        }
        return start.checkOnly()
                ? new RunAnswer(RunAnswer.Outcome.DONE, "", order.command(), List.of(), "")
                : runs.start(order, start.by());
    }

    private static RunAnswer stop(Runs runs, Company company, StopRun stop) {
        if (!company.credential().admits(stop.credential())) {
            throw Failure.FORBIDDEN.exception("the admin token is missing or wrong");
        }
        return runs.stop(stop.run());
    }

    /** Answers messages on threads that may block. */
    private record Answers(Company company, ExecutorService threads) {
        <Q extends Message> void to(String address, Class<Q> question, Function<Q, ? extends Message> answer) {
            company.bus()
                    .<Q>consumer(address)
                    .handler(message -> threads.execute(() -> {
                        try {
                            message.reply(answer.apply(question.cast(message.body())));
                        } catch (ReplyException refused) {
                            message.fail(refused.failureCode(), refused.getMessage());
                        } catch (RuntimeException e) {
                            LOG.error("event=run_service_failed address={}", address, e);
                            message.fail(Failure.INTERNAL.code(), String.valueOf(e.getMessage()));
                        }
                    }))
                    .completion()
                    .await();
        }
    }
}
