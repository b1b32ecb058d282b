package io.oneloop.server;

import io.oneloop.AccessList;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads the values of options. What is wrong with one is told by the key of a sentence, as the message of the exception:
 * {@link UsageErrors} has the language to say it in.
 */
final class OptionValues {

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m)");
    private static final Duration LONGEST = Duration.ofHours(1);

    private OptionValues() {}

    /** {@return an option to give a value to, or take its default} */
    static OptionSpec.Builder option(String name, String label, ITypeConverter<?> converter) {
        return OptionSpec.builder(name).paramLabel(label).type(Object.class).converters(converter);
    }

    static OptionSpec text(String name, String label) {
        return OptionSpec.builder(name).paramLabel(label).type(String.class).build();
    }

    static OptionSpec time(String name, String value) {
        return option(name, "TIME", new Time()).defaultValue(value).build();
    }

    static OptionSpec flag(String... names) {
        return flagBuilder(names).build();
    }

    static OptionSpec.Builder flagBuilder(String... names) {
        return OptionSpec.builder(names)
                .type(boolean.class)
                .initialValue(false)
                // Else a switch that the environment sets, too, would be turned off by the command line.
                .fallbackValue("true")
                .converters(new YesOrNo());
    }

    static Duration time(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher matcher = TIME.matcher(text);
        if (matcher.matches()) {
            long amount = Long.parseLong(matcher.group(1));
            Duration time =
                    switch (matcher.group(2)) {
                        case "ms" -> Duration.ofMillis(amount);
                        case "s" -> Duration.ofSeconds(amount);
                        default -> Duration.ofMinutes(amount);
                    };
            if (time.compareTo(LONGEST) <= 0) {
                return time;
            }
        }
        throw new TypeConversionException("value.time");
    }

    /** Reads a number of a range. */
    static final class Whole implements ITypeConverter<Integer> {

        private final int min;
        private final int max;
        private final String key;

        /** @param key of the sentence that says which numbers there are */
        Whole(int min, int max, String key) {
            this.min = min;
            this.max = max;
            this.key = key;
        }

        @Override
        public Integer convert(String text) {
            try {
                int number = Integer.parseInt(text);
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException e) {
                // The same sentence says what is expected.
            }
            throw new TypeConversionException(key);
        }
    }

    /** Reads one of the words that stand for the constants of an enum. */
    static final class Choice<E extends Enum<E>> implements ITypeConverter<E> {

        private final Class<E> type;

        Choice(Class<E> type) {
            this.type = type;
        }

        @Override
        public E convert(String text) {
            for (E constant : type.getEnumConstants()) {
                if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                    return constant;
                }
            }
            throw new TypeConversionException("value.choice");
        }
    }

    /** Reads how long something may take. */
    private static final class Time implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return time(text);
        }
    }

    private static final class YesOrNo implements ITypeConverter<Boolean> {
        @Override
        public Boolean convert(String text) {
            if (text.equals("true") || text.equals("false")) {
                return text.equals("true");
            }
            throw new TypeConversionException("value.yesOrNo");
        }
    }

    /** Checks an address block, which {@link AccessList} reads. */
    static final class AddressBlock implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            try {
                AccessList.of(List.of(text), List.of());
                return text;
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException("value.addressBlock");
            }
        }
    }
}
