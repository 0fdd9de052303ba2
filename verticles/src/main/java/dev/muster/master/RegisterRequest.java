package dev.muster.master;

import dev.muster.bus.Registration;
import dev.muster.http.Params;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a registration from a request's parameters. */
final class RegisterRequest {
    private static final Pattern KUBERNETES_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?");
    private static final int MAX_NAME = 253;
    private static final int MAX_UID = 64;
    private static final int MAX_NAMESPACE = 63;
    private static final int MAX_TRIES = 1_000_000;

    private RegisterRequest() {}

    /**
     * The registration.
     *
     * @param receivedMicros when the request came, epoch microseconds
     * @throws dev.muster.http.HttpError 400 that names every wrong parameter
     */
    static Registration read(Params params, long receivedMicros) {
        var id = MinionId.required(params);
        var run = MinionId.run(params);
        long boot = BootInstant.of(params, receivedMicros);
        var tries = params.number("try", 1, MAX_TRIES);
        var pod = name(params, "pod", MAX_NAME);
        var podUid = name(params, "pod_uid", MAX_UID);
        var node = name(params, "node", MAX_NAME);
        var namespace = name(params, "namespace", MAX_NAMESPACE);
        var labels = Labels.of(params);
        params.check();
        return new Registration(
                run,
                id,
                boot,
                receivedMicros,
                tries == null ? 1 : tries.intValue(),
                pod,
                podUid,
                node,
                namespace,
                labels);
    }

    private static @Nullable String name(Params params, String parameter, int most) {
        var value = params.text(parameter, most);
        if (value != null && !KUBERNETES_NAME.matcher(value).matches()) {
            params.problem(parameter + " must be a name as Kubernetes gives it, not '" + Params.shown(value) + "'");
            return null;
        }
        return value;
    }
}
