package dev.muster.broker;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Byte streams that a broker may be sent: nonsense, and what real ones become when some of it is broken. */
final class Streams {
    private static final List<byte[]> REAL = Vector.all().stream()
            .map(vector -> bytes(String.join("", vector.bursts())))
            .toList();
    private static final List<byte[]> PIECES = List.of(
            bytes("NewEngine:"),
            bytes("HeartBeat:"),
            bytes("MUSTER:2:NewEngine:"),
            bytes("MUSTER:"),
            bytes("HeartBeat:e1:"),
            bytes("9007199254740991"),
            bytes("9007199254740992"),
            bytes("0"),
            bytes(":"),
            bytes("\r\n"),
            bytes("\n"),
            bytes("BYE\n"),
            bytes("CONFIRM:1\n"),
            bytes("DONE:1:86400001\n"),
            bytes("i".repeat(129)),
            bytes("x".repeat(300)),
            bytes("7".repeat(1_100)));
    private static final int MOST_EDITS = 6;

    private Streams() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Nonsense of any bytes, up to a few reads long. */
    static byte[] nonsense(RandomGenerator random) {
        var bytes = new byte[random.nextInt(random.nextInt(20) == 0 ? 3_000 : 100)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Real conversations, one behind the other, with some bytes of them changed, moved, doubled or gone. */
    static byte[] mutated(RandomGenerator random) {
        return mutated(any(REAL, random), random);
    }

    /** Lines of v2 behind a real registration, of which nothing is changed. */
    static byte[] mutatedLines(RandomGenerator random) {
        var head = bytes("MUSTER:2:NewEngine:e1:0\n");
        var lines = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            lines.append("HeartBeat:e1:").append(random.nextInt(3)).append(":5:0\n");
        }
        return joined(head, mutated(bytes(lines.toString()), random));
    }

    private static byte[] mutated(byte[] real, RandomGenerator random) {
        var bytes = real;
        for (int i = random.nextInt(MOST_EDITS) + 1; i > 0; i--) {
            bytes = edited(bytes, random);
        }
        return bytes;
    }

    private static byte[] edited(byte[] bytes, RandomGenerator random) {
        int from = random.nextInt(bytes.length + 1);
        int to = from + random.nextInt(Math.min(40, bytes.length - from + 1));
        var before = part(bytes, 0, from);
        var behind = part(bytes, to, bytes.length);
        return switch (random.nextInt(6)) {
            case 0 -> joined(before, behind);
            case 1 -> joined(before, nonsense(random), behind);
            case 2 -> joined(before, any(PIECES, random), behind);
            case 3 -> joined(before, part(bytes, from, to), part(bytes, from, to), behind);
            case 4 -> joined(bytes, any(REAL, random));
            default -> flipped(bytes, random);
        };
    }

    private static byte[] flipped(byte[] bytes, RandomGenerator random) {
        var flipped = bytes.clone();
        if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private static byte[] any(List<byte[]> some, RandomGenerator random) {
        return some.get(random.nextInt(some.size()));
    }

    static byte[] part(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (var part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
