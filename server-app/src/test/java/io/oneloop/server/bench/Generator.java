package io.oneloop.server.bench;

import java.io.IOException;

/** Drives a server in a closed loop and checks every byte that it answers. */
interface Generator {

    /** @param warmSeconds driven before, and not measured */
    Measurement measure(Scenario scenario, ServerProcess server, double warmSeconds, double seconds)
            throws IOException, InterruptedException;
}
