package io.oneloop.server;

import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Takes what is not on the command line from the environment: {@code --tcp-port} from {@code ONELOOP_TCP_PORT}. */
final class EnvironmentDefaults implements IDefaultValueProvider {

    static final String PREFIX = "ONELOOP_";

    private final Map<String, String> environment;

    EnvironmentDefaults(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public String defaultValue(ArgSpec option) {
        return of(option);
    }

    /** {@return the value, or null if there is none; an empty one is none} */
    String of(ArgSpec option) {
        if (option instanceof OptionSpec asking && (asking.usageHelp() || asking.versionHelp())) {
            // Nobody asks for help by environment, but images often set ONELOOP_VERSION for their own use.
            return null;
        }
        String variable = variable(option);
        String value = environment.get(variable);
        return value == null || value.isEmpty() || isServiceLink(variable, value) ? null : value;
    }

    /** Beside a service named oneloop-tcp, Kubernetes has {@code ONELOOP_TCP_PORT=tcp://10.0.0.7:7890} in every pod. */
    private static boolean isServiceLink(String variable, String value) {
        return variable.endsWith("_PORT") && (value.startsWith("tcp://") || value.startsWith("udp://"));
    }

    static String variable(ArgSpec option) {
        String name = ((OptionSpec) option).longestName();
        return PREFIX + name.substring(2).toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
