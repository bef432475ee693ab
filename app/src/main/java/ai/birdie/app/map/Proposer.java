package ai.birdie.app.map;

import ai.birdie.app.map.Clues.Clue;
import ai.birdie.core.contract.SourceColumn;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.feed.Origin;
import ai.birdie.core.kind.Domain;
import ai.birdie.core.kind.Field;
import ai.birdie.core.kind.RecordKind;
import ai.birdie.core.kind.RecordKinds;
import ai.birdie.databricks.sample.TableSample;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds a column for each field, and none for two. Used once, by one thread. */
final class Proposer {

  private static final double GUESS = 0.5;
  private static final double CLEAR = 0.7;

  /** How much longer the longest text is than the next, where nothing but that tells it. */
  private static final double MARGIN = 1.5;

  private final Feed feed;
  private final TableSample sample;
  private final Clues clues;
  private final ZoneId zone;
  private final List<Held> helds;
  private final Map<String, ColumnName> names = new HashMap<>();
  private final Map<Field, Candidate> chosen = new HashMap<>();
  private final Map<Field, Choice> settled = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private List<Candidate> candidates = List.of();

  Proposer(Feed feed, TableSample sample, Clues clues) {
    this.feed = feed;
    this.sample = sample;
    this.clues = clues;
    this.zone = feed.cursor().zone().orElse(ZoneOffset.UTC);
    this.helds =
        sample.columns().stream()
            .filter(column -> !column.column().name().isBlank())
            .map(column -> Held.of(sample, column))
            .toList();
  }

  Proposal proposal() {
    name();
    feed.filter().ifPresent(filter -> taken.add(key(filter.column())));
    keepWhatTheFileSays();
    Optional<Domain.Range> scale = scale();
    RecordKind kind = scale.map(range -> RecordKinds.rated(feed.kind(), range)).orElse(feed.kind());
    candidates = candidates(kind);
    chooseBest();
    completeTheKey();
    chooseBest(); // what the key has given back
    guess(kind);
    List<Choice> choices = kind.fields().stream().map(this::choice).toList();
    return new Proposal(feed, columns(), choices, scale);
  }

  private List<SourceColumn> columns() {
    return sample.columns().stream().map(TableSample.Counted::column).toList();
  }

  private static String key(String column) {
    return column.toLowerCase(Locale.ROOT);
  }

  /** A first word that most columns share tells nothing. */
  private void name() {
    Map<String, Long> firsts =
        helds.stream()
            .map(held -> ColumnName.of(held.name()).words())
            .filter(words -> words.size() > 1)
            .collect(Collectors.groupingBy(List::getFirst, Collectors.counting()));
    String common =
        firsts.entrySet().stream()
            .filter(first -> first.getValue() > 2 && first.getValue() * 4 > helds.size() * 3L)
            .map(Map.Entry::getKey)
            .findFirst()
            .orElse("");
    helds.forEach(held -> names.put(held.name(), ColumnName.of(held.name()).without(common)));
  }

  private void keepWhatTheFileSays() {
    for (Field field : feed.kind().fields()) {
      if (feed.mapping().unused().contains(field.name())) {
        settled.put(field, new Choice(field, Optional.empty(), 1, because()));
      } else if (feed.mapping().names(field.name())) {
        feed.mapping().of(field.name()).ifPresent(origin -> keep(field, origin));
      }
    }
  }

  private String because() {
    return feed.filter().isPresent()
        ? "settled by the connection file, or for another kind of it"
        : "the connection file says so";
  }

  private void keep(Field field, Origin origin) {
    if (helds.stream().anyMatch(held -> held.name().equalsIgnoreCase(origin.column()))) {
      settled.put(field, new Choice(field, Optional.of(origin), 1, because()));
      taken.add(key(origin.column()));
    }
  }

  /** Surveys of satisfaction have scales of their own. */
  private Optional<Domain.Range> scale() {
    Optional<Field> rating = feed.kind().field("rating");
    if (!feed.kind().id().equals(RecordKinds.CSAT.id()) || rating.isEmpty()) {
      return Optional.empty();
    }
    return RatingScale.of(rating.get(), best(rating.get()).map(Candidate::held));
  }

  private Optional<Candidate> best(Field field) {
    Clue clue = clues.of(feed.kind(), field);
    Field free =
        new Field(
            field.name(),
            field.type(),
            field.need(),
            Domain.ANY,
            field.level(),
            field.basis(),
            field.meaning());
    return helds.stream()
        .map(held -> candidate(free, clue, held))
        .filter(Candidate::convinces)
        .max(Comparator.comparingDouble(Candidate::score));
  }

