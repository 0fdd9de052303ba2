package dev.muster.launcher.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.muster.launcher.result.Environment;
import dev.muster.launcher.result.Measurement;
import dev.muster.launcher.result.Result;
import dev.muster.launcher.result.Result.Check;
import dev.muster.launcher.result.Result.State;
import dev.muster.measure.Distribution;
import dev.muster.measure.Summary;
import dev.muster.measure.Unit;
import dev.muster.measure.Verdict;
import java.io.StringReader;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class PipelineReportsTest {
    private static final Verdict VALID = new Verdict(List.of(), List.of());
    private static final Verdict INVALID =
            new Verdict(List.of(new Verdict.Reason("gc-paused", "300 ms", "<100 ms & less", "more memory")), List.of());
    private static final List<Check> CHECKS = List.of(
            new Check("boot.lost == 0", "scenario", true, List.of("0", "0")),
            new Check("boot.register.latency p99 < 250ms", "command line", false, List.of("62.1 ms", "312 ms")),
            Check.notMeasured("API reads: p99 <= 1s", "slo kubernetes"));

    @Test
    void shouldMakeACaseForTheVerdictAndOneForEachThreshold() throws Exception {
        var xml = junit(result(State.FINISHED, VALID, true));

        assertThat(ask(xml, "/testsuites/testsuite/@name")).isEqualTo("nightly");
        assertThat(ask(
                        xml,
                        "concat(//testsuite/@tests, ' ', //testsuite/@failures, ' ', //testsuite/@errors, ' ',"
                                + " //testsuite/@skipped)"))
                .isEqualTo("4 1 0 1");
        assertThat(ask(xml, "count(//testcase)")).isEqualTo("4");
        assertThat(ask(xml, "count(//testcase[@name='verdict']/*)")).isEqualTo("0");
        assertThat(ask(xml, "count(//testcase[@name='boot.lost == 0']/failure)"))
                .isEqualTo("0");
        assertThat(ask(xml, "//testcase[@name='boot.register.latency p99 < 250ms']/failure/@message"))
                .isEqualTo("boot.register.latency p99 < 250ms: measured 62.1 ms; 312 ms");
        assertThat(ask(xml, "count(//testcase[starts-with(@name,'API')]/skipped)"))
                .isEqualTo("1");
    }

    @Test
    void shouldFailTheVerdictsCaseOfAnInvalidRunAndSayWhy() throws Exception {
        var xml = junit(result(State.FINISHED, INVALID, true));

        assertThat(ask(xml, "//testcase[@name='verdict']/failure/@type")).isEqualTo("invalid");
        assertThat(ask(xml, "//testcase[@name='verdict']/failure"))
                .isEqualTo("gc-paused: 300 ms, limit <100 ms & less; to fix: more memory");
        assertThat(ask(xml, "//testsuite/@failures")).isEqualTo("2");
    }

    @Test
    void shouldNotPassARunThatWasInterruptedOrLostSomething() throws Exception {
        assertThat(ask(junit(result(State.INTERRUPTED, VALID, false)), "//testcase[@name='verdict']/error/@type"))
                .isEqualTo("interrupted");
        assertThat(ask(junit(result(State.FINISHED, VALID, false)), "//testcase[@name='verdict']/failure/@type"))
                .isEqualTo("incomplete");
    }

    @Test
    void shouldLeaveOutWhatXmlCanNotHold() throws Exception {
        var xml = JUnitReport.of(result(State.FINISHED, VALID, true), "a\u0000b\u001b");

        assertThat(ask(parsed(xml), "//testsuite/@name")).isEqualTo("ab");
    }

    @Test
    void shouldSayTheVerdictBeforeTheThresholdsBeforeTheNumbersInMarkdown() {
        var text = MarkdownReport.of(result(State.FINISHED, INVALID, true), "nightly");

        assertThat(text)
                .startsWith("## nightly: INVALID\n\nRun `r-boot`, minions 3, 2 repetitions, Muster test.\n\n")
                .contains("- gc-paused: 300 ms, limit &lt;100 ms & less; to fix: more memory\n")
                .contains("| met | `boot.lost == 0` | 0; 0 | scenario |\n")
                .contains("| **missed** | `boot.register.latency p99 < 250ms` | 62.1 ms; 312 ms | command line |\n")
                .contains("| **not measured** | `API reads: p99 <= 1s` |  | slo kubernetes |\n")
                .contains("| boot.lost | 0 |\n")
                .contains("| boot.latency | ms | 3 | 2 | - | - | - | - | 3 |\n")
                .contains("| boot.empty | ms | no samples | - |");
        assertThat(text.indexOf("| met |")).isLessThan(text.indexOf("| boot.lost |"));
    }

    private static Document junit(Result result) throws Exception {
        return parsed(JUnitReport.of(result, "nightly"));
    }

    private static Document parsed(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
    }

    private static String ask(Document xml, String path) throws Exception {
        return XPathFactory.newInstance().newXPath().evaluate(path, xml);
    }

    private static Result result(State state, Verdict verdict, boolean complete) {
        var metrics = new LinkedHashMap<String, Measurement>();
        metrics.put("boot.lost", Measurement.count(0));
        metrics.put("boot.latency", Measurement.of(Summary.of(Unit.MILLISECONDS, Distribution.of(1, 2, 3))));
        metrics.put("boot.empty", Measurement.of(Summary.none(Unit.MILLISECONDS)));
        var judgement = Result.Judgement.of(verdict);
        var one = new Result.Repetition(1, Instant.EPOCH.toString(), 1, complete, judgement, metrics);
        return new Result(
                Result.VERSION,
                "r-boot",
                "boot",
                Map.of("minions", "3"),
                Environment.current("test", Map.of()),
                Instant.EPOCH.toString(),
                2,
                state,
                judgement,
                CHECKS,
                metrics,
                List.of(one, one));
    }
}
