package dev.muster.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Answers are read however they are cut into pieces. */
class AnswerParserPropertiesTest {
    private final AnswerParser parser = new AnswerParser();

    /** An answer on the wire, and what it says. */
    private record Answer(String wire, int status, String body) {}

    @Provide
    Arbitrary<Answer> answers() {
        var bodies = Arbitraries.strings().withChars("ab\r\n0:;").ofMaxLength(60);
        var statuses = Arbitraries.of(200, 201, 400, 404, 503);
        return Combinators.combine(bodies, statuses, Arbitraries.integers().between(0, 3))
                .as(AnswerParserPropertiesTest::answer);
    }

    private static Answer answer(String body, int status, int form) {
        var line = "HTTP/1.1 " + status + " Whatever\r\nServer: a:b\r\n";
        return switch (form) {
            case 0 -> new Answer(line + "Content-Length: " + body.length() + "\r\n\r\n" + body, status, body);
            case 1 ->
                new Answer(
                        "HTTP/1.1 100 Continue\r\n\r\n" + line + "content-length:" + body.length() + "\r\n\r\n" + body,
                        status,
                        body);
            case 2 ->
                new Answer(line + "Transfer-Encoding: chunked\r\n\r\n" + chunks(body) + "0\r\n\r\n", status, body);
            default ->
                new Answer(
                        line + "Transfer-Encoding: Chunked\r\n\r\n" + chunks(body) + "0;last=1\r\nTrailer: x\r\n\r\n",
                        status,
                        body);
        };
    }

    private static String chunks(String body) {
        var text = new StringBuilder();
        for (int at = 0; at < body.length(); at += 7) {
            var chunk = body.substring(at, Math.min(body.length(), at + 7));
            text.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return text.toString();
    }

    @Property
    void shouldReadEveryAnswerHoweverItIsCut(
            @ForAll("answers") Answer answer, @ForAll @Size(max = 40) List<@IntRange(min = 1, max = 9) Integer> cuts) {
        parser.next(true);
        var wire = Buffer.buffer(answer.wire());

        int at = 0;
        for (int cut : cuts) {
            int to = Math.min(wire.length(), at + cut);
            assertThat(parser.isDone()).isEqualTo(at == wire.length());
            if (to > at) {
                parser.read(wire.getBuffer(at, to));
            }
            at = to;
        }
        if (at < wire.length()) {
            parser.read(wire.getBuffer(at, wire.length()));
        }

        assertThat(parser.isDone()).isTrue();
        assertThat(parser.status()).isEqualTo(answer.status());
        assertThat(parser.body().toString()).isEqualTo(answer.body());
        assertThat(parser.closes()).isFalse();
    }

    /** Whatever is cut off its end, an answer is not taken for a whole one. */
    @Property
    void shouldTellAnAnswerThatIsCutShort(
            @ForAll("answers") Answer answer, @ForAll @IntRange(min = 1, max = 200) int off) {
        parser.next(false);
        var wire = Buffer.buffer(answer.wire());
        int length = Math.max(0, wire.length() - off);

        if (length > 0) {
            parser.read(wire.getBuffer(0, length));
        }

        assertThat(parser.ended()).isFalse();
    }

    @Test
    void shouldEndABodyOfNoLengthWithTheConnection() {
        parser.next(true);

        parser.read(Buffer.buffer("HTTP/1.0 200 OK\r\n\r\nsome"));
        parser.read(Buffer.buffer("thing"));

        assertThat(parser.isDone()).isFalse();
        assertThat(parser.ended()).isTrue();
        assertThat(parser.body().toString()).isEqualTo("something");
        assertThat(parser.closes()).isTrue();
    }

    @Test
    void shouldRefuseWhatIsNoHttp() {
        for (var wire : List.of(
                "SSH-2.0-OpenSSH_9.2\r\n\r\n",
                "HTTP/1.1 abc\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                "HTTP/1.1 204 Nothing\r\n\r\nsomething")) {
            parser.next(false);
            assertThatThrownBy(() -> parser.read(Buffer.buffer(wire)))
                    .as(wire)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
