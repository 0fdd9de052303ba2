package dev.muster.launcher.pipeline;

import dev.muster.launcher.result.Result;
import dev.muster.launcher.result.Result.Check;
import dev.muster.launcher.result.Result.State;
import dev.muster.measure.Verdict;
import java.io.StringWriter;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * A result as JUnit XML, in the form that Jenkins, GitLab and GitHub's actions read: one suite, with a case for the
 * verdict and one for each threshold. A threshold of which the experiment measures nothing is skipped, not passed.
 */
public final class JUnitReport {
    private static final String VERDICT = "verdict";

    private final XMLStreamWriter xml;

    private JUnitReport(XMLStreamWriter xml) {
        this.xml = xml;
    }

    /**
     * Its text.
     *
     * @param name of the suite: the scenario's, or the experiment's
     */
    public static String of(Result result, String name) {
        var text = new StringWriter();
        try {
            var xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            new JUnitReport(xml).write(result, name);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("text can be written always", e);
        }
        return text.toString();
    }

    private void write(Result result, String name) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeCharacters("\n");
        xml.writeStartElement("testsuites");
        xml.writeStartElement("testsuite");
        attribute("name", name);
        attribute("tests", String.valueOf(1 + result.thresholds().size()));
        boolean interrupted = result.state() != State.FINISHED;
        boolean failed = !interrupted && !isGood(result);
        long missed = result.thresholds().stream().filter(Check::missed).count();
        attribute("failures", String.valueOf(missed + (failed ? 1 : 0)));
        attribute("errors", interrupted ? "1" : "0");
        long skipped =
                result.thresholds().stream().filter(check -> !check.measured()).count();
        attribute("skipped", String.valueOf(skipped));
        attribute("time", seconds(result));
        attribute("timestamp", result.start());
        attribute("hostname", result.environment().host());
        properties(result);
        verdict(result, name, interrupted, failed);
        for (var check : result.thresholds()) {
            threshold(check, name);
        }
        xml.writeEndElement();
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.writeCharacters("\n");
    }

    private static boolean isGood(Result result) {
        return result.verdict().reasons().isEmpty() && result.complete();
    }

    private static String seconds(Result result) {
        return String.format(Locale.ROOT, "%.3f", result.durationSeconds());
    }

    private void properties(Result result) throws XMLStreamException {
        xml.writeStartElement("properties");
        property("run", result.run());
        property("experiment", result.experiment());
        property("muster", result.environment().muster());
        for (var parameter : result.parameters().entrySet()) {
            property(parameter.getKey(), parameter.getValue());
        }
        xml.writeEndElement();
    }

    private void property(String name, String value) throws XMLStreamException {
        xml.writeEmptyElement("property");
        attribute("name", name);
        attribute("value", value);
    }

    private void verdict(Result result, String suite, boolean interrupted, boolean failed) throws XMLStreamException {
        startCase(suite, VERDICT, seconds(result));
        var reasons = reasons(result);
        if (interrupted) {
            problem("error", "interrupted", "the run was interrupted: its numbers cover what there was", reasons);
        } else if (failed) {
            var valid = result.verdict().reasons().isEmpty();
            problem(
                    "failure",
                    valid ? "incomplete" : "invalid",
                    valid
                            ? "not all that was asked for was measured"
                            : result.verdict().word() + ": the numbers can't be believed",
                    reasons);
        }
        xml.writeEndElement();
    }

    private static String reasons(Result result) {
        return result.verdict().reasons().stream().map(Verdict.Reason::text).collect(Collectors.joining("\n"));
    }

    private void threshold(Check check, String suite) throws XMLStreamException {
        startCase(suite, check.threshold(), "0");
        var message = check.threshold() + ": measured " + String.join("; ", check.observed());
        if (!check.measured()) {
            xml.writeEmptyElement("skipped");
            attribute("message", "not measured by this experiment (" + check.origin() + ")");
        } else if (check.met()) {
            xml.writeStartElement("system-out");
            xml.writeCharacters(clean(message + " (" + check.origin() + ")"));
            xml.writeEndElement();
        } else {
            problem("failure", "threshold", message, "asked for by: " + check.origin());
        }
        xml.writeEndElement();
    }

    private void startCase(String suite, String name, String time) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute("classname", "muster." + suite);
        attribute("name", name);
        attribute("time", time);
    }

    private void problem(String element, String type, String message, String text) throws XMLStreamException {
        xml.writeStartElement(element);
        attribute("type", type);
        attribute("message", message);
        xml.writeCharacters(clean(text));
        xml.writeEndElement();
    }

    private void attribute(String name, String value) throws XMLStreamException {
        xml.writeAttribute(name, clean(value));
    }

    /** Without the characters that XML 1.0 can't hold in any form. */
    private static String clean(String text) {
        return text.codePoints()
                .filter(c -> c == '\t' || c == '\n' || c == '\r' || (c >= ' ' && c <= 0xD7FF) || isHigher(c))
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isHigher(int c) {
        return (c >= 0xE000 && c <= 0xFFFD) || c >= 0x10000;
    }
}
