package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class MessagesTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("%(?:(\\d)\\$)?s");

    /** Symbols, of which the tutorial has one. */
    private static final Set<String> LEFT_ALONE =
            Set.of("udp.run", "use.badValue", "use.sentence", "fail.other", "doctor.meaning");

    static Stream<Function<Language, Messages>> bundles() {
        return Stream.of(Messages::in, Messages::ofLoad);
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void saysTheSameThingsInBothLanguages(Function<Language, Messages> bundle) {
        Messages english = bundle.apply(Language.EN);
        Messages chinese = bundle.apply(Language.ZH);
        for (String key : new TreeSet<>(english.bundle().keySet())) {
            String there = chinese.get(key);
            boolean isChinese = there.codePoints().anyMatch(Character::isIdeographic);
            assertTrue(isChinese || LEFT_ALONE.contains(key), key + " is not translated: " + there);
            assertEquals(placeholders(english.get(key)), placeholders(there), key);
        }
    }

    /** In the other bundle, help has its English with the options. */
    @Test
    void hasNoSentenceOfTheLoadTesterInOneLanguageOnly() {
        assertEquals(
                Messages.ofLoad(Language.EN).bundle().keySet(),
                Messages.ofLoad(Language.ZH).bundle().keySet());
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void leavesNoEnglishInTheChinese(Function<Language, Messages> bundle) {
        Pattern english = Pattern.compile("[A-Za-z]{2,}[ ,:;']+[A-Za-z]{2,}");
        Messages chinese = bundle.apply(Language.ZH);
        for (String key : bundle.apply(Language.EN).bundle().keySet()) {
            // Commands, options and settings are to be typed.
            String words = chinese.get(key).replaceAll("'load [^']+'|-+[a-z][a-z-]*|client [a-z]+", "");
            assertFalse(english.matcher(words).find(), key + "=" + words);
        }
    }

    /** Which arguments a pattern shows: the first one is 1, however it is written. */
    private static List<Integer> placeholders(String pattern) {
        List<Integer> arguments = new ArrayList<>();
        for (MatchResult found : PLACEHOLDER.matcher(pattern).results().toList()) {
            arguments.add(found.group(1) == null ? arguments.size() + 1 : Integer.parseInt(found.group(1)));
        }
        arguments.sort(null);
        return arguments;
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void writesNumbersAsTheyAreTyped(Language language) {
        assertTrue(Messages.in(language).get("use.port", 70_000).contains("70000"));
    }

    @Test
    void takesEnglishForALocaleOfNeither() {
        assertEquals(Language.EN, Language.of(Locale.FRENCH));
        assertEquals(Language.ZH, Language.of(Locale.TRADITIONAL_CHINESE));
    }

    @Test
    void staysEnglishOnAChineseMachine() {
        Locale machine = Locale.getDefault();
        try {
            Locale.setDefault(Locale.CHINA);
            assertTrue(Messages.in(Language.EN).get("use.noCommand").startsWith("Say"));
        } finally {
            Locale.setDefault(machine);
        }
    }

    @Test
    void findsTheLanguageBeforeTheRestIsParsed() {
        assertEquals(Language.ZH, Language.chosen(new String[] {"tcp", "--nonsense", "--lang", "zh"}));
        assertEquals(Language.ZH, Language.chosen(new String[] {"--lang=ZH"}));
        assertEquals(Language.EN, Language.chosen(new String[] {"--lang", "en", "tcp"}));
        assertEquals(Language.of(Locale.getDefault()), Language.chosen(new String[] {"--lang"}));
    }
}
