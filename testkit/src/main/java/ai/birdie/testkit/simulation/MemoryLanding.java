package ai.birdie.testkit.simulation;

import ai.birdie.core.contract.Contract;
import ai.birdie.core.contract.SourceColumn;
import ai.birdie.core.error.IncompleteException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.ingest.Landing;
import ai.birdie.core.receipt.Control;
import ai.birdie.core.receipt.Control.Standing;
import ai.birdie.core.receipt.ControlTotal;
import ai.birdie.core.receipt.Missed;
import ai.birdie.core.receipt.Proof;
import ai.birdie.core.receipt.Receipt;
import ai.birdie.core.receipt.Tally;
import ai.birdie.core.receipt.Total;
import ai.birdie.core.window.TableVersion;
import ai.birdie.core.window.Window;
import ai.birdie.testkit.FeedbackRow;
import ai.birdie.testkit.RunningTotal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.VectorSchemaRoot;

/** One window on its way into memory: nothing is there before the commit. */
class MemoryLanding implements Landing {

  private final MemoryStore store;
  private final Feed feed;
  private final Window window;
  private final List<StoredChange> landed = new ArrayList<>();

  MemoryLanding(MemoryStore store, Feed feed, Window window) {
    this.store = store;
    this.feed = feed;
    this.window = window;
  }

  @Override
  public Total land(BatchReader batches) {
    try {
      VectorSchemaRoot root = batches.getVectorSchemaRoot();
      Contract.of(feed, root.getSchema().getFields().stream().map(SourceColumn::of).toList());
      FeedbackColumns columns = new FeedbackColumns(root);
      RunningTotal total = new RunningTotal();
      Instant read = window.horizon().clock();
      long position = window.horizon().position();
      while (batches.loadNextBatch()) {
        for (int i = 0; i < root.getRowCount(); i++) {
          FeedbackRow row = columns.row(i);
          StoredRow stored = StoredRow.of(row, columns.hash(i), store.nextWindow(), read, position);
          landed.add(new StoredChange(stored, columns.copies(i)));
          total.add(1, columns.hash(i), columns.copies(i));
        }
      }
      return total.total();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Receipt commit(Proof proof, Control control) {
    MemoryHistory history = store.history(feed);
    Receipt receipt =
        window instanceof Window.Versions versions
            ? commit(history, versions, proof, control)
            : commit(history, proof, control);
    committed(history);
    return receipt;
  }

  private Receipt commit(
      MemoryHistory history, Window.Versions versions, Proof proof, Control control) {
    ChangeSettlement settlement = store.settleChanges(feed, landed);
    Receipt receipt = balanced(receipt(proof, control, settlement.tallies()));
    history.take(versions, settlement, receipt);
    return receipt;
  }

  private Receipt commit(MemoryHistory history, Proof proof, Control control) {
    Settlement settlement = store.settle(feed, window, landed());
    Receipt receipt = balanced(receipt(proof, control, settlement.ends().tallies()));
    history.take(window, settlement, receipt);
    return receipt;
  }

  /** Commits, without reading them, that the source's rows of the window are those of the store. */
  Receipt confirm(ControlTotal held) {
    MemoryHistory history = store.history(feed);
    Proof proof = new Proof(held.statementId(), held.total().rows(), 0, 0);
    Control control = new Control(held, Standing.PROVED);
    Receipt receipt = balanced(receipt(proof, control, history.tallies(window)));
    history.confirm(window, receipt);
    committed(history);
    return receipt;
  }

  /** Lets the rows leave that the source lacks. */
  Receipt remove(Window.Gone gone, ControlTotal held) {
    MemoryHistory history = store.history(feed);
    ControlTotal lacking = held.lacking(history.kept(gone));
    List<Tally> tallies = history.departing(gone);
    Proof proof = new Proof(held.statementId(), Tally.total(tallies).rows(), 0, 0);
    Receipt receipt = balanced(receipt(proof, new Control(lacking, Standing.PROVED), tallies));
    history.remove(gone, receipt);
    committed(history);
    return receipt;
  }

  private void committed(MemoryHistory history) {
    window.covers().ifPresent(history::cover);
    store.committed();
  }

  private Receipt balanced(Receipt receipt) {
    if (!receipt.balances()) {
      throw new IncompleteException(
          "The window %s of %s does not balance: the source declared %d rows, and %d came."
              .formatted(window.describe(), feed.name(), receipt.proof().rows(), landed.size()),
          "Nothing of it was landed.");
    }
    return receipt;
  }

  @Override
  public void close() {}

  /** The rows that came, before they meet those that the store holds. */
  List<StoredRow> landed() {
    return landed.stream().map(StoredChange::row).toList();
  }

  private Receipt receipt(Proof proof, Control control, List<Tally> tallies) {
    return new Receipt(
        store.nextWindow(),
        feed.name(),
        window.sort(),
        window.describe(),
        window.horizon().clock(),
        window.horizon().reading().way(),
        Optional.of(window.horizon().reading().reason()).filter(why -> !why.isEmpty()),
        window.horizon().version().map(TableVersion::number),
        proof,
        control,
        tallies,
        Missed.NONE,
        store.now());
  }
}
