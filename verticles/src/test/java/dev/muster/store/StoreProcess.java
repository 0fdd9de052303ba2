package dev.muster.store;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** A store in a process of its own, to be killed. Prints where it listens. */
final class StoreProcess {
    private StoreProcess() {}

    /**
     * Runs until its input ends.
     *
     * @param arguments the database's URL, then options
     */
    public static void main(String... arguments) throws IOException, TimeoutException {
        try (var store =
                RunningStore.start(arguments[0], java.util.Arrays.copyOfRange(arguments, 1, arguments.length))) {
            System.out.println(store.url());
            while (System.in.read() >= 0) {
                // until whoever started it is gone
            }
        }
    }
}
