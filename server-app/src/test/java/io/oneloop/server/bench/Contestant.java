package io.oneloop.server.bench;

import java.util.List;

/**
 * A server to compare.
 *
 * @param command with {@code {port}} for the port
 * @param scenarios the names of those that it takes part in
 */
record Contestant(String name, List<String> command, List<String> scenarios) {

    boolean takesPartIn(Scenario scenario) {
        return scenarios.contains(scenario.name());
    }
}
