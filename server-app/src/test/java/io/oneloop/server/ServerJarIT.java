package io.oneloop.server;

import static io.oneloop.server.Patience.await;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
class ServerJarIT {

    @Test
    void failsTheTestWhoseServerEndedByItself() throws Exception {
        ServerJar jar = ServerJar.with().serve();
        jar.signal("KILL");
        await().until(() -> !jar.isAlive());

        AssertionError error = assertThrows(AssertionError.class, jar::close);

        assertTrue(error.getMessage().contains("137"), error::getMessage);
    }
}
