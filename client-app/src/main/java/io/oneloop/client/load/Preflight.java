package io.oneloop.client.load;

import io.oneloop.client.Language;
import io.oneloop.client.Messages;
import java.io.File;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What can be known before a run: whether this machine has the descriptors, ports and memory for it, and whether anybody answers.
 *
 * @param descriptorsNeeded how many the run needs, those that are open already among them
 * @param descriptorLimit how many the process may have, or -1 if the system does not say
 * @param portsNeeded how many ports of one address
 * @param ports how many the system lends out, or -1 if it does not say
 * @param heapNeeded about how many bytes it keeps in use
 * @param heap how many the JVM may have
 * @param reachability whether somebody answers at the target: null if so, else a sentence
 * @param messages what to say it with
 * @param refusal whether {@code reachability} is known to be hopeless
 */
record Preflight(
        String target,
        long descriptorsNeeded,
        long descriptorLimit,
        long portsNeeded,
        long ports,
        long heapNeeded,
        long heap,
        String reachability,
        boolean refusal,
        Messages messages) {

    /** Selectors, jars, terminal. */
    private static final int OVERHEAD = 32;

    private static final int PER_LOOP = 4;

    /** {@return what is known, to be told in English} */
    static Preflight of(LoadPlan plan) {
        return of(plan, Messages.ofLoad(Language.EN));
    }

    static Preflight of(LoadPlan plan, Messages messages) {
        String[] open = new File("/proc/self/fd").list();
        long overhead = (open == null ? OVERHEAD : open.length) + (long) PER_LOOP * plan.loops() + OVERHEAD / 4;
        int sources = plan.sources().count();
        String problem = probe(plan, messages);
        return new Preflight(
                plan.url(),
                plan.connections() + overhead,
                SystemLimits.descriptors(),
                (plan.connections() + sources - 1L) / sources,
                SystemLimits.ephemeralPorts(),
                HeapEstimate.bytes(plan),
                Runtime.getRuntime().maxMemory(),
                problem,
                problem != null && !Reachability.isUnknown(problem),
                messages);
    }

    /** What stands against the run, in sentences. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (descriptorLimit >= 0 && descriptorsNeeded > descriptorLimit) {
            problems.add(messages.get(
                    "preflight.descriptors", Quantity.grouped(descriptorsNeeded), Quantity.grouped(descriptorLimit)));
        }
        if (ports >= 0 && portsNeeded > ports) {
            problems.add(messages.get("preflight.ports", Quantity.grouped(portsNeeded), Quantity.grouped(ports)));
        }
        if (heapNeeded > heap) {
            problems.add(messages.get("preflight.heap", mebibytes(heapNeeded), mebibytes(heap), 2 * heapNeeded >> 20));
        }
        if (refusal) {
            problems.add(reachability);
        }
        return problems;
    }

    void require() {
        List<String> problems = problems();
        if (!problems.isEmpty()) {
            throw new IllegalStateException(String.join("; ", problems));
        }
    }

    private static String probe(LoadPlan plan, Messages messages) {
        String foreign = Reachability.sources(plan.sources(), plan.connections(), messages);
        if (foreign != null) {
            return foreign;
        }
        InetSocketAddress source = plan.sources().of(0);
        if (plan.udp()) {
            ByteBuffer request = ByteBuffer.allocate(plan.payload().maxLength());
            plan.payload().copy().render(0, request);
            return Reachability.udp(
                    plan.target(), source, Arrays.copyOf(request.array(), request.position()), messages);
        }
        long millis = Math.min(Reachability.TCP_MILLIS, TimeUnit.NANOSECONDS.toMillis(plan.connectTimeoutNanos()));
        return Reachability.tcp(plan.target(), source, (int) Math.max(1, millis), messages);
    }

    /** {@return {@code descriptors 10,012/20,000 ok · ports 1/28,232 ok · heap 18/512 MiB ok · reachable ok}} */
    @Override
    public String toString() {
        return messages.get(
                "preflight.limits",
                Quantity.grouped(descriptorsNeeded),
                known(descriptorLimit),
                verdict(descriptorsNeeded, descriptorLimit),
                Quantity.grouped(portsNeeded),
                known(ports),
                verdict(portsNeeded, ports),
                mebibytes(heapNeeded),
                mebibytes(heap),
                verdict(heapNeeded, heap),
                reached());
    }

    private String reached() {
        if (reachability == null) {
            return messages.get("preflight.reachable");
        }
        return refusal
                ? messages.get("preflight.notReachable")
                : messages.get("preflight.maybeReachable", reachability);
    }

    private static String known(long value) {
        return value < 0 ? "n/a" : Quantity.grouped(value);
    }

    private static String mebibytes(long bytes) {
        return Quantity.grouped(bytes >> 20);
    }

    private String verdict(long needed, long limit) {
        return limit < 0 ? "" : messages.get(needed <= limit ? "preflight.enough" : "preflight.tooFew");
    }
}
