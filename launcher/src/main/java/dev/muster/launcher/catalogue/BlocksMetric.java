package dev.muster.launcher.catalogue;

import dev.muster.measure.Unit;

/** What the experiment {@code blocks} measures. */
public enum BlocksMetric implements ResultMetric {
    DOWNLOAD_GOODPUT(
            "download.goodput",
            Unit.BYTES_PER_SECOND,
            Better.HIGHER,
            "Bytes of blocks that came to the client, over the time of the part that downloads at full speed"),
    UPLOAD_GOODPUT(
            "upload.goodput",
            Unit.BYTES_PER_SECOND,
            Better.HIGHER,
            "Bytes of blocks that came to the server, over the time of the part that uploads at full speed"),
    DOWNLOAD_REQUESTS("download.requests", Unit.COUNT, Better.NEITHER, "Downloads at full speed that were completed"),
    UPLOAD_REQUESTS("upload.requests", Unit.COUNT, Better.NEITHER, "Uploads at full speed that were completed"),
    PACED_REQUESTS("paced.requests", Unit.COUNT, Better.NEITHER, "Paced downloads that were completed"),
    FAILED("failed", Unit.COUNT, Better.LOWER, "Requests refused, broken off or answered with the wrong bytes"),
    MALFORMED("malformed", Unit.COUNT, Better.LOWER, "Blocks that did not begin with A and end with Z"),
    DOWNLOAD_SERVER_CPU(
            "download.server.cpu",
            Unit.SECONDS_PER_GIGABYTE,
            Better.LOWER,
            "Processor time of the server's process for each gigabyte (1e9 bytes) downloaded"),
    DOWNLOAD_CLIENT_CPU(
            "download.client.cpu",
            Unit.SECONDS_PER_GIGABYTE,
            Better.LOWER,
            "Processor time of the client's process for each gigabyte downloaded"),
    UPLOAD_SERVER_CPU(
            "upload.server.cpu",
            Unit.SECONDS_PER_GIGABYTE,
            Better.LOWER,
            "Processor time of the server's process for each gigabyte uploaded"),
    UPLOAD_CLIENT_CPU(
            "upload.client.cpu",
            Unit.SECONDS_PER_GIGABYTE,
            Better.LOWER,
            "Processor time of the client's process for each gigabyte uploaded"),
    CONNECTIONS("connections", Unit.COUNT, Better.NEITHER, "Connections of the client"),
    STREAMS("streams", Unit.COUNT, Better.NEITHER, "Requests at a time on each connection"),
    CLIENT_WINDOW(
            "client.window", Unit.BYTES, Better.NEITHER, "HTTP/2 window of a stream for what comes to the client"),
    SERVER_WINDOW(
            "server.window", Unit.BYTES, Better.NEITHER, "HTTP/2 window of a stream for what comes to the server"),
    DOWNLOAD_FIRST_BYTE(
            Kind.DISTRIBUTION,
            "download.first_byte",
            Unit.MILLISECONDS,
            Better.LOWER,
            "From a download's begin to the first byte of its blocks, at full speed"),
    DOWNLOAD_TOTAL(
            Kind.DISTRIBUTION,
            "download.total",
            Unit.MILLISECONDS,
            Better.LOWER,
            "From a download's begin to its last byte, at full speed"),
    UPLOAD_FIRST_BYTE(
            Kind.DISTRIBUTION,
            "upload.first_byte",
            Unit.MILLISECONDS,
            Better.LOWER,
            "From an upload's begin to the first byte of its answer, which comes when all blocks have come"),
    UPLOAD_TOTAL(
            Kind.DISTRIBUTION,
            "upload.total",
            Unit.MILLISECONDS,
            Better.LOWER,
            "From an upload's begin to the end of its answer, at full speed"),
    PACED_FIRST_BYTE(
            Kind.DISTRIBUTION,
            "paced.first_byte",
            Unit.MILLISECONDS,
            Better.LOWER,
            "From a paced download's begin to the first byte of its blocks"),
    SEND_LATENESS(
            Kind.DISTRIBUTION,
            "paced.send.lateness",
            Unit.MILLISECONDS,
            Better.LOWER,
            "How long after its time the server handed a paced block to its connection"),
    ARRIVAL_LATENESS(
            Kind.DISTRIBUTION,
            "paced.arrival.lateness",
            Unit.MILLISECONDS,
            Better.LOWER,
            "How late a paced block came to the client, against a schedule that begins with the first one's arrival");

    private final Definition definition;

    BlocksMetric(String thing, Unit unit, Better better, String help) {
        this(Kind.VALUE, thing, unit, better, help);
    }

    BlocksMetric(Kind kind, String thing, Unit unit, Better better, String help) {
        definition = new Definition("blocks." + thing, kind, unit, better, help);
    }

    @Override
    public Definition definition() {
        return definition;
    }
}
