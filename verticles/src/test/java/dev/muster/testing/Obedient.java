package dev.muster.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A child process that a test asks by lines: each line on its standard input is answered by one line that begins with
 * {@code @}; what else it prints is its log. It ends with its standard input.
 */
public final class Obedient implements AutoCloseable {
    private final Process process;
    private final PrintStream input;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Queue<String> log = new ConcurrentLinkedQueue<>();

    /** Answers one line. */
    public interface Servant {
        String answer(String line) throws Exception;
    }

    public Obedient(Process process) {
        this.process = process;
        this.input = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        var reader = new Thread(this::read, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** The child's side: answers each line of its standard input, and then ends the process. */
    public static void serve(Servant servant) throws Exception {
        var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println("@" + servant.answer(line));
        }
        Runtime.getRuntime().halt(0);
    }

    private void read() {
        try (var lines = process.inputReader(StandardCharsets.US_ASCII)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                (line.startsWith("@") ? answers : log).add(line);
            }
        } catch (IOException killed) {
            answers.add("@" + killed); // whoever waits for an answer is told
        }
    }

    /** The answer to a line. */
    public String ask(String line) throws InterruptedException {
        input.println(line);
        var answer = answers.poll(60, TimeUnit.SECONDS);
        if (answer == null) {
            throw new AssertionError("no answer to '" + line + "'; it said " + log);
        }
        return answer.substring(1);
    }

    /** All that it has printed beside its answers. */
    public String log() {
        return String.join("\n", log);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL, as by {@code kill -9}; returns when it has gone. */
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
