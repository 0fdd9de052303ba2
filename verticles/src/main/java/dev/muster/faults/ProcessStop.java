package dev.muster.faults;

import dev.muster.bus.Addresses;
import dev.muster.bus.Credential;
import dev.muster.bus.StopProcess;
import dev.muster.faults.FaultKind.Setting;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import java.time.Duration;

/** Has the run end processes that it has started, and start them again. */
final class ProcessStop implements Deed {
    private static final Duration BACK = Duration.ofSeconds(1);

    /** A process may take a minute to start. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final EventBus bus;
    private final Credential credential;
    private final Settings settings;

    ProcessStop(EventBus bus, Credential credential, Settings settings) {
        this.bus = bus;
        this.credential = credential;
        this.settings = settings;
    }

    @Override
    public Future<String> run(Runnable begin) {
        boolean force = settings.text(Setting.SIGNAL).filter("TERM"::equals).isEmpty();
        boolean children = settings.yes(Setting.CHILDREN);
        var back = settings.duration(Setting.BACK, BACK);
        long backMillis = back.map(Duration::toMillis).orElse(-1L);
        var order = new StopProcess(credential, settings.target(), force, children, backMillis);
        var options = new DeliveryOptions().setSendTimeout(PATIENCE.toMillis() + Math.max(0, backMillis));
        begin.run();
        return bus.request(Addresses.STOP_PROCESS, order, options)
                .map(done -> (force ? "killed" : "stopped")
                        + (children ? " with the processes that it had started" : "")
                        + (back.isPresent() ? ", and started again" : ""));
    }
}
