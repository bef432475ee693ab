package ai.birdie.testkit.simulation;

import ai.birdie.core.window.CursorScale;
import ai.birdie.testkit.FeedbackRow;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/** What transactions do to a table: drawn at random, within what its traits allow. */
final class TableLife {

  private static final int MOST_CHANGES = 4;
  private static final int TWINS_AMONG = 20;
  private static final double ODD_STAMP = 0.06;
  private static final long YEAR_9999 = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

  private final SplittableRandom random;
  private final CursorScale scale;
  private final Set<Trait> traits;
  private final TableWriter table = new TableWriter();
  private final List<Runnable> deeds = new ArrayList<>();
  private Transaction now = new Transaction(new Writer(0, 1), 0, 0, 0);
  private long drawn;

  TableLife(SplittableRandom random, CursorScale scale, Set<Trait> traits) {
    this.random = random;
    this.scale = scale;
    this.traits = traits;
    deeds.addAll(List.of(this::insert, this::insert, this::insert, this::update, this::update));
    allow(Trait.SILENT_UPDATES, this::updateSilently);
    allow(Trait.DELETES, this::delete);
    allow(Trait.KEY_UPDATES, this::changeKey);
    allow(Trait.KEY_UPDATES, this::swapKeys);
    allow(Trait.KEYLESS_ROWS, this::insertKeyless);
  }

  /** The life of a table that begins empty. */
  SourceTable live(List<Transaction> transactions) {
    transactions.forEach(this::perform);
    return table.table();
  }

  private void allow(Trait trait, Runnable deed) {
    if (traits.contains(trait)) {
      deeds.add(deed);
    }
  }

  private void perform(Transaction transaction) {
    now = transaction;
    for (int i = 0; i < transaction.batch(); i++) {
      insert();
    }
    int changes = transaction.batch() > 0 ? 0 : random.nextInt(1, MOST_CHANGES + 1);
    for (int i = 0; i < changes; i++) {
      deeds.get(random.nextInt(deeds.size())).run();
    }
    table.commit(transaction.commit());
  }

  private void insert() {
    long number = ++drawn;
    table.insert(content(Optional.of("k" + number), stamp()));
    if (random.nextInt(TWINS_AMONG) == 0) {
      table.insert(content(Optional.of("K" + number), stamp()));
    }
  }

  private void insertKeyless() {
    FeedbackRow row = content(random.nextBoolean() ? Optional.empty() : Optional.of(" "), stamp());
    int copies = random.nextInt(1, 4);
    for (int i = 0; i < copies; i++) {
      table.insert(row);
    }
  }

  private void update() {
    any().ifPresent(old -> table.update(old.id(), content(old.row().id(), stamp())));
  }

  private void updateSilently() {
    any().ifPresent(old -> table.update(old.id(), content(old.row().id(), old.row().position())));
  }

  private void delete() {
    any().ifPresent(old -> table.delete(old.id()));
  }

  private void changeKey() {
    any()
        .ifPresent(
            old -> table.update(old.id(), content(Optional.of("k" + ++drawn), stampOf(old))));
  }

  private void swapKeys() {
    Optional<RowVersion> one = any();
    Optional<RowVersion> other = any();
    if (one.isPresent() && other.isPresent() && one.get().id() != other.get().id()) {
      table.update(one.get().id(), content(other.get().row().id(), stampOf(one.get())));
      table.update(other.get().id(), content(one.get().row().id(), stampOf(other.get())));
    }
  }

  /**
   * A row that the transaction saw when it began, and that nobody has changed since; often the one
   * that was written last.
   */
  private Optional<RowVersion> any() {
    List<RowVersion> present = table.seen(now.start());
    if (present.isEmpty() || random.nextInt(3) == 0) {
      return present.stream().max(Comparator.comparingLong(RowVersion::from));
    }
    return Optional.of(present.get(random.nextInt(present.size())));
  }

  private FeedbackRow content(Optional<String> key, Optional<Long> position) {
    return new FeedbackRow(key, "t" + ++drawn, random.nextInt(1, 6), position);
  }

  /** Whether changes of the key touch the cursor is a matter of the writer, too. */
  private Optional<Long> stampOf(RowVersion old) {
    return random.nextBoolean() ? stamp() : old.row().position();
  }

  private Optional<Long> stamp() {
    if (traits.contains(Trait.MISSING_STAMPS) && random.nextDouble() < ODD_STAMP) {
      return Optional.empty();
    }
    if (traits.contains(Trait.FUTURE_STAMPS) && random.nextDouble() < ODD_STAMP) {
      return Optional.of(future());
    }
    if (traits.contains(Trait.ANCIENT_STAMPS) && random.nextDouble() < ODD_STAMP) {
      return Optional.of(ancient());
    }
    return Optional.of(now.writer().stamp(scale, now.start()));
  }

  private long future() {
    Instant hour = Instant.EPOCH.plus(now.start(), ChronoUnit.MICROS).plus(1, ChronoUnit.HOURS);
    return scale.floor(random.nextBoolean() ? hour : Instant.ofEpochSecond(YEAR_9999));
  }

  private long ancient() {
    long seconds = (long) Math.pow(10, random.nextDouble(3.5, 10.5));
    return scale.floor(Instant.EPOCH.plus(now.start(), ChronoUnit.MICROS).minusSeconds(seconds));
  }
}
