package io.oneloop.server;

import java.lang.management.ManagementFactory;
import java.util.List;

/** The flags of the JVM that make serving cost less, which a jar cannot set for itself; bin/oneloop-server does. */
final class RecommendedFlags {

    /** The collector with the cheapest barriers. */
    private static final String SERIAL = "-XX:+UseSerialGC";

    /** The selector looks descriptors up as Integer, and makes each that is not kept anew. */
    private static final String BOXES = "-XX:AutoBoxCacheMax=16384";

    private RecommendedFlags() {}

    /** {@return those that this JVM was started without} */
    static List<String> missing() {
        return missing(ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    static List<String> missing(List<String> given) {
        return List.of(SERIAL, BOXES).stream()
                .filter(flag -> given.stream().noneMatch(argument -> argument.startsWith(name(flag))))
                .toList();
    }

    private static String name(String flag) {
        int value = flag.indexOf('=');
        return value < 0 ? flag : flag.substring(0, value + 1);
    }
}
