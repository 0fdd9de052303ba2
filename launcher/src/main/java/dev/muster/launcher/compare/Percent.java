package dev.muster.launcher.compare;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A share as people write it: {@code 5%}.
 *
 * @param share 0.05 for 5 %
 */
record Percent(double share) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,4}(?:\\.\\d{1,6})?) ?%?");

    /** {@code 5 %}. */
    @Override
    public String toString() {
        return BigDecimal.valueOf(share).movePointRight(2).stripTrailingZeros().toPlainString() + " %";
    }

    /** Reads it from the command line. */
    static final class Converter implements ITypeConverter<Percent> {
        @Override
        public Percent convert(String text) {
            var form = FORM.matcher(text.strip());
            if (!form.matches()) {
                throw new TypeConversionException("must be a percentage such as 5% or 2.5%, not '" + text + "'");
            }
            return new Percent(new BigDecimal(form.group(1)).movePointLeft(2).doubleValue());
        }
    }
}
