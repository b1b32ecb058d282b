package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessagesTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("%(\\d\\$)?s");

    @Test
    void saysTheSameThingsInBothLanguages() {
        Set<String> english = new TreeSet<>(Messages.in(Language.EN).bundle().keySet());
        Messages chinese = Messages.in(Language.ZH);
        for (String key : english) {
            String there = chinese.get(key);
            boolean showsOnlySymbols = there.chars().allMatch(c -> c < 0x80);
            assertTrue(!showsOnlySymbols || key.equals("udp.run"), key + " is not translated: " + there);
            assertEquals(placeholders(Messages.in(Language.EN).get(key)), placeholders(there), key);
        }
    }

    private static long placeholders(String pattern) {
        return PLACEHOLDER.matcher(pattern).results().count();
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
