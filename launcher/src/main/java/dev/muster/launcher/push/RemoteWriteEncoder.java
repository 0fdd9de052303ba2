package dev.muster.launcher.push;

import com.google.protobuf.CodedOutputStream;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.compression.Snappy;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Prometheus' remote write: a protobuf {@code WriteRequest}, compressed with Snappy's block format.
 *
 * <p>Source: Prometheus Remote-Write 1.0 specification (prometheus.io/docs/specs/prw/remote_write_spec), and the
 * messages in prometheus/prompb/remote.proto and types.proto, whose field numbers are below. Labels are sorted by name,
 * and a series that ends is marked with the NaN that the specification sets aside for that.
 */
final class RemoteWriteEncoder implements Encoder {
    private static final int MOST_AT_ONCE = Short.MAX_VALUE;
    private static final int WRITE_REQUEST_TIMESERIES = 1;
    private static final int TIMESERIES_LABELS = 1;
    private static final int TIMESERIES_SAMPLES = 2;
    private static final int LABEL_NAME = 1;
    private static final int LABEL_VALUE = 2;
    private static final int SAMPLE_VALUE = 1;
    private static final int SAMPLE_TIMESTAMP = 2;
    private static final double STALE = Double.longBitsToDouble(0x7ff0000000000002L);

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Type", "application/x-protobuf",
            "Content-Encoding", "snappy",
            "X-Prometheus-Remote-Write-Version", "0.1.0");

    private final Map<String, String> own;

    RemoteWriteEncoder(Source source) {
        // What a scrape would have called it, too: recording rules and dashboards ask for job and instance.
        var labels = new HashMap<>(source.labels());
        labels.put("job", "muster");
        labels.put("instance", source.pod());
        this.own = Map.copyOf(labels);
    }

    @Override
    public Map<String, String> headers() {
        return HEADERS;
    }

    @Override
    public byte[] encode(MetricSnapshots metrics, long epochMillis, boolean last) throws IOException {
        return compressed(message(request -> {
            for (var sample : Sample.of(metrics)) {
                request.writeByteArray(
                        WRITE_REQUEST_TIMESERIES, message(series -> write(series, sample, epochMillis, last)));
            }
        }));
    }

    private void write(CodedOutputStream series, Sample sample, long epochMillis, boolean last) throws IOException {
        for (var label : labels(sample).entrySet()) {
            series.writeByteArray(TIMESERIES_LABELS, message(one -> {
                one.writeString(LABEL_NAME, label.getKey());
                one.writeString(LABEL_VALUE, label.getValue());
            }));
        }
        write(series, sample.value(), epochMillis);
        if (last) {
            write(series, STALE, epochMillis + 1);
        }
    }

    private static void write(CodedOutputStream series, double value, long epochMillis) throws IOException {
        series.writeByteArray(TIMESERIES_SAMPLES, message(one -> {
            one.writeDouble(SAMPLE_VALUE, value);
            one.writeInt64(SAMPLE_TIMESTAMP, epochMillis);
        }));
    }

    /** An empty label is the same as none, and is not to be sent. */
    private Map<String, String> labels(Sample sample) {
        var labels = new TreeMap<String, String>();
        sample.labels().forEach((name, value) -> labels.put(own.containsKey(name) ? "exported_" + name : name, value));
        labels.putAll(own);
        labels.put("__name__", sample.name());
        labels.values().removeIf(String::isEmpty);
        return labels;
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(CodedOutputStream message) throws IOException;
    }

    private static byte[] message(Content content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var stream = CodedOutputStream.newInstance(bytes);
        content.writeTo(stream);
        stream.flush();
        return bytes.toByteArray();
    }

    /**
     * Snappy's block format: the length of all, then literals and copies. Netty's encoder holds places in 16 bits, so that
     * it is right for one block of 32 KiB alone; a copy never reaches out of its block, so the blocks follow each other.
     */
    private static byte[] compressed(byte[] plain) throws IOException {
        var all = new ByteArrayOutputStream();
        var length = CodedOutputStream.newInstance(all);
        length.writeUInt32NoTag(plain.length);
        length.flush();
        for (int from = 0; from < plain.length; from += MOST_AT_ONCE) {
            int size = Math.min(MOST_AT_ONCE, plain.length - from);
            var block = Unpooled.buffer();
            new Snappy().encode(Unpooled.wrappedBuffer(plain, from, size), block, size);
            block.skipBytes(CodedOutputStream.computeUInt32SizeNoTag(size));
            block.readBytes(all, block.readableBytes());
        }
        return all.toByteArray();
    }
}
