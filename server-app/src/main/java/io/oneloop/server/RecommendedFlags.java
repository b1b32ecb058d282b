package io.oneloop.server;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The flags of the JVM that make serving cost less, which a jar cannot set for itself; bin/oneloop-server does. */
final class RecommendedFlags {

    private static final int BOXES = 16_384;

    private RecommendedFlags() {}

    /** {@return those that this JVM does without, whether it was told so or chose so; none if it cannot be asked} */
    static List<String> missing() {
        try {
            HotSpotDiagnosticMXBean vm = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            return vm == null ? List.of() : missing(flag -> value(vm, flag));
        } catch (NoClassDefFoundError withoutJdkManagement) {
            // A runtime made by jlink has the modules that somebody thought of.
            return List.of();
        }
    }

    private static String value(HotSpotDiagnosticMXBean vm, String flag) {
        try {
            return vm.getVMOption(flag).getValue();
        } catch (IllegalArgumentException unknown) {
            return null;
        }
    }

    /** @param value gives what a flag is set to, or null if this JVM has none of that name */
    static List<String> missing(UnaryOperator<String> value) {
        List<String> missing = new ArrayList<>();
        // The collector with the cheapest barriers.
        if ("false".equals(value.apply("UseSerialGC"))) {
            missing.add("-XX:+UseSerialGC");
        }
        // The selector looks descriptors up as Integer, and makes each that is not kept anew.
        String boxes = value.apply("AutoBoxCacheMax");
        if (boxes != null && Integer.parseInt(boxes) < BOXES) {
            missing.add("-XX:AutoBoxCacheMax=" + BOXES);
        }
        return missing;
    }
}
