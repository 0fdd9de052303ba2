package dev.muster.launcher.roles;

import dev.muster.bus.Credential;
import io.vertx.core.eventbus.EventBus;
import java.nio.file.Path;
import java.util.Map;

/** Serves the roles of a process over their bus, which none of them can do itself. */
public interface Companion {
    /** The role that needs it. */
    Role role();

    /**
     * Begins. Called when the roles have started, from a thread that may block.
     *
     * @return ends it, before the roles are stopped; may block
     */
    Runnable join(Company company);

    /**
     * Whom it serves.
     *
     * @param bus of the roles, with the codecs of all messages
     * @param credential what admin messages must carry
     * @param results the parent folder of results
     * @param environment all variables of the process
     */
    record Company(EventBus bus, Credential credential, Path results, Map<String, String> environment) {}
}
