package ai.birdie.people;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ai.birdie.core.ingest.Redactor;
import ai.birdie.people.Finding.Sort;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PersonalDataTest {

  private static final Pattern PLANTED = Pattern.compile("«(.*?)»");

  private final PersonalData people = new PersonalData();

  static Stream<String> planted() {
    return Stream.of(Texts.ADDRESSES, Texts.PHONES, Texts.CARDS, Texts.ACCOUNTS, Texts.IDS)
        .flatMap(List::stream);
  }

  static Stream<String> nothing() {
    return Texts.NOTHING.stream();
  }

  @ParameterizedTest
  @MethodSource("planted")
  void takesOutWhatIsPersonalAndNothingElse(String text) {
    assertThat(people.redact(without(text)))
        .isEqualTo(PLANTED.matcher(text).replaceAll("[REDACTED]"));
  }

  @ParameterizedTest
  @MethodSource("nothing")
  void leavesEverythingElse(String text) {
    assertThat(people.redact(text)).isSameAs(text);
  }

  @Test
  void saysOfWhatSortIt() {
    assertThat(sorts(Texts.ADDRESSES)).containsOnly(Sort.EMAIL);
    assertThat(sorts(Texts.CARDS)).contains(Sort.CARD);
    assertThat(sorts(Texts.ACCOUNTS)).contains(Sort.IBAN);
    assertThat(sorts(Texts.PHONES)).contains(Sort.PHONE);
    assertThat(sorts(Texts.IDS)).contains(Sort.NATIONAL_ID);
  }

  private List<Sort> sorts(List<String> texts) {
    return texts.stream()
        .flatMap(t -> people.find(without(t)).stream())
        .map(Finding::sort)
        .toList();
  }

  @Test
  void marksOnceWhatOverlaps() {
    assertThat(people.redact("call 11961234567@example.com")).isEqualTo("call [REDACTED]");
  }

  @Test
  void takesOutWallsOfDigitsWithoutLookingAtEach() {
    for (String brick : List.of("650-253-0000 ", "1 2 3 4 ", "(123", "+1.2/3-")) {
      assertThat(people.redact("a: " + brick.repeat(4_000) + "x")).hasSizeLessThan(40);
    }
    String numbers = "650-253-0000, ".repeat(1_000);
    assertThat(people.redact(numbers)).isEqualTo("[REDACTED], ".repeat(1_000));
    assertThat(people.redact("1" + "0".repeat(100))).startsWith("1000");
  }

  @Test
  void findsInAnySurroundings() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<String> pieces = planted().flatMap(PersonalDataTest::pieces).toList();
    for (int draw = 0; draw < 20_000; draw++) {
      String piece = pieces.get(random.nextInt(pieces.size()));
      String text = prose(random) + " " + piece + " " + prose(random);
      if (!standsAlone(piece)) {
        continue;
      }
      assertThat(people.redact(text))
          .as("%s, seed %d", text, seed)
          .doesNotContain(piece)
          .contains(Redactor.MARK);
    }
  }

  /** Some are found only where they are named. */
  private boolean standsAlone(String piece) {
    return people.redact(piece).equals(Redactor.MARK);
  }

  @Test
  void neverOverlooksWhatItWouldTakeOut() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    List<String> texts = new ArrayList<>(planted().map(PersonalDataTest::without).toList());
    texts.addAll(Texts.NOTHING);
    int changed = 0;
    for (int draw = 0; draw < 50_000; draw++) {
      String text = mutated(texts.get(random.nextInt(texts.size())), random);
      String redacted = people.redact(text);
      if (!redacted.equals(text)) {
        changed++;
        assertThat(people.isSuspect(ByteBuffer.wrap(text.getBytes(UTF_8))))
            .as("%s, seed %d", text, seed)
            .isTrue();
      }
    }
    assertThat(changed).isBetween(5_000, 45_000);
  }

  @Test
  void aWrongDigitIsNoCardAndNoAccount() {
    long seed = new Random().nextLong();
    Random random = new Random(seed);
    for (int draw = 0; draw < 5_000; draw++) {
      String card = wrong("4111111111111111", random.nextInt(1, 16), random);
      String account = wrong("DE89370400440532013000", random.nextInt(2, 22), random);
      assertThat(people.find("x " + card + " y " + account))
          .as("%s, %s, seed %d", card, account, seed)
          .extracting(Finding::sort)
          .doesNotContain(Sort.CARD, Sort.IBAN);
    }
  }

  private static String wrong(String id, int place, Random random) {
    int digit = (id.charAt(place) - '0' + random.nextInt(1, 10)) % 10;
    return id.substring(0, place) + digit + id.substring(place + 1);
  }

  private static String mutated(String text, Random random) {
    StringBuilder mutated = new StringBuilder(text);
    for (int change = random.nextInt(4); change > 0 && !mutated.isEmpty(); change--) {
      int at = random.nextInt(mutated.length());
      switch (random.nextInt(4)) {
        case 0 -> mutated.deleteCharAt(at);
        case 1 -> mutated.insert(at, " .-@\u200B\u2007é５٤😀".charAt(random.nextInt(9)));
        case 2 -> mutated.setCharAt(at, (char) ('0' + random.nextInt(10)));
        default -> mutated.insert(at, "a");
      }
    }
    return mutated.toString();
  }

  private static String prose(Random random) {
    String[] words = {
      "the", "blue", "dress", "não", "chegou", "muy", "mal", "😀", "ok,", "size", "M;"
    };
    StringBuilder prose = new StringBuilder();
    for (int word = random.nextInt(8); word >= 0; word--) {
      prose.append(words[random.nextInt(words.length)]).append(' ');
    }
    return prose.toString().strip();
  }

  private static String without(String text) {
    return text.replace("«", "").replace("»", "");
  }

  private static Stream<String> pieces(String text) {
    return PLANTED.matcher(text).results().map(found -> found.group(1));
  }
}
