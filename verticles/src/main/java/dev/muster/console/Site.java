package dev.muster.console;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of the page. Their addresses hold a hash of all of them, so that a browser keeps each for good and a new build
 * is fetched anew; modules find each other by plain relative names.
 */
final class Site {
    private static final String OWN = "/dev/muster/console/site/";
    private static final String UPLOT = "/dev/muster/uplot/";
    private static final String INDEX = "index.html";
    private static final List<String> FILES = List.of(
            "app.css",
            "app.js",
            "charts.js",
            "compare.js",
            "dom.js",
            "elsewhere.js",
            "form.js",
            "format.js",
            "history.js",
            "icon.svg",
            "live.js",
            "now.js",
            "result.js",
            "series.js",
            "store.js",
            "token.js");
    private static final List<String> UPLOT_FILES = List.of("uPlot.iife.min.js", "uPlot.min.css");
    private static final int HASH_LENGTH = 12;

    private final Map<String, File> assets;
    private final File index;
    private final String hash;
    private final Buffer openApi;

    /** A file as it is sent. */
    record File(String type, Buffer content) {}

    private Site(Map<String, File> assets, String hash, String index, Buffer openApi) {
        this.assets = assets;
        this.hash = hash;
        this.index = new File(type(INDEX), Buffer.buffer(index.replace("{assets}", "/assets/" + hash)));
        this.openApi = openApi;
    }

    /** Reads all from the jar; blocks. */
    static Site read() {
        var assets = new LinkedHashMap<String, File>();
        FILES.forEach(name -> assets.put(name, new File(type(name), resource(OWN + name))));
        UPLOT_FILES.forEach(name -> assets.put(name, new File(type(name), resource(UPLOT + name))));
        return new Site(assets, hash(assets), resource(OWN + INDEX).toString(), resource(OWN + "openapi.json"));
    }

    /** The page itself, which is never kept by a browser. */
    File index() {
        return index;
    }

    /** The hash in the addresses of the assets. */
    String hash() {
        return hash;
    }

    /** What the REST interface is. */
    Buffer openApi() {
        return openApi;
    }

    /** An asset by the name behind the hash. */
    Optional<File> asset(String name) {
        return Optional.ofNullable(assets.get(name));
    }

    private static String hash(Map<String, File> assets) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            assets.values().forEach(file -> digest.update(file.content().getBytes()));
            return HexFormat.of().formatHex(digest.digest()).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private static String type(String name) {
        return switch (name.substring(name.lastIndexOf('.'))) {
            case ".html" -> "text/html; charset=utf-8";
            case ".css" -> "text/css; charset=utf-8";
            case ".svg" -> "image/svg+xml";
            default -> "text/javascript; charset=utf-8";
        };
    }

    private static Buffer resource(String name) {
        try (var stream = Site.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("no " + name + " beside the classes");
            }
            return Buffer.buffer(stream.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
