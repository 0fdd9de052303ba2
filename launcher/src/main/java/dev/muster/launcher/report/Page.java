package dev.muster.launcher.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * The frame of the page: its one style, its two scripts and the data they draw, all within. The policy in its head lets
 * nothing else run and nothing be fetched, whatever a name in the data may hold.
 */
final class Page {
    /** The console draws with the same. */
    private static final String UPLOT = "/dev/muster/uplot/";

    private static final String STYLE = resource(UPLOT + "uPlot.min.css") + resource("report.css");
    private static final List<String> SCRIPTS = List.of(resource(UPLOT + "uPlot.iife.min.js"), resource("report.js"));
    private static final ObjectWriter JSON = json();

    private Page() {}

    /**
     * The whole page.
     *
     * @param body what is in it
     * @param charts what is drawn into it
     */
    static String of(String title, Html body, List<Chart> charts) {
        var page = new Html();
        page.raw("<!DOCTYPE html>\n").open("html", "lang", "en");
        page.open("head").empty("meta", "charset", "utf-8");
        page.empty("meta", "http-equiv", "Content-Security-Policy", "content", policy());
        page.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.empty("meta", "name", "color-scheme", "content", "light dark");
        page.empty("meta", "name", "referrer", "content", "no-referrer");
        page.empty("link", "rel", "icon", "href", "data:,");
        page.element("title", title).open("style").raw(STYLE).close().close();
        page.open("body").raw(body.toString());
        page.open("script", "type", "application/json", "id", "charts")
                .raw(data(charts))
                .close();
        SCRIPTS.forEach(script -> page.open("script").raw(script).close());
        return page.close().close().toString();
    }

    private static String policy() {
        var scripts = new StringBuilder();
        SCRIPTS.forEach(script -> scripts.append(' ').append(hash(script)));
        return "default-src 'none'; script-src" + scripts + "; style-src " + hash(STYLE)
                + "; img-src data:; base-uri 'none'; form-action 'none'";
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "'sha256-" + Base64.getEncoder().encodeToString(digest) + "'";
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    /** JSON in which no text can end the script element that holds it: these stand in nothing but its strings. */
    private static String data(List<Chart> charts) {
        try {
            return JSON.writeValueAsString(charts)
                    .replace("<", "\\u003c")
                    .replace(">", "\\u003e")
                    .replace("&", "\\u0026");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("charts are plain records", e);
        }
    }

    private static ObjectWriter json() {
        var mapper = JsonMapper.builder().build();
        return mapper.writerFor(mapper.getTypeFactory().constructCollectionType(List.class, Chart.class));
    }

    private static String resource(String name) {
        try (var stream = Page.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("no " + name + " beside the classes");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
