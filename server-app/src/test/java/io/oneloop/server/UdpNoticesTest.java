package io.oneloop.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.oneloop.Reply;
import io.oneloop.TcpOptions;
import io.oneloop.UdpOptions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class UdpNoticesTest {

    private static final int BUFFER = 1000;

    @Test
    void saysNothingWhenThereIsNothingToKnow() {
        assertEquals(List.of(), notices(Mode.REPLY, 56, 0, false, BUFFER));
        assertEquals(List.of(), notices(Mode.ECHO, 1000, 1000, false, 2 * BUFFER));
    }

    @Test
    void warnsOfAnsweringAnything() {
        List<String> notices = notices(Mode.ECHO, 18, 0, true, BUFFER);

        assertEquals(1, notices.size());
        assertEquals(0, notices.get(0).indexOf("--udp-answer-any: datagrams are answered whoever"));
    }

    @Test
    void warnsOfAnEchoWithoutALimit() {
        List<String> notices = notices(Mode.ECHO, 18, 0, false, BUFFER);

        assertEquals(1, notices.size());
        assertEquals(0, notices.get(0).indexOf("--mode echo over UDP: one forged datagram"));
    }

    @Test
    void saysWhichDatagramsAreTooShortForTheReply() {
        assertEquals(
                List.of("UDP replies of 1000 bytes are sent only to datagrams of at least 315 bytes (302 over IPv6);"
                        + " --udp-answer-any turns this off"),
                notices(Mode.REPLY, 1000, 0, false, BUFFER));
    }

    @Test
    void saysThatTheBufferIsSmallerThanAskedFor() {
        List<String> notices = notices(Mode.DISCARD, 18, 0, false, BUFFER - 1);

        assertEquals(1, notices.size());
        assertEquals(0, notices.get(0).indexOf("the UDP receive buffer has 999 bytes and not the 1000 asked for"));
    }

    private static List<String> notices(Mode mode, int replyBytes, int rate, boolean answerAny, int grantedBytes) {
        UdpOptions udp = UdpOptions.builder().receiveBufferBytes(BUFFER).build();
        ServerSettings settings = new ServerSettings(
                null,
                null,
                mode,
                Reply.of("r".repeat(replyBytes)),
                Per.READ,
                1024,
                LogLevel.OFF,
                Duration.ZERO,
                new Limits(TcpOptions.DEFAULT, udp, answerAny, rate));
        return UdpNotices.of(settings, grantedBytes, Messages.in(Language.EN));
    }
}
