package dev.muster.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What the engine's end makes of what a broker sends, and what it says itself. */
class ReaderTest {
    private static final String LINES = """
            SUCCESS:Registered:0123456789abcdef:41\r
            ACK:42:1000000
            DOWORK:50000:1

            ACK:43:11000007
            ERROR:Malformed message
            SUCCESS:Resumed:fedcba9876543210:9007199254740991
            KILL:255:9007199254740991
            FAILLED:Duplicate Engine ID e1
            BYE
            """;
    private static final List<String> LINES_SAY = List.of(
            "registered false 0123456789abcdef 41",
            "acknowledged 42 1000000",
            "work 50000 1",
            "acknowledged 43 11000007",
            "error Malformed message",
            "registered true fedcba9876543210 9007199254740991",
            "kill 255 9007199254740991",
            "refused Duplicate Engine ID e1",
            "bye");

    private static final String TEXT =
            "SUCCESS:RegisteredDOWORK:50000DOWORK:0DOWORK:86400000\r\nFAILLED:Duplicate Engine ID e1ERROR:no\nKILL:0KILL:17";
    private static final List<String> TEXT_SAYS = List.of(
            "registered false  -1",
            "work 50000 0",
            "work 0 0",
            "work 86400000 0",
            "refused Duplicate Engine ID",
            "error no",
            "kill 0 0",
            "kill 17 0");

    @Property(tries = 500)
    void shouldUnderstandLinesHoweverTheyAreCut(
            @ForAll @Size(max = 60) List<@IntRange(min = 1, max = 40) Integer> cuts) {
        var heard = new Heard();

        feed(new LineReader(heard), LINES, cuts);

        assertThat(heard.messages).isEqualTo(LINES_SAY);
    }

    @Property(tries = 500)
    void shouldUnderstandTextHoweverItIsCut(@ForAll @Size(max = 60) List<@IntRange(min = 1, max = 40) Integer> cuts) {
        var heard = new Heard();
        var reader = new TextReader(heard, Words.ascii("e1"));

        feed(reader, TEXT, cuts);
        assertThat(heard.messages).isEqualTo(TEXT_SAYS.subList(0, TEXT_SAYS.size() - 1));
        assertThat(reader.waitsForSilence()).isTrue();
        reader.silence();

        assertThat(heard.messages).isEqualTo(TEXT_SAYS);
    }

    @Property(tries = 2_000)
    void shouldSurviveAnything(
            @ForAll byte[] noise, @ForAll boolean lines, @ForAll @IntRange(min = 0, max = 110) int after) {
        var heard = new Heard();
        var reader = lines ? new LineReader(heard) : new TextReader(heard, Words.ascii("e1"));
        var good = lines ? LINES : TEXT;

        assertThatCode(() -> {
                    reader.read(Unpooled.copiedBuffer(good.substring(0, Math.min(after, good.length())), US_ASCII));
                    reader.read(Unpooled.wrappedBuffer(noise));
                    reader.silence();
                })
                .doesNotThrowAnyException();
    }

    @Test
    void shouldNotKeepAMessageThatNeverEnds() {
        var heard = new Heard();
        var reader = new LineReader(heard);

        for (int i = 0; i < 1_000; i++) {
            reader.read(Unpooled.copiedBuffer("xxxxxxxxxx", US_ASCII));
        }

        assertThat(heard.messages).hasSize(1).first().asString().startsWith("malformed xxx");
    }

    @Test
    void shouldAgreeWithTheVectorsOfTheProtocol() throws IOException {
        int checked = 0;
        boolean lines = false;
        for (var line : Files.readAllLines(Path.of("src/test/resources/dev/muster/broker/vectors.txt"))) {
            if (line.startsWith("vector ")) {
                lines = line.endsWith(" v2");
            } else if (line.startsWith("> ")) {
                checked += says(line.substring(2), lines) ? 1 : 0;
            } else if (line.startsWith("< ")) {
                var heard = new Heard();
                var reader = lines ? new LineReader(heard) : new TextReader(heard, Words.ascii("e1"));
                reader.read(
                        Unpooled.copiedBuffer(line.substring(2).replace("TOKEN", "0123456789abcdef") + "\n", US_ASCII));
                assertThat(heard.messages).as(line).hasSize(1).noneMatch(each -> each.startsWith("malformed"));
                checked++;
            }
        }
        assertThat(checked).isGreaterThan(20);
    }

    /** Whether an engine can say this; it must say just this then. */
    private static boolean says(String message, boolean lines) {
        Writer writer = lines ? new Writer.Lines() : new Writer.Text();
        var pool = Unpooled.buffer().alloc();
        var fields = message.split(":", -1);
        int at = lines && message.startsWith("MUSTER:2:") ? 2 : 0;
        var said =
                switch (fields[at]) {
                    case "NewEngine" ->
                        writer.introduction(
                                pool,
                                Words.ascii(fields[at + 1]),
                                Long.parseLong(fields[at + 2]),
                                Words.ascii(fields.length > at + 3 ? fields[at + 3] : ""));
                    case "HeartBeat" -> {
                        if (fields.length != (lines ? 5 : 3) || fields[2].startsWith("0")) {
                            yield Unpooled.EMPTY_BUFFER; // a form that is allowed, or wrong, and not an engine's own
                        }
                        yield writer.heartbeat(
                                pool,
                                Words.ascii(fields[1]),
                                Long.parseLong(fields[2]),
                                lines ? Long.parseLong(fields[3]) : 0,
                                lines ? Long.parseLong(fields[4]) : 0);
                    }
                    case "CONFIRM" -> writer.confirm(pool, Long.parseLong(fields[1]));
                    case "DONE" -> writer.done(pool, Long.parseLong(fields[1]), Long.parseLong(fields[2]));
                    case "BYE" -> writer.bye(pool);
                    default -> Unpooled.EMPTY_BUFFER;
                };
        if (!said.isReadable()) {
            return false;
        }
        assertThat(said.toString(US_ASCII)).isEqualTo(message + (lines ? "\n" : ""));
        said.release();
        return true;
    }

    /** Cuts the text into pieces of these sizes, and the rest into single bytes. */
    private static void feed(Reader reader, String text, List<Integer> cuts) {
        int at = 0;
        for (int i = 0; at < text.length(); i++) {
            int end = Math.min(text.length(), at + (i < cuts.size() ? cuts.get(i) : 1));
            reader.read(Unpooled.copiedBuffer(text.substring(at, end), US_ASCII));
            at = end;
        }
    }

    private static final class Heard implements Answers {
        final List<String> messages = new ArrayList<>();

        @Override
        public void registered(boolean resumed, String token, long last) {
            messages.add("registered " + resumed + " " + token + " " + last);
        }

        @Override
        public void refused(String reason) {
            messages.add("refused " + reason);
        }

        @Override
        public void error(String reason) {
            messages.add("error " + reason);
        }

        @Override
        public void acknowledged(long number, long sent) {
            messages.add("acknowledged " + number + " " + sent);
        }

        @Override
        public void doWork(long millis, long order) {
            messages.add("work " + millis + " " + order);
        }

        @Override
        public void kill(int code, long order) {
            messages.add("kill " + code + " " + order);
        }

        @Override
        public void bye() {
            messages.add("bye");
        }

        @Override
        public void malformed(String text) {
            messages.add("malformed " + text);
        }
    }
}
