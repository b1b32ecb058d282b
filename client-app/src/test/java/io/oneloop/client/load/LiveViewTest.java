package io.oneloop.client.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.oneloop.client.Language;
import io.oneloop.client.Messages;
import io.oneloop.client.load.LoadProgress.Moment;
import io.oneloop.client.load.LoadProgress.Phase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LiveViewTest {

    private final StringWriter shown = new StringWriter();

    @Test
    void saysHowARunGoesOn() throws Exception {
        assertEquals(
                " [████████░░] 24/30s  50k/s  in flight 212  errors 3  p99 1.90 ms",
                view(0, false).line(moment(24, 3)));
    }

    @Test
    void showsHowManyOfTheRequestsAreDone() throws Exception {
        Moment moment = new Moment(Phase.MEASURE, 7, 0, 5_000, 20_000, 100, 100, 50_000, 212, 0, 0, -1);
        assertEquals(
                " [██░░░░░░░░] 5,000/20,000 7s  50k/s  in flight 212  errors 0  p99 n/a",
                view(0, false).line(moment));
    }

    @Test
    void changesOneLineAtATerminal() throws Exception {
        LiveView view = view(40, true);
        view.onMoment(moment(1, 3));
        view.onMoment(moment(1.1, 3));
        view.onMoment(moment(1.3, 3));
        view.close();
        String text = shown.toString();
        assertFalse(text.contains("\n"), text);
        assertEquals(4, text.split("\r", -1).length, text);
        assertTrue(text.contains("\033[31m"), "errors are red");
        assertTrue(text.endsWith("\033[K"), "the line is taken away at the end");
    }

    @Test
    void writesALineASecondElsewhereAndNothingButText() throws Exception {
        LiveView view = view(0, true);
        for (int i = 1; i <= 50; i++) {
            view.onMoment(moment(i / 10.0, 3));
        }
        view.close();
        String text = shown.toString();
        assertTrue(text.lines().count() <= 5, text);
        assertFalse(text.contains("\033"), text);
    }

    @Test
    void honoursNoColour() throws Exception {
        LiveView view = view(200, false);
        view.onMoment(moment(1, 3));
        assertFalse(shown.toString().contains("\033[31m"));
    }

    @Test
    void cutsALineWhereTheTerminalEndsAlsoInChinese() throws Exception {
        view(30, false, Language.ZH).onMoment(moment(24, 3));
        String line = shown.toString().replace("\r\033[K", "");
        assertEquals(" [████████░░] 24/30s  50k/s  ", line);
    }

    @Test
    void saysItInChineseInTheSameColumns() throws Exception {
        Messages chinese = Messages.ofLoad(Language.ZH);
        for (String phase : new String[] {"phase.preflight", "phase.ramp", "phase.warmup", "phase.drain"}) {
            assertEquals(12, Columns.width(LiveView.phase(phase, chinese)), phase);
        }
        assertEquals(
                " [████████░░] 24/30s  50k/s  在途 212  错误 3  p99 1.90 ms",
                view(0, false, Language.ZH).line(moment(24, 3)));
    }

    private LiveView view(int width, boolean colour) throws IOException {
        return view(width, colour, Language.EN);
    }

    private LiveView view(int width, boolean colour, Language language) throws IOException {
        LoadPlan plan =
                LoadTest.tcp("127.0.0.1", 7890).duration(Duration.ofSeconds(30)).plan();
        return new LiveView(new PrintWriter(shown), width, colour, plan, Messages.ofLoad(language));
    }

    private static Moment moment(double seconds, long errors) {
        return new Moment(Phase.MEASURE, seconds, 30, 0, 0, 100, 100, 50_000, 212, 0, errors, 1_900_000);
    }
}
