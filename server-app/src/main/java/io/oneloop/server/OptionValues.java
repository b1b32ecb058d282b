package io.oneloop.server;

import io.oneloop.AccessList;
import io.oneloop.EventLoop;
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
        return OptionSpec.builder(names)
                .type(boolean.class)
                .initialValue(false)
                // Else a switch that the environment sets, too, would be turned off by the command line.
                .fallbackValue("true")
                .converters(new YesOrNo())
                .build();
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

    private static int number(String text, int min, int max, String key) {
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

    /** Reads a port. */
    static final class Port implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return number(text, 0, 65_535, "value.port");
        }
    }

    /** Reads the size of a part of a read. */
    static final class ChunkBytes implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return number(text, 1, EventLoop.READ_BUFFER_BYTES, "value.chunk");
        }
    }

    /** Reads how many connections may be open. */
    static final class MaxConnections implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return number(text, 1, Integer.MAX_VALUE, "value.maxConnections");
        }
    }

    /** Reads how many of them may come from one address. */
    static final class MaxPerIp implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return number(text, 0, Integer.MAX_VALUE, "value.maxPerIp");
        }
    }

    /** Reads how many datagrams a second are answered. */
    static final class UdpRate implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return number(text, 0, 1_000_000_000, "value.udpRate");
        }
    }

    /** Reads the size of a buffer of the kernel. */
    static final class BufferBytes implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            return number(text, 1, 1 << 30, "value.bufferBytes");
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
