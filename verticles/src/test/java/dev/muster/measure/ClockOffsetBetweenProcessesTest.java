package dev.muster.measure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.testing.ChildJvm;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.Scanner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * Two processes whose clocks are apart by a known amount: both read the same machine's clock, and one of them shifts it.
 * The exchanges cross a real connection, with delays that differ in the two directions.
 */
class ClockOffsetBetweenProcessesTest {
    private static final int TRIALS = 1_000;
    private static final int EXCHANGES = 8;
    private static final long DAY = TimeUnit.DAYS.toNanos(1);

    @Test
    void shouldBoundTheOffsetAndTheOneWayLatencyInEveryOneOfAThousandTrials() throws Exception {
        var random = new Random(7);
        var process = ChildJvm.start(ShiftedClock.class);
        var errors = new long[TRIALS];
        try (var remote = new Remote(process)) {
            for (int trial = 0; trial < TRIALS; trial++) {
                long shift = random.nextLong(-DAY, DAY);

                var estimate = remote.estimate(shift);
                var message = remote.oneWay(shift);

                errors[trial] = estimate.errorNanos();
                assertThat(estimate.offsetNanos())
                        .as("trial %d", trial)
                        .isBetween(shift - estimate.errorNanos(), shift + estimate.errorNanos());
                long latency = message.received() - estimate.toLocal(message.sent());
                long truth = message.received() - message.trulySent();
                assertThat(latency).isBetween(truth - estimate.errorNanos(), truth + estimate.errorNanos());
            }
        } finally {
            process.destroyForcibly();
        }
        Arrays.sort(errors);
        assertThat(errors[TRIALS / 2])
                .as("the median bound: one that says nothing would hold, too")
                .isLessThan(TimeUnit.MILLISECONDS.toNanos(2));
    }

    /** A message with the time at which it was sent, by the other's clock and in truth, and received, by ours. */
    private record Message(long sent, long trulySent, long received) {}

    /** This end of the connection. */
    private static final class Remote implements AutoCloseable {
        private final EpochClock clock = EpochClock.system();
        private final Socket socket;
        private final DataInputStream in;
        private final DataOutputStream out;

        Remote(Process process) throws IOException {
            int port = new Scanner(process.getInputStream(), StandardCharsets.UTF_8).nextInt();
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setTcpNoDelay(true);
            in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
        }

        ClockOffset.Estimate estimate(long shift) throws IOException {
            var offset = new ClockOffset(EXCHANGES);
            for (int i = 0; i < EXCHANGES; i++) {
                long sent = clock.nanos();
                ask(shift);
                long remoteReceived = in.readLong();
                long remoteSent = in.readLong();
                in.readLong();
                offset.add(sent, remoteReceived, remoteSent, clock.nanos());
            }
            return offset.estimate(clock.nanos()).orElseThrow();
        }

        /** The second half of an exchange is a message in one direction. */
        Message oneWay(long shift) throws IOException {
            ask(shift);
            in.readLong();
            long sent = in.readLong();
            long trulySent = in.readLong();
            return new Message(sent, trulySent, clock.nanos());
        }

        private void ask(long shift) throws IOException {
            out.writeLong(shift);
            out.flush();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** The other process: tells when it received and answered, by a clock that is shifted by as much as it is asked to. */
    static final class ShiftedClock {
        private static final int LONGEST_DELAY_NANOS = 400_000;

        private ShiftedClock() {}

        public static void main(String[] arguments) throws IOException {
            var clock = EpochClock.system();
            var random = new Random(11);
            try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                System.out.println(server.getLocalPort());
                try (var socket = server.accept()) {
                    socket.setTcpNoDelay(true);
                    var in = new DataInputStream(socket.getInputStream());
                    var out = new DataOutputStream(new BufferedOutputStream(socket.getOutputStream()));
                    while (true) {
                        long shift = in.readLong();
                        // The way here may take longer than the way back, and the other way round.
                        LockSupport.parkNanos(random.nextInt(LONGEST_DELAY_NANOS));
                        long received = clock.nanos();
                        long sent = clock.nanos();
                        out.writeLong(received + shift);
                        out.writeLong(sent + shift);
                        out.writeLong(sent);
                        LockSupport.parkNanos(random.nextInt(LONGEST_DELAY_NANOS));
                        out.flush();
                    }
                } catch (EOFException theOtherHasEnded) {
                    return;
                }
            }
        }
    }
}
