package ai.birdie.testkit.simulation;

import ai.birdie.core.receipt.Disposition;
import ai.birdie.core.receipt.Tally;
import ai.birdie.core.receipt.Tally.Soundness;
import ai.birdie.core.receipt.Total;
import ai.birdie.testkit.simulation.StoredRow.Content;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What becomes of a change feed's events when they meet what the store holds: worked out for each
 * content, of which so many copies came, or went, in the end.
 */
final class ChangeSettlement {

  private final Map<Identity, StoredRow> held;
  private final MemoryDifferences differences;
  private final List<StoredChange> events;
  private final List<Content> withdrawn = new ArrayList<>();
  private final List<Content> revived = new ArrayList<>();
  private final List<StoredRow> came = new ArrayList<>();
  private final Map<Identity, StoredRow> departed = new LinkedHashMap<>();
  private final Settlement settlement;
  private final List<StoredRow> behind;
  private final List<StoredRow> gone;
  private final List<Tally> tallies;

  /**
   * @param held what the store holds, by identity; it is not changed
   * @param differences nor are these
   * @param order of the versions of one record, oldest first
   * @param identities tells records apart, none of which has been told yet
   */
  ChangeSettlement(
      Map<Identity, StoredRow> held,
      MemoryDifferences differences,
      Comparator<StoredRow> order,
      Identities identities,
      List<StoredChange> events) {
    this.held = held;
    this.differences = differences;
    this.events = events;
    Ends known = new Ends();
    net().forEach((content, net) -> settle(content, net, known));
    held.values().stream() // what comes without a key is one more of its equals
        .filter(row -> !Identities.isKeyed(row.row()))
        .forEach(row -> identities.of(row.row()));
    this.settlement = new Settlement(held, order, identities, this::givesWay, came);
    this.gone = settlement.displaced().stream().filter(this::isGone).toList();
    this.behind = settlement.displaced().stream().filter(row -> !givesWay(row)).toList();
    this.tallies = tallies(known);
  }

  /** The copies of one content that came, less those that went. */
  private record Net(StoredRow row, int copies) {}

  private Map<Content, Net> net() {
    Map<Content, Net> net = new LinkedHashMap<>();
    for (StoredChange event : events) {
      net.merge(
          event.row().content(),
          new Net(event.row(), event.copies()),
          (one, other) -> new Net(one.row(), one.copies() + other.copies()));
    }
    return net;
  }

  private void settle(Content content, Net net, Ends known) {
    if (net.copies() > 0) {
      int again = Math.min(net.copies(), differences.gone(content));
      revived.addAll(Collections.nCopies(again, content));
      came.addAll(Collections.nCopies(net.copies() - again, net.row()));
      for (int i = 0; i < again; i++) {
        known.add(Disposition.IDENTICAL, net.row().soundness(), net.row().total());
      }
    } else if (net.copies() < 0) {
      int behind = Math.min(-net.copies(), differences.superseded(content));
      withdrawn.addAll(Collections.nCopies(behind, content));
      depart(content, -net.copies() - behind);
    }
  }

  /** The last of equals first, so that the others keep their ordinals. */
  private void depart(Content content, int copies) {
    List<Identity> equals =
        held.entrySet().stream()
            .filter(entry -> entry.getValue().content().equals(content))
            .map(Map.Entry::getKey)
            .sorted(Comparator.comparingInt(ChangeSettlement::ordinal).reversed())
            .toList();
    int live = Math.max(0, equals.size() - differences.gone(content));
    equals.stream()
        .limit(Math.min(copies, live))
        .forEach(identity -> departed.put(identity, held.get(identity)));
  }

  private static int ordinal(Identity identity) {
    return identity instanceof Identity.Keyless keyless ? keyless.ordinal() : 1;
  }

  /** Whether whatever comes of the same record takes the row's place. */
  private boolean givesWay(StoredRow row) {
    return departed.containsValue(row) || isGone(row);
  }

  private boolean isGone(StoredRow row) {
    return differences.isGone(row) && !revived.contains(row.content());
  }

  private List<Tally> tallies(Ends known) {
    Ends ends = settlement.ends();
    Ends all = new Ends();
    Stream.concat(ends.tallies().stream(), known.tallies().stream())
        .forEach(t -> all.add(t.disposition(), t.soundness(), new Total(t.rows(), t.hashSum())));
    for (StoredRow row : left().values()) {
      BigInteger less = BigInteger.valueOf(row.hash()).negate();
      all.add(Disposition.DELETED, row.soundness(), new Total(1, less));
    }
    for (Soundness soundness : Soundness.values()) {
      all.add(Disposition.SUPERSEDED, soundness, rest(soundness, all.tallies()));
    }
    return all.tallies();
  }

  /** The events that cancel out, or that tell of a row which another has replaced. */
  private Total rest(Soundness soundness, List<Tally> told) {
    Total read =
        events.stream()
            .filter(event -> event.row().soundness() == soundness)
            .map(StoredChange::total)
            .reduce(Total.NONE, Total::plus);
    return read.minus(Tally.total(told.stream().filter(t -> t.soundness() == soundness).toList()));
  }

  List<Tally> tallies() {
    return tallies;
  }

  /** The rows that the store holds from now on, in place of what it held of the same identity. */
  Map<Identity, StoredRow> staying() {
    return settlement.staying();
  }

  /** The rows that went, and in whose place nothing came. */
  Map<Identity, StoredRow> left() {
    Map<Identity, StoredRow> left = new LinkedHashMap<>(departed);
    left.keySet().removeAll(settlement.staying().keySet());
    return left;
  }

  /** All rows that the store holds no longer. */
  List<StoredRow> displaced() {
    return Stream.concat(settlement.displaced().stream(), left().values().stream()).toList();
  }

  /** Brings what is known of the source to what the events tell. */
  void note(MemoryDifferences known) {
    withdrawn.forEach(known::withdraw);
    revived.forEach(known::revive);
    known.superseded(settlement.superseded());
    known.superseded(behind);
    known.left(gone);
    if (!left().isEmpty()) {
      known.forgetSuperseded(); // one of them may be the record that left: then it is current again
    }
  }

  /** By what the store's rows differ if it held those of the version before. */
  Total change() {
    return events.stream().map(StoredChange::change).reduce(Total.NONE, Total::plus);
  }
}
