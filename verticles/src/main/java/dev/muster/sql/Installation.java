package dev.muster.sql;

import dev.muster.sql.EmbeddedMariaDb.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What a server needs before it starts: its data folder, and the statements that make its only user. */
final class Installation {
    private static final Duration MOST = Duration.ofSeconds(60);
    private static final int LOG_LINES = 12;

    private Installation() {}

    /** Makes the data folder of a server that never ran. */
    static void make(Settings settings) throws IOException {
        var log = settings.data().resolve("install.log");
        var script = settings.home().resolve("scripts/mariadb-install-db").toAbsolutePath();
        var builder = new ProcessBuilder(
                        "/bin/sh",
                        script.toString(),
                        "--no-defaults",
                        "--basedir=" + settings.home().toAbsolutePath(),
                        "--datadir=" + settings.data().toAbsolutePath(),
                        "--user=" + System.getProperty("user.name"),
                        "--skip-test-db",
                        "--skip-name-resolve",
                        "--auth-root-authentication-method=normal")
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // A server that starts deletes the temporary tables that it finds: none may share this folder.
        builder.environment().put("TMPDIR", settings.data().toAbsolutePath().toString());
        var process = builder.start();
        try {
            if (!process.waitFor(MOST.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("MariaDB could not make its data folder: " + end(log));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while MariaDB makes its data folder", e);
        }
    }

    /** Nobody but our user may come in: the accounts that the installation makes have no password. */
    static Path writeInit(Path data, String database, String password) throws IOException {
        var file = Files.createTempFile(
                data,
                "init",
                ".sql",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        var user = "'" + database + "'@'127.0.0.1'";
        return Files.write(
                file,
                List.of(
                        "DELETE FROM mysql.global_priv WHERE User NOT IN ('mariadb.sys', '" + database + "');",
                        "FLUSH PRIVILEGES;",
                        "CREATE OR REPLACE USER " + user + " IDENTIFIED BY '" + password + "';",
                        "CREATE database IF NOT EXISTS " + database + ";",
                        "GRANT ALL ON " + database + ".* TO " + user + ";"));
    }

    /** The last lines of a log, which is deleted with the data. */
    static String end(Path log) throws IOException {
        if (!Files.exists(log)) {
            return "no log was written";
        }
        var lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - LOG_LINES), lines.size()));
    }

    /** Of 128 bits. */
    static String randomPassword() {
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
