package io.oneloop.client.load;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of a schedule with one rate.
 *
 * @param nanos how long, {@link Pacer#NEVER} for without end
 * @param perSecond requests per second; 0 is a pause
 */
public record Stage(long nanos, double perSecond) {

    /** @throws WrongValue if it is not a stretch of time with a rate */
    public Stage {
        WrongValue.unless(nanos > 0, "wrong.stageLength");
        WrongValue.unless(perSecond >= 0 && perSecond <= 1e9, "wrong.rate", perSecond);
    }

    /**
     * Reads {@code 10s@1k,30s@5k}.
     *
     * @throws WrongValue saying what is wrong with it
     */
    static List<Stage> parse(String text) {
        List<Stage> stages = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int at = part.indexOf('@');
            WrongValue.unless(at >= 0, "wrong.stage", part);
            stages.add(new Stage(Quantity.nanos(part.substring(0, at)), Quantity.count(part.substring(at + 1))));
        }
        return stages;
    }

    /** Requests that are due within the stage, the first at its start. */
    long requests() {
        if (nanos == Pacer.NEVER) {
            return perSecond == 0 ? 0 : Pacer.NEVER;
        }
        long count = (long) Math.ceil(nanos * perSecond / 1e9);
        // The product may be rounded up across the stage's end.
        while (count > 0 && offset(count - 1) >= nanos) {
            count--;
        }
        return count;
    }

    /** When request {@code i} of the stage is due, from its start. Multiplied, not added up, so that nothing drifts. */
    long offset(long i) {
        return (long) (i * 1e9 / perSecond);
    }
}
