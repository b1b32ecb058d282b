package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SharedOptionsTest {

    private final SharedOptions options = new SharedOptions();
    private final Messages messages = Messages.in(Language.EN);

    @Test
    void sendsTheMessageAsUtf8() {
        options.message = "你好\n";
        assertArrayEquals("你好\n".getBytes(StandardCharsets.UTF_8), options.message(messages));
    }

    @Test
    void endsTheLinesOfTheMessageWithCrLfOnRequest() {
        options.message = "a\nb";
        options.crlf = true;
        assertArrayEquals("a\r\nb".getBytes(StandardCharsets.UTF_8), options.message(messages));
    }

    @Test
    void refusesAMessageThatTheLocaleCouldNotRead() {
        options.message = "\ufffd\ufffd";
        CommandFailure failure = assertThrows(CommandFailure.class, () -> options.message(messages));
        assertEquals(ExitCode.WRONG_USE, failure.outcome().exitCode());
    }
}
