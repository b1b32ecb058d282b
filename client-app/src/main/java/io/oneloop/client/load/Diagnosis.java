package io.oneloop.client.load;

import io.oneloop.client.Messages;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a reader of the figures should know before believing them. A pure function of the result. */
final class Diagnosis {

    /** Shorter standstills are every collector's and scheduler's. */
    private static final long STANDSTILL_NANOS = 10_000_000;

    private Diagnosis() {}

    static List<String> of(LoadResult result, Messages messages) {
        List<String> notes = new ArrayList<>();
        LoadPlan plan = result.plan();
        long timeouts = result.errors().of(ErrorKind.READ_TIMEOUT);
        if (plan.pipeline() > 1 && !plan.udp() && timeouts > 0) {
            notes.add(messages.get(
                    "note.fewReplies",
                    Quantity.grouped(result.succeeded()),
                    Quantity.grouped(result.sent()),
                    plan.pipeline(),
                    plan.payload().endsInNewline() ? "" : messages.get("note.newline")));
        } else if (timeouts > 0
                && result.succeeded() == 0
                && result.counts().partialReplies() == 0
                && !plan.udp()
                && !plan.payload().endsInNewline()) {
            notes.add(messages.get("note.noAnswer"));
        }
        if (timeouts > 0 && result.succeeded() > 0) {
            notes.add(messages.get("note.timeouts"));
        }
        long partial = result.counts().partialReplies();
        if (partial > 0) {
            notes.add(messages.get(
                    partial == 1 ? "note.partialReply" : "note.partialReplies",
                    Quantity.grouped(partial),
                    Quantity.grouped(result.counts().partialBytes() / partial),
                    Quantity.grouped(plan.expectation().length())));
        }
        result.latency().map(latency -> tooFewFor(latency, messages)).ifPresent(notes::add);
        if (plan.sequence() && result.succeeded() == 0 && result.errors().of(ErrorKind.REPLY_UNEXPECTED) > 0) {
            notes.add(messages.get("note.noEcho"));
        }
        if (!plan.sequence() && result.errors().of(ErrorKind.REPLY_UNEXPECTED) > 0) {
            notes.add(messages.get(result.areRepliesMixedUp() ? "note.mixedUp" : "note.manyReplies"));
        }
        long unsent = result.errors().of(ErrorKind.SEND_NOT_SENT);
        if (unsent > 0) {
            notes.add(messages.count("note.unsentRequest", unsent, Quantity.grouped(unsent)));
        }
        long waited = result.counts().mostWaiting();
        if (waited > 0 && unsent == 0) {
            notes.add(messages.count("note.waitingRequest", waited, Quantity.grouped(waited)));
        }
        if (plan.isAmbiguous() && result.succeeded() > 0) {
            notes.add(messages.get("note.ambiguous"));
        }
        long standstill = result.health().longestStandstillNanos();
        long longest = result.latency().map(Latency::maxNanos).orElse(0L);
        if (standstill >= STANDSTILL_NANOS && standstill >= longest / 2 && longest > 0) {
            notes.add(messages.get("note.standstill", Quantity.time(standstill)));
        }
        return notes;
    }

    /** {@return null if there are enough times for each percentile of the table} */
    static String tooFewFor(Latency latency, Messages messages) {
        double[] missing = Arrays.stream(LatencyTable.PERCENTILES)
                .filter(percentile -> !latency.supports(percentile))
                .toArray();
        return missing.length == 0
                ? null
                : messages.get(
                        "note.tooFew",
                        LatencyTable.name(missing[0]),
                        Quantity.grouped(Latency.samplesFor(missing[0])),
                        Quantity.grouped(latency.count()));
    }
}
