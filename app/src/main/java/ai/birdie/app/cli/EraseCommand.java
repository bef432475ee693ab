package ai.birdie.app.cli;

import ai.birdie.app.App;
import ai.birdie.duckdb.StoreErasure.Erased;
import ai.birdie.duckdb.StoreErasure.FeedRows;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code birdie erase --author ID}. */
@Command(
    name = "erase",
    mixinStandardHelpOptions = true,
    description = "Takes a person out of the store, and keeps the person out.",
    footer = {
      "",
      "What the person wrote, and who the person is, leave every feed, quarantine, and the store's",
      "file, which is written anew. Rows of the person that are read later are counted, and not",
      "kept. The source is not changed: ask its administrator to erase the person there, too.",
      "",
      "Nobody else may use the store meanwhile, and the disk must have room for it once more.",
      "Backups that were taken before still hold the person: a restored one is purged again, but",
      "delete them when you need them no longer.",
      "  birdie erase --author 4711"
    })
final class EraseCommand implements Callable<Integer> {

  private final Session session;

  @Mixin private final Common common = new Common();

  @Option(
      names = "--author",
      required = true,
      paramLabel = "ID",
      description = "The person's id, as it stands in author_id.")
  private String author = "";

  /** The JSON document. */
  record Document(
      String person,
      Instant erasedAt,
      List<FeedRows> feeds,
      long heldRows,
      long bytesBefore,
      long bytes) {}

  EraseCommand(Session session) {
    this.session = session;
  }

  @Override
  public Integer call() {
    try (App app = session.app(common)) {
      Erased erased = app.erase(author);
      if (common.json) {
        session.output().json(document(erased));
      } else {
        print(session.output(), erased);
      }
      return VerifyCommand.exitCode(session, erased.compacted().verification()).code();
    }
  }

  private static Document document(Erased erased) {
    return new Document(
        erased.person(),
        erased.at(),
        erased.feeds(),
        erased.heldRows(),
        erased.compacted().before(),
        erased.compacted().verification().bytes());
  }

  private static void print(Output output, Erased erased) {
    for (FeedRows rows : erased.feeds()) {
      output.line(rows.feed() + ": " + counted(rows.rows(), "row") + older(rows) + " erased.");
    }
    if (erased.heldRows() > 0) {
      output.line("Held windows: " + counted(erased.heldRows(), "row") + " erased.");
    }
    if (erased.feeds().isEmpty() && erased.heldRows() == 0) {
      output.line("The store holds no row of that person.");
    }
    output.line("The person is kept out from now on.");
    output.line("Record: " + erased.person() + ", " + erased.at() + ".");
    output.line(
        "The store's file was written anew: "
            + Output.bytes(erased.compacted().before())
            + " before, "
            + Output.bytes(erased.compacted().verification().bytes())
            + " now.");
  }

  private static String older(FeedRows rows) {
    return rows.staleRows() == 0 ? "" : " and " + counted(rows.staleRows(), "older version");
  }

  private static String counted(long number, String what) {
    return Output.count(number) + " " + what + (number == 1 ? "" : "s");
  }
}
