package dev.muster.launcher.service;

import dev.muster.launcher.report.Browser;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Tests of the packaged jar's console in a real browser: one of each for all tests of a class. */
abstract class InABrowser {
    static final int DESK = 1280;
    static final int PHONE = 390;

    /** Where the console's runs leave their results. */
    @TempDir
    static Path results;

    @AutoClose
    static RunningConsole console;

    @AutoClose
    static Browser browser;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        console = RunningConsole.start(results);
    }
}
