package ai.birdie.app.map;

import ai.birdie.app.map.Clues.Clue;
import ai.birdie.core.contract.Binding;
import ai.birdie.core.contract.FieldValue;
import ai.birdie.core.contract.Fit;
import ai.birdie.core.contract.Shape;
import ai.birdie.core.feed.Cursor.EpochUnit;
import ai.birdie.core.feed.Origin;
import ai.birdie.core.kind.Domain;
import ai.birdie.core.kind.Field;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A column, taken for a field as a trial. */
record Trial(Held held, Field field, Clue clue, ZoneId zone) {

  private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]+([.,][0-9]+)?");
  private static final Pattern TIME =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ].*)?|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}.*");
  private static final Pattern URL = Pattern.compile("(?i)(https?://|www\\.)\\S+");
  private static final Pattern SPACE = Pattern.compile(".*\\s.*", Pattern.DOTALL);
  private static final Pattern DIGIT = Pattern.compile(".*[0-9].*", Pattern.DOTALL);
  private static final Pattern EMAIL = Pattern.compile("\\S+@\\S+\\.\\S+");
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*");
  private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());

  /** A number that counts since 1970 lies in these years. */
  private static final double EARLIEST = 788_918_400e6; // 1995

  private static final double LATEST = 4_102_444_800e6; // 2100

  private static final double ALMOST_ALL = 0.95;
  private static final double MOST = 0.5;
  private static final double UNIQUE = 0.85;
  private static final int FEW = 50;

  /**
   * What came of it.
   *
   * @param origin with the unit and the words that the values need
   * @param content how well the values suit
   */
  record Tried(Origin origin, Content content) {}

  Tried tried() {
    return switch (clue.look()) {
      case TIME -> time();
      case WORDS -> words();
      default -> new Tried(plain(), content());
    };
  }

  private Origin plain() {
    return Origin.of(held.name());
  }

  private Binding binding(Origin origin) {
    return new Binding(field, held.source(), origin, zone);
  }

  /** Which share of the values can be the field's. */
  private double taken(Origin origin) {
    Binding binding = binding(origin);
    if (binding.fit() == Fit.NEVER) {
      return 0;
    }
    long taken =
        held.values().stream()
            .filter(value -> FieldValue.of(binding, Optional.of(value)).unfit().isEmpty())
            .count();
    return held.isEmpty() ? 0 : (double) taken / held.values().size();
  }

  private Content content() {
    if (binding(plain()).fit() == Fit.NEVER) {
      return Content.never("values (" + held.source().shape().label() + ") that cannot be it");
    }
    if (held.isEmpty()) {
      return Content.unknown();
    }
    if (taken(plain()) < MOST) {
      return Content.never("mostly values that cannot be it");
    }
    return switch (clue.look()) {
      case UNIQUE_ID, ID, PART_ID -> id();
      case PROSE -> prose();
      case SHORT_TEXT -> shortText();
      case RATING -> rating();
      case PERSON -> person();
      case LABEL -> label();
      case LANGUAGE -> language();
      case URL -> url();
      default -> new Content(0.5, "values of its type");
    };
  }

  private boolean isText() {
    return held.source().shape() == Shape.TEXT || held.source().shape() == Shape.BYTES;
  }

  private double like(Pattern pattern) {
    return held.share(text -> pattern.matcher(text.strip()).matches());
  }

  private Content id() {
    if (held.source().shape() == Shape.TRUTH
        || like(TIME) > MOST
        || like(URL) > MOST
        || held.words() > 4) {
      return Content.never("values that are no ids");
    }
    if (like(SPACE) > 0.3) {
      return new Content(0.3, "values with spaces");
    }
    if (like(EMAIL) > MOST) {
      return new Content(clue.look() == Look.ID ? 0.6 : 0.3, "addresses of mail");
    }
    return clue.look() == Look.UNIQUE_ID ? unique() : shared();
  }

  private Content unique() {
    String says = "a value of its own in %s of the rows".formatted(percent(held.uniqueness()));
    if (held.uniqueness() >= UNIQUE) {
      return new Content(held.filled() >= ALMOST_ALL ? 1 : 0.7, says);
    }
    return new Content(held.uniqueness() < MOST ? 0.1 : 0.4, says);
  }

  private Content shared() {
    String says = "about %d different values".formatted(held.different());
    if (held.different() < 2 && held.counted() > 20) {
      return new Content(0.3, says);
    }
    boolean complete = held.filled() >= ALMOST_ALL || !field.mustBeThere();
    boolean unique = held.uniqueness() >= UNIQUE;
    double degree = clue.look() == Look.PART_ID ? (unique ? 0.9 : 0.7) : unique ? 0.7 : 0.8;
    return new Content(complete ? degree : 0.3, says);
  }

  private Content prose() {
    if (!isText() || like(NUMBER) > MOST || like(TIME) > MOST || like(URL) > MOST) {
      return Content.never("values that are no free text");
    }
    double words = held.words();
    String says = String.format(Locale.ROOT, "%.0f words on average", words);
    if (held.different() <= 20 && held.column().present() > 100 && words < 4) {
      return new Content(0.15, held.different() + " different values");
    }
    return new Content(words >= 5 ? 1 : words >= 2.5 ? 0.8 : words >= 1.5 ? 0.5 : 0.25, says);
  }

  private Content shortText() {
    if (!isText() || like(NUMBER) > MOST || like(TIME) > MOST || like(URL) > MOST) {
      return Content.never("values that are no text");
    }
    String says = String.format(Locale.ROOT, "%.0f words on average", held.words());
    boolean isShort = held.length() < 120;
    return new Content(isShort && held.words() >= 1.5 ? 0.8 : isShort ? 0.5 : 0.2, says);
  }

  private Content rating() {
    if (held.source().shape() == Shape.TRUTH) {
      return Content.never("values that are no numbers");
    }
    if (!(field.domain() instanceof Domain.Range range)) {
      return new Content(0.7, "numbers");
    }
    double inside = held.share(text -> inside(text, range));
    String says =
        String.format(
            Locale.ROOT,
            "%s between %s and %s",
            percent(inside),
            plain(range.from()),
            plain(range.to()));
    return inside >= 0.9 ? new Content(inside, says) : Content.never("only " + says);
  }

  private static boolean inside(String text, Domain.Range range) {
    try {
      double number = Double.parseDouble(text.strip());
      return number >= range.from() && number <= range.to();
    } catch (NumberFormatException e) {
      return false;
    }
  }

  private Content person() {
    if (!isText()
        || like(NUMBER) > MOST
        || like(TIME) > MOST
        || like(URL) > MOST
        || held.words() > 8) {
      return Content.never("values that are no names");
    }
    if (like(EMAIL) > MOST) {
      return new Content(0.4, "addresses of mail");
    }
    boolean ids = like(DIGIT) > MOST && like(SPACE) < 0.1;
    return ids ? new Content(0.15, "values like ids") : new Content(0.8, "values like names");
  }

  private Content label() {
    if (like(TIME) > MOST || like(URL) > MOST || held.words() > 8) {
      return Content.never("values that are no labels");
    }
    String says = "about %d different values".formatted(held.different());
    boolean few = held.different() <= FEW || held.uniqueness() < 0.05;
    if (!few) {
      return new Content(held.counted() < FEW ? 0.5 : 0.15, says);
    }
    return new Content(isText() ? 0.8 : 0.4, says);
  }

  private Content language() {
    double tags = held.share(text -> isLanguage(text.strip()));
    return tags >= 0.9
        ? new Content(1, "tags of languages")
        : new Content(
            held.different() <= FEW && isText() ? 0.3 : 0, "no tags of languages (BCP 47)");
  }

  private static boolean isLanguage(String text) {
    return LANGUAGE.matcher(text).matches()
        && LANGUAGES.contains(text.split("[-_]", 2)[0].toLowerCase(Locale.ROOT));
  }

  private Content url() {
    return like(URL) >= 0.9
        ? new Content(1, "addresses of the web")
        : Content.never("values that are no addresses of the web");
  }

  private Tried time() {
    Shape shape = held.source().shape();
    if (shape == Shape.WHOLE) {
      return counted();
    }
    if (binding(plain()).fit() == Fit.NEVER) {
      return new Tried(plain(), Content.never("values (" + shape.label() + ") that are no times"));
    }
    if (held.isEmpty()) {
      return new Tried(plain(), Content.unknown());
    }
    double times = taken(plain());
    String says =
        shape == Shape.TEXT ? percent(times) + " are times as RFC 3339 writes them" : "times";
    return new Tried(plain(), new Content(times < MOST ? 0 : times * 0.9, says));
  }

  private Tried counted() {
    for (EpochUnit unit : EpochUnit.values()) {
      double plausible = held.share(text -> isPlausible(Double.parseDouble(text) * unit.micros()));
      if (plausible >= ALMOST_ALL) {
        return new Tried(
            new Origin(held.name(), Optional.of(unit), new TreeMap<>()),
            new Content(0.8, unit.name().toLowerCase(Locale.ROOT) + " since 1970"));
      }
    }
    return new Tried(plain(), Content.never("numbers that are no times"));
  }

  private static boolean isPlausible(double micros) {
    return micros >= EARLIEST && micros <= LATEST;
  }

  private Tried words() {
    if (held.isEmpty()) {
      return new Tried(plain(), Content.unknown());
    }
    Map<String, String> meanings = held.source().shape() == Shape.TRUTH ? truths() : clue.words();
    List<String> found = held.texts().stream().map(Origin::fold).distinct().toList();
    double known = held.share(text -> meanings.containsKey(Origin.fold(text)));
    Map<String, String> needed =
        found.stream()
            .filter(meanings::containsKey)
            .filter(word -> !word.equals(meanings.get(word)))
            .collect(Collectors.toMap(word -> word, word -> String.valueOf(meanings.get(word))));
    Content content =
        known < MOST || found.size() > FEW
            ? Content.never("words that mean nothing here")
            : new Content(
                known >= ALMOST_ALL ? 1 : known * 0.8,
                percent(known) + " are words that are known");
    return new Tried(plain().meaning(needed), content);
  }

  /** Where true means one of two, false means the other. */
  private Map<String, String> truths() {
    ColumnName name = ColumnName.of(held.name());
    Map<String, String> meanings = new HashMap<>();
    clue.truths()
        .forEach((asked, meaning) -> {
          if (Arrays.equals(ColumnName.of(asked).words().toArray(), name.words().toArray())) {
            meanings.put("true", meaning);
            meanings.put("false", meaning.equals("customer") ? "agent" : "customer");
          }
        });
    return meanings;
  }

  private static String percent(double share) {
    return Math.round(100 * share) + " %";
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
