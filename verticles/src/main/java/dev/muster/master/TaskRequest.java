package dev.muster.master;

import dev.muster.bus.CreateTask;
import dev.muster.bus.Credential;
import dev.muster.bus.TaskKind;
import dev.muster.http.Params;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a new task from a request's parameters. */
final class TaskRequest {
    private static final int MAX_SPEC = 1000;
    private static final int MAX_IDS = 1000;
    private static final long MAX_MILLIS = 600_000;
    private static final long DEFAULT_TIMEOUT_MILLIS = 10_000;
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?\\.?");
    private static final Pattern HOST_AND_PORT = Pattern.compile("(" + HOST + "|\\[[0-9a-fA-F:]+]):([0-9]{1,5})");
    private static final Pattern MILLIS = Pattern.compile("[0-9]{1,6}");

    private TaskRequest() {}

    /**
     * The task.
     *
     * @throws dev.muster.http.HttpError 400 that names every wrong parameter
     */
    static CreateTask read(Params params, Credential credential) {
        var kind = kind(params);
        var spec = params.text("spec", MAX_SPEC);
        if (kind != null) {
            var problem = problem(kind, spec == null ? "" : spec);
            if (problem != null) {
                params.problem("spec " + problem);
            }
        }
        var timeout = params.number("timeout_ms", 1, MAX_MILLIS);
        var count = params.number("count", 1, Integer.MAX_VALUE);
        var ids = ids(params);
        var run = MinionId.run(params);
        params.check();
        return new CreateTask(
                credential,
                kind == null ? TaskKind.SLEEP : kind,
                spec == null ? "" : spec,
                timeout == null ? DEFAULT_TIMEOUT_MILLIS : timeout,
                run.isEmpty() ? null : run,
                count,
                ids);
    }

    private static @Nullable TaskKind kind(Params params) {
        var word = params.text("kind", 16);
        var kind = word == null ? null : TaskKind.of(word).orElse(null);
        if (kind == null) {
            params.problem("kind must be one of http, tcp, dns, cpu, sleep");
        }
        return kind;
    }

    private static List<String> ids(Params params) {
        var ids = params.raw("ids");
        if (ids == null || ids.isEmpty()) {
            return List.of();
        }
        var list = Arrays.asList(ids.split(",", -1));
        if (list.size() > MAX_IDS) {
            params.problem("ids names " + list.size() + " minions: at most " + MAX_IDS + " are taken");
        }
        return list;
    }

    private static @Nullable String problem(TaskKind kind, String spec) {
        return switch (kind) {
            case HTTP -> isUrl(spec) ? null : "must be the URL to get, in ASCII, beginning with http:// or https://";
            case TCP -> HOST_AND_PORT.matcher(spec).matches() ? null : "must be HOST:PORT to connect to";
            case DNS -> HOST.matcher(spec).matches() ? null : "must be the host name to resolve";
            case CPU, SLEEP -> isMillis(spec) ? null : "must be the milliseconds, from 1 to " + MAX_MILLIS;
        };
    }

    private static boolean isUrl(String spec) {
        try {
            var uri = URI.create(spec);
            boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            return web && uri.getHost() != null && spec.equals(uri.toASCIIString());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static boolean isMillis(String spec) {
        if (!MILLIS.matcher(spec).matches()) {
            return false;
        }
        long millis = Long.parseLong(spec);
        return millis >= 1 && millis <= MAX_MILLIS;
    }
}
