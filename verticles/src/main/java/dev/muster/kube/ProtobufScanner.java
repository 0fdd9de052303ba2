package dev.muster.kube;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * Finds the events in the bytes of a watch in protobuf, and in each the few texts that are measured. Each is a frame: its
 * length in four bytes, then {@code WatchEvent} with the type and the object, which is {@code k8s\\0} and
 * {@code runtime.Unknown} around the object proper. Field numbers are those of {@code generated.proto} in
 * k8s.io/apimachinery; metadata are field 1 of all kinds that Kubernetes has. For one thread.
 */
final class ProtobufScanner implements EventDecoder {
    private static final int LENGTH = 4;
    /** No API server stores an object of that size; JSON that is taken for a length says about 2 GB. */
    private static final int LONGEST = 256 << 20;

    private static final byte[] MAGIC = {'k', '8', 's', 0};

    private final boolean digest;
    private final ByteLine line = new ByteLine();

    private String type = "";
    private String namespace = "";
    private String name = "";
    private String resourceVersion = "";
    private String created = "";
    private String updated = "";
    private String creation = "";
    private int code;
    private int objectFrom;
    private int objectTo;

    ProtobufScanner(boolean digest) {
        this.digest = digest;
    }

    @Override
    public void feed(Buffer chunk, Consumer<WatchEvent> events) {
        line.append(chunk);
        int from = 0;
        while (line.length() - from >= LENGTH) {
            int length = frameLength(from);
            if (line.length() - from - LENGTH < length) {
                break;
            }
            events.accept(event(from + LENGTH, from + LENGTH + length));
            from += LENGTH + length;
        }
        line.cut(from);
    }

    private int frameLength(int from) {
        int length = 0;
        for (int i = 0; i < LENGTH; i++) {
            length = (length << 8) | (line.bytes()[from + i] & 0xff);
        }
        if (length < 0 || length > LONGEST) {
            throw new IllegalArgumentException(
                    "no protobuf of a watch: a frame of " + Integer.toUnsignedLong(length) + " bytes");
        }
        return length;
    }

    private WatchEvent event(int from, int to) {
        type = namespace = name = resourceVersion = created = updated = creation = "";
        code = 0;
        objectFrom = objectTo = from;
        var event = message(from, to);
        while (event.next()) {
            switch (event.field()) {
                case 1 -> type = event.text();
                case 2 -> extension(event.nested());
                default -> {}
            }
        }
        object(message(objectFrom, objectTo));
        return new WatchEvent(
                WatchEvent.Type.valueOf(type),
                namespace,
                name,
                resourceVersion,
                created,
                updated,
                code,
                creation,
                digest ? Digest.of(line.bytes(), objectFrom, objectTo) : 0);
    }

    private ProtobufBytes message(int from, int to) {
        return new ProtobufBytes(line.bytes(), from, to);
    }

    /** {@code RawExtension}: the bytes of an object with its magic. */
    private void extension(ProtobufBytes extension) {
        while (extension.next()) {
            if (extension.field() == 1) {
                unknown(extension.nestedBehind(MAGIC));
            }
        }
    }

    /** {@code runtime.Unknown}: 1 is the kind, 2 the object. */
    private void unknown(ProtobufBytes unknown) {
        while (unknown.next()) {
            if (unknown.field() == 2) {
                objectFrom = unknown.from();
                objectTo = unknown.to();
            }
        }
    }

    /** Ends behind the metadata; what an error has instead is a {@code Status}, whose field 6 is the code. */
    private void object(ProtobufBytes object) {
        boolean error = type.equals("ERROR");
        while (object.next()) {
            if (object.field() == 1 && !error) {
                metadata(object.nested());
                return;
            } else if (object.field() == 6 && error) {
                code = (int) object.number();
            }
        }
    }

    private void metadata(ProtobufBytes metadata) {
        while (metadata.next()) {
            switch (metadata.field()) {
                case 1 -> name = metadata.text();
                case 3 -> namespace = metadata.text();
                case 6 -> resourceVersion = metadata.text();
                case 8 -> creation = time(metadata.nested());
                case 12 -> annotation(metadata.nested());
                default -> {}
            }
        }
    }

    /** {@code Time}: whole seconds. */
    private static String time(ProtobufBytes time) {
        long seconds = 0;
        while (time.next()) {
            if (time.field() == 1) {
                seconds = time.number();
            }
        }
        return Instant.ofEpochSecond(seconds).toString();
    }

    private void annotation(ProtobufBytes entry) {
        boolean create = false;
        boolean update = false;
        while (entry.next()) {
            if (entry.field() == 1) {
                create = entry.is(Annotations.CREATED);
                update = entry.is(Annotations.UPDATED);
            } else if (entry.field() == 2 && create) {
                created = entry.text();
            } else if (entry.field() == 2 && update) {
                updated = entry.text();
            }
        }
    }
}
