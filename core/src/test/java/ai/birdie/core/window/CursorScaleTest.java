package ai.birdie.core.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class CursorScaleTest {

  private static final long HOUR = 3_600_000_000L;
  private static final long DAY = 24 * HOUR;
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void keepsEveryMicrosecondOfATimestamp() {
    Instant instant = Instant.parse("2026-03-04T05:06:07.123456Z");
    long position = CursorScale.TIMESTAMP.floor(instant);
    assertThat(CursorScale.TIMESTAMP.format(position)).isEqualTo("2026-03-04T05:06:07.123456Z");
    assertThat(CursorScale.TIMESTAMP.after(position)).isEqualTo(position + 1);
  }

  @Test
  void roundsDownBefore1970Too() {
    assertThat(CursorScale.TIMESTAMP.floor(Instant.parse("1969-12-31T23:59:59.9999999Z")))
        .isEqualTo(-1);
    assertThat(CursorScale.days(ZoneOffset.UTC).floor(Instant.parse("1969-12-31T10:00:00Z")))
        .isEqualTo(-DAY);
  }

  @Test
  void putsAnInstantOnTheDayThatItsZoneHas() {
    Instant lateEvening = Instant.parse("2026-01-01T23:30:00Z");
    CursorScale days = CursorScale.days(BERLIN);
    assertThat(days.format(days.floor(lateEvening))).isEqualTo("2026-01-02");
  }

  @Test
  void reachesBackByWholeUnitsAndAtLeastOne() {
    assertThat(CursorScale.TIMESTAMP.reach(Duration.ofHours(1))).isEqualTo(HOUR);
    assertThat(CursorScale.TIMESTAMP.reach(Duration.ZERO)).isEqualTo(1);
    assertThat(CursorScale.days(BERLIN).reach(Duration.ofHours(1))).isEqualTo(DAY);
    assertThat(CursorScale.days(BERLIN).reach(Duration.ofHours(25))).isEqualTo(2 * DAY);
    assertThat(CursorScale.TIMESTAMP.reach(Duration.ofDays(999_999))).isEqualTo(999_999 * DAY);
  }

  @Test
  void reachesAnHourFurtherWhereClocksAreSetBack() {
    assertThat(CursorScale.local(BERLIN).reach(Duration.ofHours(1))).isEqualTo(2 * HOUR);
    assertThat(CursorScale.local(ZoneOffset.ofHours(2)).reach(Duration.ofHours(1))).isEqualTo(HOUR);
  }

  @Test
  void remembersInTheRepeatedHourHowFarTheClocksHadGone() {
    CursorScale local = CursorScale.local(BERLIN);
    Instant setBack = Instant.parse("2026-10-25T01:00:00Z");

    assertThat(furthest(local, setBack.minusMillis(1)))
        .isEqualTo("2026-10-25T02:59:59.999 " + BERLIN);
    assertThat(furthest(local, setBack)).isEqualTo("2026-10-25T03:00 " + BERLIN);
    assertThat(furthest(local, setBack.plusSeconds(3_599))).isEqualTo("2026-10-25T03:00 " + BERLIN);
    assertThat(furthest(local, setBack.plusSeconds(3_601)))
        .isEqualTo("2026-10-25T03:00:01 " + BERLIN);
  }

  @Test
  void hasGoneNoFurtherThanTheTimeItIsWhereNothingIsRepeated() {
    for (String time :
        List.of("2026-03-29T01:00:00Z", "2026-03-29T01:30:00Z", "1800-01-01T00:00:00Z")) {
      Instant instant = Instant.parse(time);
      for (CursorScale scale : List.of(CursorScale.TIMESTAMP, CursorScale.local(BERLIN))) {
        assertThat(scale.furthest(instant)).isEqualTo(scale.floor(instant));
      }
    }
  }

  private static String furthest(CursorScale scale, Instant instant) {
    return scale.format(scale.furthest(instant));
  }
}
