package dev.muster.launcher.report;

import dev.muster.measure.Distribution;
import dev.muster.measure.Unit;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The minions of one repetition, from its {@code minions.csv}. */
final class Minions {
    /** As {@code master.MinionCsv} writes them; further columns are left alone. */
    private static final List<String> COLUMNS =
            List.of("id", "pod", "node", "boot_time", "registered_time", "latency_ms", "tries");

    private static final int SLOWEST = 20;

    private final List<Dot> dots = new ArrayList<>();
    private final Distribution latencies = new Distribution();
    private final PriorityQueue<Minion> slowest =
            new PriorityQueue<>(Comparator.comparingDouble(Minion::latencyMillis));

    /** One minion as a dot: when it booted, in microseconds since the epoch, and how long it took. */
    record Dot(long bootMicros, double latencyMillis) {}

    /** One minion in words. */
    record Minion(String id, String pod, String node, String bootTime, double latencyMillis, String tries) {}

    private Minions() {}

    /**
     * Reads the file.
     *
     * @throws IOException when it can't be read; the message says where
     */
    static Minions read(Path file) throws IOException {
        var minions = new Minions();
        try (var lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            var header = lines.readLine();
            if (header == null
                    || !Csv.cells(header)
                            .subList(0, Math.min(7, Csv.cells(header).size()))
                            .equals(COLUMNS)) {
                throw new IOException(file + " has no header of minions: " + header);
            }
            minions.read(lines, file);
        }
        return minions;
    }

    private void read(BufferedReader lines, Path file) throws IOException {
        int number = 1;
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            try {
                take(Csv.cells(line));
            } catch (RuntimeException e) {
                throw new IOException(file + " line " + number + " is no minion: " + e.getMessage(), e);
            }
        }
    }

    private void take(List<String> cells) {
        double latency = Double.parseDouble(cells.get(5));
        dots.add(new Dot(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(cells.get(3))), latency));
        latencies.record(Math.round(latency * 1e3));
        slowest.add(new Minion(cells.get(0), cells.get(1), cells.get(2), cells.get(3), latency, cells.get(6)));
        if (slowest.size() > SLOWEST) {
            slowest.remove();
        }
    }

    /** How many there are. */
    int count() {
        return dots.size();
    }

    /** All of them, in the order of their boot. */
    List<Dot> dots() {
        return dots.stream().sorted(Comparator.comparingLong(Dot::bootMicros)).toList();
    }

    /** From boot to registration, in {@link Unit#MICROSECONDS}. */
    Distribution latencies() {
        return latencies;
    }

    /** The slowest, the worst first. */
    List<Minion> slowest() {
        return slowest.stream()
                .sorted(Comparator.comparingDouble(Minion::latencyMillis).reversed())
                .toList();
    }
}
