package dev.muster.launcher.run.streams;

import dev.muster.bus.Command;
import dev.muster.launcher.command.StartException;
import dev.muster.launcher.options.OptionGroup;
import dev.muster.launcher.options.Options;
import dev.muster.launcher.run.Bus;
import dev.muster.launcher.run.Deployed;
import dev.muster.launcher.run.Experiment;
import dev.muster.launcher.run.Findings;
import dev.muster.launcher.run.Run;
import dev.muster.launcher.run.RunOptions;
import dev.muster.launcher.run.Stage;
import io.vertx.core.eventbus.ReplyException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How fast an event store is: the users here, the store elsewhere, or the stand-in in a process of its own. */
public final class StreamsExperiment implements Experiment {
    /** The Service of the store that is deployed. */
    private static final String DEPLOYED = "http://store:2113";

    @Override
    public String name() {
        return "streams";
    }

    @Override
    public String summary() {
        return "how fast an event store takes and gives events, and whether it loses any";
    }

    @Override
    public OptionGroup options() {
        return OptionGroup.of("experiment streams", StreamsOptions.class);
    }

    @Override
    public Map<String, String> shared() {
        return Map.of("count", "--streams-users", "duration", "--streams-duration", "warm-up", "--streams-warm-up");
    }

    @Override
    public Map<String, String> parameters(Options options) {
        var streams = options.of(StreamsOptions.class);
        var parameters = new TreeMap<String, String>();
        parameters.put("streams-users", String.valueOf(streams.users()));
        parameters.put("streams-duration", streams.duration().toMillis() + "ms");
        parameters.put("streams-warm-up", streams.warmUp().toMillis() + "ms");
        parameters.put("streams-rate", String.valueOf(streams.rate()));
        parameters.put("streams-events", String.valueOf(streams.events()));
        parameters.put("streams-event-bytes", String.valueOf(streams.eventBytes()));
        parameters.put("streams-batch", String.valueOf(streams.batch()));
        var url = streams.url();
        if (url != null) {
            parameters.put("streams-url", url);
        }
        return parameters;
    }

    @Override
    public List<String> problems(Options options) {
        boolean deployed = options.of(RunOptions.class).on() == RunOptions.Place.KUBERNETES;
        return deployed && options.of(StreamsOptions.class).password() != null
                ? List.of(
                        "--streams-password can't stand with --on=kubernetes, where all could read it in the Deployment:"
                                + " give its pods MUSTER_STREAMS_PASSWORD from a Secret")
                : List.of();
    }

    @Override
    public Set<String> processes(Options options) {
        return options.of(StreamsOptions.class).url() == null ? Set.of("store") : Set.of();
    }

    @Override
    public Findings run(Run run) throws IOException {
        var elsewhere = run.options(StreamsOptions.class).url();
        if (elsewhere != null) {
            try (var processes = run.start(here(run, elsewhere))) {
                return measure(run, processes, new ProcessUse(List::of));
            }
        }
        // The users' options need the store's address, which it has only once it has started.
        var port = FreePort.find();
        try (var data = StoreData.of(run);
                var processes = run.startTogether(here(run, "http://127.0.0.1:" + port))) {
            var arguments = new ArrayList<>(List.of("--role=store", "--store-port=" + port));
            arguments.addAll(data.arguments());
            processes.start("store", arguments);
            return measure(run, processes, new ProcessUse(() -> processes.tree("store")));
        }
    }

    @Override
    public Findings run(Run run, Deployed deployed) throws IOException {
        var elsewhere = run.options(StreamsOptions.class).url();
        deployed.start("streams", "streams", users(run, elsewhere == null ? DEPLOYED : elsewhere));
        return measure(run, deployed, new ProcessUse(List::of)); // the store's use is in usage.csv
    }

    /** The users in this process. */
    private static List<String> here(Run run, String url) {
        var arguments = users(run, url);
        arguments.add("--role=collector,streams");
        return arguments;
    }

    private static List<String> users(Run run, String url) {
        var options = run.options(StreamsOptions.class);
        var whole = options.warmUp().plus(options.duration());
        var arguments = new ArrayList<>(List.of(
                "--streams-hold",
                "--streams-url=" + url,
                "--streams-users=" + options.users(),
                "--streams-duration=" + whole.toMillis() + "ms",
                "--streams-rate=" + options.rate(),
                "--streams-events=" + options.events(),
                "--streams-event-bytes=" + options.eventBytes(),
                "--streams-batch=" + options.batch(),
                "--streams-timeout=" + options.requestTimeout().toMillis() + "ms"));
        add(arguments, "--streams-user", options.user());
        add(arguments, "--streams-password", options.password());
        add(arguments, "--streams-ca", options.ca());
        if (options.insecure()) {
            arguments.add("--streams-insecure");
        }
        return arguments;
    }

    private static void add(List<String> arguments, String option, @Nullable String value) {
        if (value != null) {
            arguments.add(option + "=" + value);
        }
    }

    /** The users begin before the measurement does: what they do until then warms up both ends. */
    private static Findings measure(Run run, Stage stage, ProcessUse store) throws IOException {
        try (store) {
            var bus = stage.bus();
            begin(bus);
            run.pause(run.options(StreamsOptions.class).warmUp());
            return run.measure(stage, bus.settled(), new StreamsLoad(run, bus, store));
        }
    }

    private static void begin(Bus bus) {
        try {
            bus.command("streams", Command.Action.START);
        } catch (ReplyException refused) {
            throw new StartException(String.valueOf(refused.getMessage()), refused);
        }
    }
}
