package dev.muster.engine;

import io.netty.buffer.ByteBuf;

/** Reads protocol v2: a message is a line. */
final class LineReader extends Reader {
    LineReader(Answers answers) {
        super(answers);
    }

    @Override
    void consume(ByteBuf text) {
        for (int end = endOfLine(text); end >= 0 && !isBroken(); end = endOfLine(text)) {
            int from = text.readerIndex();
            int to = end > from && text.getByte(end - 1) == '\r' ? end - 1 : end;
            if (to > from && !line(cursor.over(text, from, to))) {
                malformed(text.slice(from, to - from));
            }
            text.readerIndex(end + 1);
        }
    }

    private static int endOfLine(ByteBuf text) {
        return text.indexOf(text.readerIndex(), text.writerIndex(), (byte) '\n');
    }

    @Override
    void complete(ByteBuf text) {
        // Only a line end completes a line.
    }

    @Override
    boolean mayComplete() {
        return false;
    }

    private boolean line(Cursor line) {
        if (line.take(Words.ACKNOWLEDGED)) {
            return acknowledged(line);
        } else if (line.take(Words.REGISTERED)) {
            return registered(line, false);
        } else if (line.take(Words.RESUMED)) {
            return registered(line, true);
        } else if (line.take(Words.DO_WORK)) {
            return doWork(line);
        } else if (line.take(Words.KILL)) {
            return kill(line);
        } else if (line.take(Words.REFUSED)) {
            answers.refused(line.rest());
            return true;
        } else if (line.take(Words.ERROR)) {
            answers.error(line.rest());
            return true;
        } else if (line.take(Words.BYE) && line.atEnd()) {
            answers.bye();
            return true;
        }
        return false;
    }

    private boolean acknowledged(Cursor line) {
        long number = line.number(Cursor.MOST);
        long sent = second(line);
        if (number < 1 || sent < 0) {
            return false;
        }
        answers.acknowledged(number, sent);
        return true;
    }

    private boolean registered(Cursor line, boolean resumed) {
        if (!line.take(Words.COLON) || line.left() <= Words.TOKEN_LENGTH) {
            return false;
        }
        var token = line.word(Words.TOKEN_LENGTH);
        long last = second(line);
        if (last < 0) {
            return false;
        }
        answers.registered(resumed, token, last);
        return true;
    }

    private boolean doWork(Cursor line) {
        long millis = line.number(Words.MOST_MILLIS);
        long order = second(line);
        if (millis < 0 || order < 1) {
            return false;
        }
        answers.doWork(millis, order);
        return true;
    }

    private boolean kill(Cursor line) {
        long code = line.number(Words.MOST_CODE);
        long order = second(line);
        if (code < 0 || order < 1) {
            return false;
        }
        answers.kill((int) code, order);
        return true;
    }

    /** The line's last field, a number. */
    private static long second(Cursor line) {
        if (!line.take(Words.COLON)) {
            return Cursor.BAD;
        }
        long number = line.number(Cursor.MOST);
        return line.atEnd() ? number : Cursor.BAD;
    }
}
