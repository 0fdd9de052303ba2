package dev.muster.stress;

import dev.muster.measure.CpuBurn;
import dev.muster.measure.CpuBurn.Work;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a burner does with the CPU. */
enum Kind {
    /** Floating-point multiplications that wait for each other, as the original does. */
    FLOAT {
        @Override
        Work work() {
            return Kind::multiply;
        }
    },
    /** Integer arithmetic: random numbers. */
    INT {
        @Override
        Work work() {
            return CpuBurn.NUMBERS;
        }
    },
    /** Memory bandwidth: copies through buffers that are larger than a core's own caches. */
    MEMORY {
        @Override
        Work work() {
            return new Copy();
        }
    },
    /** SHA-256, for which processors have instructions of their own. */
    SHA {
        @Override
        Work work() {
            return new Digest();
        }
    };

    /** Bytes that one thread of {@link #MEMORY} holds. */
    static final int MEMORY_BYTES = 32 << 20;

    private static final int MULTIPLICATIONS = 4_000;

    /** Work for one thread, in steps of some microseconds. */
    abstract Work work();

    /** As a request spells it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    static List<String> words() {
        return Arrays.stream(values()).map(Kind::word).toList();
    }

    private static long multiply() {
        double product = Math.PI;
        for (int i = 0; i < MULTIPLICATIONS; i++) {
            product *= 1.000_001;
        }
        return Double.doubleToLongBits(product);
    }

    /** Copies the one half of a buffer to the other, a piece at each step. */
    private static final class Copy implements Work {
        private static final int PIECE = 8 << 10;

        private final long[] buffer = new long[MEMORY_BYTES / Long.BYTES];
        private int at;

        @Override
        public long step() {
            int half = buffer.length / 2;
            System.arraycopy(buffer, at, buffer, half + at, PIECE);
            at = (at + PIECE) % half;
            return ++buffer[at];
        }
    }

    /** Digests a block together with what came out before. */
    private static final class Digest implements Work {
        private final MessageDigest sha;
        private final byte[] block = new byte[4096];

        Digest() {
            try {
                sha = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException everyJavaHasIt) {
                throw new IllegalStateException(everyJavaHasIt);
            }
        }

        @Override
        public long step() {
            var digest = sha.digest(block);
            System.arraycopy(digest, 0, block, 0, digest.length);
            return digest[0];
        }
    }
}
