package dev.muster.launcher.run;

import dev.muster.launcher.command.GeneralOptions;
import dev.muster.launcher.command.Invocation;
import dev.muster.launcher.options.Given;
import dev.muster.launcher.options.Options;
import dev.muster.launcher.result.ResultFolder;
import dev.muster.launcher.roles.HostedRoles;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One run as an experiment sees it: its options, its folder, its progress, and whether it is to end early. */
final class Run {
    private final Given given;
    private final Options options;
    private final ResultFolder folder;
    private final Progress progress;
    private final Invocation invocation;
    private final CountDownLatch interrupt = new CountDownLatch(1);

    /**
     * @param given what the user gave, as text
     * @param options the same, converted and checked
     */
    Run(Given given, Options options, ResultFolder folder, Progress progress, Invocation invocation) {
        this.given = given;
        this.options = options;
        this.folder = folder;
        this.progress = progress;
        this.invocation = invocation;
    }

    /** The values of one of its option interfaces. */
    <T> T options(Class<T> type) {
        return options.of(type);
    }

    /** Where its result goes. */
    ResultFolder folder() {
        return folder;
    }

    /** Where it shows how it goes on. */
    Progress progress() {
        return progress;
    }

    /** It is to end now and keep what it has. Safe to call from any thread. */
    void interrupt() {
        interrupt.countDown();
    }

    /** Whether it is to end now and keep what it has. */
    boolean interrupted() {
        return interrupt.getCount() == 0;
    }

    /** Waits so long, or until the run is interrupted. */
    void pause(Duration time) {
        try {
            if (interrupt.await(time.toNanos(), TimeUnit.NANOSECONDS)) {
                progress.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            interrupt();
        }
    }

    /** Starts roles in this process with these options; how much is logged and where data go is the user's choice. */
    HostedRoles start(List<String> arguments) {
        var all = new ArrayList<>(arguments);
        all.add("--verbosity=" + options.of(GeneralOptions.class).verbosity());
        given.text("--data-dir").ifPresent(folder -> all.add("--data-dir=" + folder));
        return HostedRoles.start(all, invocation.environment());
    }
}
