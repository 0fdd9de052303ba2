package dev.muster.launcher.image;

import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.http.ResponseException;
import dev.muster.launcher.command.StartException;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLException;

/** Says in one line why a registry did not take an image, and what to do. */
final class RegistryFailure {
    /** Unauthorized, and forbidden. */
    private static final Set<Integer> REFUSED = Set.of(401, 403);

    private RegistryFailure() {}

    /** The line for a {@link StartException}. */
    static String line(ImageReference reference, Exception failure) {
        var registry = reference.getRegistry();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            var known = known(registry, cause);
            if (known.isPresent()) {
                return ImageOptions.REGISTRY + ": " + known.get();
            }
        }
        return ImageOptions.REGISTRY + ": can't push to " + registry + "/" + reference.getRepository() + ": "
                + words(failure);
    }

    private static Optional<String> known(String registry, Throwable cause) {
        if (cause instanceof ResponseException response && REFUSED.contains(response.getStatusCode())) {
            return Optional.of(registry + " refuses the push (HTTP " + response.getStatusCode()
                    + "): log in with 'docker login " + registry + "' as a user who may push there");
        }
        if (cause instanceof SSLException) {
            return Optional.of(registry + " has no TLS that this Java trusts (" + cause.getMessage()
                    + "): add its certificate to Java's trust store; only a registry on this machine may do without");
        }
        if (isUnreachable(cause)) {
            return Optional.of(
                    "no registry answers at " + registry + " (" + cause.getMessage() + "): start it, or name another");
        }
        return Optional.empty();
    }

    private static boolean isUnreachable(Throwable cause) {
        return cause instanceof SocketException
                || cause instanceof UnknownHostException
                || cause instanceof InterruptedIOException;
    }

    /** In one line: a registry's answer can be a page. */
    private static String words(Throwable failure) {
        var cause = failure instanceof ExecutionException ? failure.getCause() : failure;
        return String.valueOf(cause == null ? failure.getMessage() : cause.getMessage())
                .replaceAll("\\s+", " ")
                .strip();
    }
}
