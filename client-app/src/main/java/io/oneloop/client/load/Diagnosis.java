package io.oneloop.client.load;

import java.util.ArrayList;
import java.util.List;

/** What a reader of the figures should know before believing them. A pure function of the result. */
final class Diagnosis {

    private Diagnosis() {}

    static List<String> of(LoadResult result) {
        List<String> notes = new ArrayList<>();
        LoadPlan plan = result.plan();
        long timeouts = result.errors().of(ErrorKind.READ_TIMEOUT);
        if (plan.pipeline() > 1 && !plan.udp() && timeouts > 0) {
            notes.add("fewer replies than requests (" + Quantity.grouped(result.succeeded()) + " for "
                    + Quantity.grouped(result.sent()) + " sent) with --pipeline " + plan.pipeline()
                    + ": does the server answer once per read, not once per request? oneloop's server needs --per line"
                    + (plan.payload().endsInNewline() ? "" : ", and the payload must end in a newline (\\n)")
                    + "; the times are then those of the wrong pairs");
        } else if (timeouts > 0
                && result.succeeded() == 0
                && !plan.udp()
                && !plan.payload().endsInNewline()) {
            notes.add("nothing was answered: a server that answers per line waits for a newline; end -m with \\n");
        }
        if (timeouts > 0 && result.succeeded() > 0) {
            notes.add("requests that timed out have no time: they are in the errors and in no percentile");
        }
        long unsent = result.errors().of(ErrorKind.SEND_NOT_SENT);
        if (unsent > 0) {
            notes.add(
                    Quantity.grouped(unsent) + " requests were due and never sent; their response times are longer than"
                            + " any shown, so the percentiles are a lower bound");
        }
        if (result.counts().mostWaiting() > 0 && unsent == 0) {
            notes.add("up to " + Quantity.grouped(result.counts().mostWaiting())
                    + " due requests waited for a free connection; their wait is in the response time");
        }
        if (plan.udp() && result.latency().isEmpty() && result.succeeded() > 0) {
            notes.add("latency is n/a: with several datagrams in flight, replies cannot be told apart;"
                    + " use --pipeline 1, or --sequence against an echo server");
        }
        return notes;
    }
}
