package dev.muster.launcher.record;

import dev.muster.launcher.record.RecordedSeries.Slice;
import dev.muster.measure.Distribution;
import dev.muster.measure.Unit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;

/** Reads what {@link IntervalLog} wrote, up to the last whole line: the process may have been killed in the next one. */
final class IntervalLogReader {
    private static final Pattern UNIT = Pattern.compile("(?m)^#\\[unit: (.*)]$");
    private static final byte[] NOTHING = {};

    private IntervalLogReader() {}

    static RecordedSeries read(Path file) throws IOException {
        var name = file.getFileName().toString();
        var text = Files.readString(file, StandardCharsets.UTF_8);
        var whole = text.substring(0, text.lastIndexOf('\n') + 1);
        try {
            return new RecordedSeries(
                    name.substring(0, name.length() - IntervalLog.SUFFIX.length()), unit(whole), slices(whole));
        } catch (RuntimeException e) {
            throw new IOException(file + " is no interval log of Muster: " + e.getMessage(), e);
        }
    }

    private static Unit unit(String text) {
        var unit = UNIT.matcher(text);
        if (!unit.find()) {
            throw new IllegalArgumentException("there is no unit in it");
        }
        return Unit.ofSymbol(unit.group(1));
    }

    private static List<Slice> slices(String text) {
        var slices = new ArrayList<Slice>();
        var bytes = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        try (var reader = new HistogramLogReader(bytes)) {
            while (reader.nextIntervalHistogram() instanceof Histogram histogram) {
                if (IntervalLog.NEGATIVE.equals(histogram.getTag())) {
                    slices.get(slices.size() - 1).samples().add(Distribution.decode(NOTHING, encoded(histogram)));
                } else {
                    var samples = Distribution.decode(encoded(histogram), NOTHING);
                    slices.add(new Slice(histogram.getStartTimeStamp(), histogram.getEndTimeStamp(), samples));
                }
            }
        }
        return slices;
    }

    private static byte[] encoded(Histogram histogram) {
        if (histogram.getTotalCount() == 0) {
            return NOTHING;
        }
        var buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        return Arrays.copyOf(buffer.array(), histogram.encodeIntoByteBuffer(buffer));
    }
}
