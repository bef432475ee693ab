package ai.birdie.app.cli;

import ai.birdie.app.cli.ReceiptsCommand.Doubts;
import ai.birdie.app.cli.ReceiptsCommand.Kept;
import ai.birdie.core.error.ConfigException;
import ai.birdie.core.receipt.Control;
import ai.birdie.core.receipt.Disposition;
import ai.birdie.core.receipt.Proof;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.receipt.Tally;
import ai.birdie.core.receipt.Tally.Soundness;
import ai.birdie.core.receipt.Total;
import ai.birdie.duckdb.Displaced;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Receipts as CSV (RFC 4180, UTF-8), one line a window, with all that each says. Every disposition
 * has its columns, whether any row met it or not, so that all exports have the same ones.
 */
final class ReceiptsCsv {

  private static final List<String> BEFORE =
      List.of(
          "window",
          "feed",
          "sort",
          "bounds",
          "horizon",
          "way",
          "way_reason",
          "version",
          "committed_at",
          "statement_id",
          "source_rows",
          "bytes",
          "chunks",
          "control_statement_id",
          "control_rows",
          "control_hash_sum",
          "control_standing");

  private static final List<String> AFTER =
      List.of("displaced_rows", "displaced_hash_sum", "balances", "holds", "sealed", "seal");

  private final Doubts doubts;
  private final Kept kept;

  ReceiptsCsv(Doubts doubts, Kept kept) {
    this.doubts = doubts;
    this.kept = kept;
  }

  /**
   * Writes the receipts, in place of what the file held.
   *
   * @throws ConfigException if it cannot be written
   */
  void write(List<Receipt> receipts, Path file) {
    StringBuilder text = new StringBuilder(line(headings()));
    receipts.forEach(receipt -> text.append(line(cells(receipt))));
    try {
      ExportFile.write(file, out -> out.append(text));
    } catch (IOException e) {
      throw new ConfigException(
          "The receipts cannot be written to " + file + ".",
          "Name a file in a folder that is there, can be written to, and has room, by --csv FILE.",
          e);
    }
  }

  private static List<String> headings() {
    List<String> headings = new ArrayList<>(BEFORE);
    for (Disposition disposition : Disposition.values()) {
      String name = disposition.label().replace('-', '_');
      for (String of : List.of(name, name + "_quarantined")) {
        headings.add(of + "_rows");
        headings.add(of + "_hash_sum");
      }
    }
    headings.addAll(AFTER);
    return headings;
  }

  private List<String> cells(Receipt receipt) {
    Proof proof = receipt.proof();
    Control control = receipt.control();
    List<Object> cells =
        new ArrayList<>(
            List.of(
                receipt.window(),
                receipt.feed(),
                receipt.sort(),
                receipt.bounds(),
                receipt.horizon(),
                receipt.way().label(),
                receipt.reason().orElse(""),
                receipt.version().map(Object::toString).orElse(""),
                receipt.committedAt(),
                proof.statementId(),
                proof.rows(),
                proof.bytes(),
                proof.chunks(),
                control.asked().statementId(),
                control.asked().total().rows(),
                control.asked().total().hashSum(),
                control.standing().label()));
    for (Disposition disposition : Disposition.values()) {
      for (Soundness soundness : List.of(Soundness.SOUND, Soundness.QUARANTINED)) {
        Total total = total(receipt, disposition, soundness);
        cells.add(total.rows());
        cells.add(total.hashSum());
      }
    }
    List<Displaced> displaced = kept.displaced(receipt);
    cells.add(displaced.stream().mapToLong(Displaced::rows).sum());
    cells.add(displaced.stream().map(Displaced::hashSum).reduce(BigInteger.ZERO, BigInteger::add));
    cells.add(receipt.balances());
    cells.add(!doubts.unbalanced().contains(receipt.window()));
    cells.add(!doubts.altered().contains(receipt.window()));
    cells.add(kept.seal(receipt).orElse(""));
    return cells.stream().map(Object::toString).toList();
  }

  private static Total total(Receipt receipt, Disposition disposition, Soundness soundness) {
    return Tally.total(
        receipt.tallies().stream()
            .filter(tally -> tally.disposition() == disposition && tally.soundness() == soundness)
            .toList());
  }

  private static String line(List<String> cells) {
    return cells.stream().map(ReceiptsCsv::quoted).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String quoted(String cell) {
    return cell.matches("[^,\"\\r\\n]*") ? cell : "\"" + cell.replace("\"", "\"\"") + "\"";
  }
}
