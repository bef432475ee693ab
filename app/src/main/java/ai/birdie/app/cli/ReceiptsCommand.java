package ai.birdie.app.cli;

import ai.birdie.core.receipt.Control;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Disposition;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.receipt.Tally;
import ai.birdie.duckdb.Displaced;
import ai.birdie.duckdb.StoreReader;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code birdie receipts FEED}. */
@Command(
    name = "receipts",
    mixinStandardHelpOptions = true,
    description = "Shows the proof of every window of a feed, and verifies each against the store.",
    footer = {
      "",
      "A receipt balances when the rows that the source declared are the rows that were new, changed,",
      "identical, superseded, or deleted, and a control query counted the same rows and the same checksum; it",
      "holds when the store still has what it says was landed. One that was changed since it was",
      "sealed says so, and windows are named whose receipts are gone.",
      "  birdie receipts nps --csv receipts.csv"
    })
final class ReceiptsCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private final Common common = new Common();

  @Parameters(paramLabel = "FEED", description = "A feed's name, as birdie status shows it.")
  private String feed = "";

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write all that the receipts say into a CSV file, in place of the table.")
  private @Nullable Path csv;

  /** A receipt as {@code --json} shows it. */
  record Shown(
      long window,
      String feed,
      String sort,
      String bounds,
      Instant horizon,
      String way,
      Optional<String> reason,
      Optional<Long> version,
      Instant committedAt,
      String statementId,
      long sourceRows,
      long bytes,
      int chunks,
      Asked control,
      List<Landed> landed,
      List<Left> displaced,
      boolean balances,
      boolean holds,
      boolean sealed,
      Optional<String> seal) {

    /** One disposition's rows; the sum of hashes is text, as it exceeds what JSON readers hold. */
    record Landed(String disposition, boolean quarantined, long rows, String hashSum) {}

    /** Rows of the window that have left since, by which later window. */
    record Left(long byWindow, long rows, String hashSum) {

      static Left of(Displaced displaced) {
        return new Left(displaced.byWindow(), displaced.rows(), displaced.hashSum().toString());
      }
    }

    /** What the source said of the window apart from its rows. */
    record Asked(String statementId, long rows, String hashSum, String standing) {

      static Asked of(Control control) {
        ControlTotal asked = control.asked();
        return new Asked(
            asked.statementId(),
            asked.total().rows(),
            asked.total().hashSum().toString(),
            control.standing().label());
      }
    }

    static Shown of(Receipt receipt, Doubts doubts, Kept kept) {
      return new Shown(
          receipt.window(),
          receipt.feed(),
          receipt.sort(),
          receipt.bounds(),
          receipt.horizon(),
          receipt.way().label(),
          receipt.reason(),
          receipt.version(),
          receipt.committedAt(),
          receipt.proof().statementId(),
          receipt.proof().rows(),
          receipt.proof().bytes(),
          receipt.proof().chunks(),
          Asked.of(receipt.control()),
          receipt.tallies().stream().map(Shown::landed).toList(),
          kept.displaced(receipt).stream().map(Left::of).toList(),
          receipt.balances(),
          !doubts.unbalanced().contains(receipt.window()),
          !doubts.altered().contains(receipt.window()),
          kept.seal(receipt));
    }

    private static Landed landed(Tally tally) {
      return new Landed(
          tally.disposition().label(),
          tally.soundness() == Tally.Soundness.QUARANTINED,
          tally.rows(),
          tally.hashSum().toString());
    }
  }

  /**
   * What the store keeps of windows beside their receipts: seals, and rows that have left since.
   */
  record Kept(Map<Long, String> seals, Map<Long, List<Displaced>> displaced) {

    Optional<String> seal(Receipt receipt) {
      return Optional.ofNullable(seals.get(receipt.window()));
    }

    List<Displaced> displaced(Receipt receipt) {
      return displaced.getOrDefault(receipt.window(), List.of());
    }
  }

  /**
   * The windows whose receipts are not true, or not there: those that the store does not hold to,
   * those that were changed since they were sealed, and those that are gone.
   */
  record Doubts(Set<Long> unbalanced, Set<Long> altered, Set<Long> missing) {

    static Doubts of(StoreReader reader, String feed) {
      return new Doubts(reader.unbalanced(feed), reader.altered(), reader.missing());
    }

    /** Whether there are none about these receipts. */
    boolean none(List<Receipt> receipts) {
      return unbalanced.isEmpty()
          && missing.isEmpty()
          && receipts.stream().noneMatch(receipt -> altered.contains(receipt.window()));
    }

    private String about(Receipt receipt) {
      if (altered.contains(receipt.window())) {
        return "WAS CHANGED";
      }
      if (unbalanced.contains(receipt.window())) {
        return "DOES NOT HOLD";
      }
      return switch (receipt.control().standing()) {
        case PROVED -> "balances";
        case UNPROVED -> "unproved";
      };
    }
  }

  /** All that the store says of a feed's windows. */
  private record Proofs(List<Receipt> receipts, Doubts doubts, Kept kept) {

    static Proofs of(StoreReader reader, String feed) {
      return new Proofs(
          reader.receipts(feed),
          Doubts.of(reader, feed),
          new Kept(reader.seals(), reader.displaced()));
    }

    List<Shown> shown() {
      return receipts.stream().map(receipt -> Shown.of(receipt, doubts, kept)).toList();
    }
  }

  ReceiptsCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    Proofs proofs = session.read(common, reader -> Proofs.of(reader, feed));
    List<Receipt> receipts = proofs.receipts();
    Doubts doubts = proofs.doubts();
    if (csv != null) {
      new ReceiptsCsv(doubts, proofs.kept()).write(receipts, csv);
    }
    if (common.json) {
      session.output().json(proofs.shown());
    } else if (csv != null) {
      session.output().line(Output.count(receipts.size()) + " receipts are in " + csv + ".");
    } else {
      print(session.output(), receipts, doubts);
    }
    if (!doubts.missing().isEmpty()) {
      session.note("birdie: the receipts of windows " + doubts.missing() + " are gone.");
    }
    return (doubts.none(receipts) ? ExitCode.DONE : ExitCode.DOES_NOT_BALANCE).code();
  }

  /** Prints receipts as a table, one line a window. */
  static void print(Output output, List<Receipt> receipts, Doubts doubts) {
    output.table(
        List.of(
            "window",
            "committed",
            "bounds",
            "source",
            "new",
            "changed",
            "identical",
            "superseded",
            "deleted",
            "quarantined",
            ""),
        receipts.stream().map(receipt -> row(receipt, doubts)).toList());
  }

  private static List<String> row(Receipt receipt, Doubts doubts) {
    return List.of(
        Long.toString(receipt.window()),
        receipt.committedAt().truncatedTo(ChronoUnit.SECONDS).toString(),
        Output.toSeconds(receipt.bounds()),
        Output.count(receipt.proof().rows()),
        Output.count(receipt.rows(Disposition.NEW)),
        Output.count(receipt.rows(Disposition.CHANGED)),
        Output.count(receipt.rows(Disposition.IDENTICAL)),
        Output.count(receipt.rows(Disposition.SUPERSEDED)),
        Output.count(receipt.rows(Disposition.DELETED)),
        Output.count(receipt.quarantined()),
        doubts.about(receipt));
  }
}
