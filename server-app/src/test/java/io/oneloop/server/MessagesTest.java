package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.CloseReason;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MessagesTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("%(\\d\\$)?s");

    private static final Messages ENGLISH = Messages.in(Language.EN);
    private static final Messages CHINESE = Messages.in(Language.ZH);

    @Test
    void saysTheSameInBothLanguages() {
        assertEquals(
                new TreeSet<>(ENGLISH.bundle().keySet()),
                new TreeSet<>(CHINESE.bundle().keySet()));
        for (String key : ENGLISH.bundle().keySet()) {
            assertEquals(placeholders(ENGLISH, key), placeholders(CHINESE, key), key);
        }
    }

    private static TreeSet<String> placeholders(Messages messages, String key) {
        TreeSet<String> found = new TreeSet<>();
        PLACEHOLDER
                .matcher(messages.bundle().getString(key))
                .results()
                .map(MatchResult::group)
                .forEach(found::add);
        return found;
    }

    @Test
    void speaksEnglishOnAChineseMachineWhenToldTo() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.SIMPLIFIED_CHINESE);

            assertEquals(
                    "Waiting for a new client to come...",
                    Messages.in(Language.EN).get("log.waiting"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void saysTheSentencesOfTheTutorial() {
        assertEquals("等待一个新的客户端的到来...", CHINESE.get("log.waiting"));
        assertEquals("一个新的客户端('127.0.0.1', 50000)已经到来", CHINESE.get("log.opened", "('127.0.0.1', 50000)"));
        assertTrue(CHINESE.get("log.request", "", "hello").endsWith("客户端送过来的请求是:hello"));
        assertTrue(CHINESE.get("log.closed.PEER_FINISHED", "").endsWith("已经为这个客户端服务完毕"));
        assertEquals("('127.0.0.1', 50000): text", CHINESE.get("log.datagram", "('127.0.0.1', 50000)", "text"));
    }

    @ParameterizedTest
    @EnumSource(CloseReason.class)
    void hasASentenceForEachEndOfAConnection(CloseReason reason) {
        assertNotEquals("", ENGLISH.get("log.closed." + reason, "peer"));
    }

    @ParameterizedTest
    @CsvSource({"zh, ZH", "zh-TW, ZH", "zh-Hans-CN, ZH", "en, EN", "de, EN", "und, EN"})
    void speaksChineseWherePeopleReadChinese(String tag, Language language) {
        assertEquals(language, Language.of(Locale.forLanguageTag(tag)));
    }
}
