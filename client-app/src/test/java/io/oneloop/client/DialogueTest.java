package io.oneloop.client;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class DialogueTest {

    private final List<String> asked = new ArrayList<>();

    private Dialogue dialogue(String... answers) {
        Iterator<String> next = List.of(answers).iterator();
        Lines lines = prompt -> {
            asked.add(prompt);
            return next.hasNext() ? next.next().getBytes(StandardCharsets.UTF_8) : null;
        };
        return new Dialogue(lines, Messages.in(Language.ZH));
    }

    @Test
    void asksTheQuestionsOfTheTutorial() throws Exception {
        Dialogue dialogue = dialogue(" 127.0.0.1 ", "7890", " 你好 ");
        assertEquals("127.0.0.1", dialogue.askHost());
        assertEquals(7890, dialogue.askPort());
        assertArrayEquals(" 你好 ".getBytes(StandardCharsets.UTF_8), dialogue.askMessage());
        assertEquals(List.of("请输入要链接的服务器的ip: ", "请输入要链接的服务器的port: ", "请输入要发送的数据: "), asked);
    }

    @Test
    void endsAtExit() throws Exception {
        Dialogue dialogue = dialogue("a", "exit", "b");
        assertArrayEquals(new byte[] {'a'}, dialogue.askLine());
        assertFalse(dialogue.exited());
        assertNull(dialogue.askLine());
        assertTrue(dialogue.exited());
        assertEquals(List.of("请输入要发送的数据:", "请输入要发送的数据:"), asked);
    }

    @Test
    void endsAtExitInAFileWithCarriageReturns() throws Exception {
        Dialogue dialogue = dialogue("exit\r", "b");
        assertNull(dialogue.askLine());
        assertTrue(dialogue.exited());
    }

    @Test
    void endsAtTheEndOfTheInputWithoutExit() throws Exception {
        Dialogue dialogue = dialogue();
        assertNull(dialogue.askLine());
        assertFalse(dialogue.exited());
        assertArrayEquals(new byte[0], dialogue.askMessage());
    }

    @Test
    void refusesWhatIsNoPortAndNoAnswerAtAll() {
        CommandFailure noPort =
                assertThrows(CommandFailure.class, () -> dialogue("seven").askPort());
        assertEquals("seven 不是端口：端口是 1 到 65535。", noPort.getMessage());
        assertEquals(
                ExitCode.WRONG_USE,
                assertThrows(CommandFailure.class, () -> dialogue().askHost())
                        .outcome()
                        .exitCode());
    }

    @Test
    void tellsAnEmptyAnswerFromTheEndOfTheInput() {
        assertEquals(
                "主机是空的：请给出要连接的机器，例如 127.0.0.1。", refusal(() -> dialogue(" ").askHost()));
        assertEquals("端口是空的：请给出 1 到 65535 之间的端口。", refusal(() -> dialogue("").askPort()));
        assertEquals("问题还没有回答，输入就结束了。", refusal(() -> dialogue().askHost()));
        assertEquals("问题还没有回答，输入就结束了。", refusal(() -> dialogue().askPort()));
    }

    private static String refusal(Executable question) {
        return assertThrows(CommandFailure.class, question).getMessage();
    }
}
