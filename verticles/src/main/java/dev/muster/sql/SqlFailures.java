package dev.muster.sql;

import dev.muster.bus.Failure;
import io.vertx.core.VertxException;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.mysqlclient.MySQLException;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** What a failed statement means for the one who asked. */
public final class SqlFailures {
    private static final int DEADLOCK = 1213;
    private static final int LOCK_WAIT = 1205;
    private static final int DUPLICATE = 1062;

    /**
     * It may go well later: too many connections, shutting down, table full, table not made yet, lock wait, deadlock,
     * read only, query interrupted, connection killed, statement's time over.
     */
    private static final Set<Integer> PASSING =
            Set.of(1040, 1053, 1114, 1146, LOCK_WAIT, DEADLOCK, 1290, 1317, 1927, 1969);

    private SqlFailures() {}

    /**
     * {@link Failure#BAD_REQUEST} for data that the database refuses, {@link Failure#CONFLICT} when it has a row of the
     * same key, {@link Failure#UNAVAILABLE} when another try may go well, {@link Failure#INTERNAL} for an error of ours.
     */
    public static Failure of(Throwable cause) {
        if (cause instanceof ReplyException) {
            return Failure.of(cause);
        }
        if (cause instanceof MySQLException refusal) {
            if (isDataError(refusal)) {
                return refusal.getErrorCode() == DUPLICATE ? Failure.CONFLICT : Failure.BAD_REQUEST;
            }
            return PASSING.contains(refusal.getErrorCode()) ? Failure.UNAVAILABLE : Failure.INTERNAL;
        }
        boolean connection = cause instanceof VertxException
                || cause instanceof IOException
                || cause instanceof TimeoutException
                || !(cause instanceof RuntimeException || cause instanceof Error);
        return connection ? Failure.UNAVAILABLE : Failure.INTERNAL;
    }

    /** Whether the statement was rolled back because it met another one, and can be repeated at once. */
    static boolean isDeadlock(Throwable cause) {
        return cause instanceof MySQLException refusal && refusal.getErrorCode() == DEADLOCK;
    }

    /** Whether others held what the statement needs: nothing is stored, and nothing is wrong with the connection. */
    static boolean isContention(Throwable cause) {
        return isDeadlock(cause) || (cause instanceof MySQLException refusal && refusal.getErrorCode() == LOCK_WAIT);
    }

    /** SQLSTATE class 22 is bad data, 23 a violated constraint: another try fails again. */
    private static boolean isDataError(MySQLException refusal) {
        var state = refusal.getSqlState();
        return state != null && (state.startsWith("22") || state.startsWith("23"));
    }
}