  private List<Candidate> candidates(RecordKind kind) {
    List<Candidate> all = new ArrayList<>();
    for (Field field : kind.fields()) {
      Clue clue = clues.of(kind, field);
      helds.forEach(held -> all.add(candidate(field, clue, held)));
    }
    return all;
  }

  private Candidate candidate(Field field, Clue clue, Held held) {
    Likeness likeness =
        Likeness.of(
            names.getOrDefault(held.name(), ColumnName.of(held.name())), field.name(), clue);
    return new Candidate(field, held, likeness, new Trial(held, field, clue, zone).tried());
  }

  private void chooseBest() {
    candidates.stream()
        .filter(Candidate::convinces)
        .sorted(Comparator.comparingDouble(Candidate::score).reversed())
        .forEach(this::chooseIfFree);
  }

  private void chooseIfFree(Candidate candidate) {
    boolean open = !isSettled(candidate.field()) && !chosen.containsKey(candidate.field());
    if (open && taken.add(key(candidate.held().name()))) {
      chosen.put(candidate.field(), candidate);
    }
  }

  private boolean isSettled(Field field) {
    return settled.keySet().stream().anyMatch(other -> other.name().equals(field.name()));
  }

  /** A table of whole conversations has one id, which is the conversation's. */
  private void completeTheKey() {
    for (Candidate candidate : candidates) {
      Field field = candidate.field();
      boolean missed =
          feed.kind().key().contains(field.name())
              && !isSettled(field)
              && !chosen.containsKey(field);
      if (missed && candidate.convinces()) {
        chosen.values().stream()
            .filter(other -> other.held().equals(candidate.held()))
            .filter(other -> feed.kind().key().contains(other.field().name()))
            .filter(other -> order(other.field()) > order(field))
            .findFirst()
            .ifPresent(other -> {
              chosen.remove(other.field());
              chosen.put(field, candidate);
            });
      }
    }
  }

  private int order(Field field) {
    return feed.kind().key().indexOf(field.name());
  }

  /** Where no name tells, the one column tells that alone looks like the field. */
  private void guess(RecordKind kind) {
    for (Field field : kind.fields()) {
      boolean open = !isSettled(field) && !chosen.containsKey(field);
      boolean prose = clues.of(kind, field).look() == Look.PROSE;
      boolean standsIn = field.name().equals("message_id");
      if (open && !standsIn && (field.mustBeThere() || prose)) {
        guess(field, prose);
      }
    }
  }

  private void guess(Field field, boolean prose) {
    List<Candidate> free =
        candidates.stream()
            .filter(candidate -> candidate.field().equals(field))
            .filter(candidate -> candidate.content().degree() >= CLEAR)
            .filter(candidate -> !taken.contains(key(candidate.held().name())))
            .filter(candidate -> !isPartition(candidate))
            .sorted(Comparator.comparingDouble(Proposer::length).reversed())
            .toList();
    boolean clear =
        free.size() == 1
            || (prose && free.size() > 1 && length(free.get(0)) > MARGIN * length(free.get(1)));
    if (clear) {
      chooseIfFree(free.getFirst());
    }
  }

  private static double length(Candidate candidate) {
    return candidate.held().words();
  }

  private boolean isPartition(Candidate candidate) {
    return candidate.held().name().equalsIgnoreCase(feed.cursor().column());
  }

  private Choice choice(Field field) {
    Optional<Choice> before =
        settled.values().stream()
            .filter(choice -> choice.field().name().equals(field.name()))
            .findFirst();
    return before.orElseGet(() ->
        Optional.ofNullable(chosen.get(field)).map(this::found).orElseGet(() -> missed(field)));
  }

  private Choice found(Candidate candidate) {
    boolean guessed = !candidate.convinces();
    String reason =
        guessed
            ? "no name says so, but alone it looks like it; " + candidate.reason()
            : candidate.reason();
    double confidence = guessed ? GUESS : Math.round(100 * candidate.score()) / 100.0;
    return new Choice(
        candidate.field(), Optional.of(candidate.tried().origin()), confidence, reason);
  }

  private Choice missed(Field field) {
    String disappointing =
        candidates.stream()
            .filter(candidate -> candidate.field().equals(field))
            .filter(Candidate::disappoints)
            .max(Comparator.comparingDouble(candidate -> candidate.likeness().degree()))
            .map(candidate ->
                "; %s is %s, but holds %s"
                    .formatted(
                        candidate.held().name(),
                        candidate.likeness().says(field.name()).orElse("like it"),
                        candidate.content().says()))
            .orElse("");
    return new Choice(
        field, Optional.empty(), 0, clues.of(feed.kind(), field).without() + disappointing);
  }
}
