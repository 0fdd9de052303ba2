package dev.muster.launcher.roles;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.launcher.LauncherProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.Test;

/** How a process of engines ends. */
class EngineIT {
    private static LauncherProcess engine(int port, String... options) throws IOException {
        var arguments = new String[options.length + 4];
        arguments[0] = "--role=engine";
        arguments[1] = "--engine-id=e";
        arguments[2] = "--engine-broker=127.0.0.1:" + port;
        arguments[3] = "--management-port=0";
        System.arraycopy(options, 0, arguments, 4, options.length);
        return LauncherProcess.start(arguments);
    }

    @Test
    void shouldExitWithTheCodeOfTheBrokersKill() throws Exception {
        try (var broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var process = engine(broker.getLocalPort());
                var engine = broker.accept()) {
            var said = said(engine);
            assertThat(said.readLine()).isEqualTo("MUSTER:2:NewEngine:e:0");
            say(engine, "SUCCESS:Registered:0123456789abcdef:0\nKILL:7:1\n");

            assertThat(said.readLine()).isEqualTo("CONFIRM:1");
            assertThat(said.readLine()).isEqualTo("BYE");
            say(engine, "BYE\n");

            assertThat(process.awaitExit()).isEqualTo(7);
            assertThat(process.errors()).contains("muster: the broker has killed the engine: exit code 7");
        }
    }

    @Test
    void shouldExitWith1AndSayWhyWhenThereIsNoBroker() throws Exception {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        try (var process = engine(port, "--engine-count=2", "--engine-retry=1", "--engine-retry-wait=10ms")) {
            assertThat(process.awaitExit()).isEqualTo(1);
            assertThat(process.errors()).last().asString().contains("2 of 2 engines have given up", "after 2 tries");
        }
    }

    @Test
    void shouldSayGoodByeAndExitWith0WhenItIsTerminated() throws Exception {
        try (var broker = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var process = engine(broker.getLocalPort());
                var engine = broker.accept()) {
            var said = said(engine);
            assertThat(said.readLine()).isEqualTo("MUSTER:2:NewEngine:e:0");
            say(engine, "SUCCESS:Registered:0123456789abcdef:0\n");
            process.awaitEndpoint("management");

            process.terminate();

            var last = said.readLine();
            if (last.startsWith("HeartBeat:e:1:")) {
                last = said.readLine();
            }
            assertThat(last).isEqualTo("BYE");
            say(engine, "BYE\n");
            assertThat(process.awaitExit()).isZero();
        }
    }

    private static BufferedReader said(Socket engine) throws IOException {
        return new BufferedReader(new InputStreamReader(engine.getInputStream(), US_ASCII));
    }

    private static void say(Socket engine, String text) throws IOException {
        engine.getOutputStream().write(text.getBytes(US_ASCII));
    }
}
