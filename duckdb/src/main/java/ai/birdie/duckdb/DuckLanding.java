package ai.birdie.duckdb;

import ai.birdie.core.contract.Contract;
import ai.birdie.core.error.ContractException;
import ai.birdie.core.error.IncompleteException;
import ai.birdie.core.error.StoreException;
import ai.birdie.core.feed.Feed;
import ai.birdie.core.ingest.BatchReader;
import ai.birdie.core.ingest.Landing;
import ai.birdie.core.ingest.Redactor;
import ai.birdie.core.ingest.RunListener;
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
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/** One window's transaction on the store's file. */
final class DuckLanding implements Landing {

  private final Database database;
  private final History history;
  private final Feed feed;
  private final Window window;
  private final BufferAllocator allocator;
  private final InstantSource clock;
  private final RunListener listener;
  private final Supplier<Redactor> redactors;
  private final SuppressionList people;
  private final BrokenTexts brokenTexts;
  private final long number;
  private List<Tally> tallies = List.of();
  private Missed missed = Missed.NONE;
  private boolean exact;
  private boolean open = true;

  DuckLanding(
      Database database,
      History history,
      Feed feed,
      Window window,
      BufferAllocator allocator,
      InstantSource clock,
      RunListener listener,
      Supplier<Redactor> redactors,
      SuppressionList people) {
    this.database = database;
    this.history = history;
    this.feed = feed;
    this.window = window;
    this.allocator = allocator;
    this.clock = clock;
    this.listener = listener;
    this.redactors = redactors;
    this.people = people;
    this.brokenTexts = new BrokenTexts(feed, window);
    this.number = Receipts.nextWindow(database);
  }

  @Override
  public Total land(BatchReader batches) {
    LandingTable table = new LandingTable(database, history);
    List<Column> incoming = new ArrayList<>(shapeOf(table, batches));
    if (window instanceof Window.Versions) {
      incoming.removeIf(column -> column.named(BatchReader.CHANGE));
    }
    Contract contract = Contract.of(feed, incoming.stream().map(Column::asSource).toList());
    LandingTable.Fitted fitted = table.fit(feed, incoming, contract.key().columns());
    new Histories(database).keepKey(history, contract.key().columns());
    Judgement judgement = new Judgement(database, history);
    ColumnNews.of(feed, fitted, judgement.presented(), contract).forEach(listener::warning);
    judgement.renew(feed, people);
    Retained retained = new Retained(database, history);
    boolean retainedBefore = retained.exists();
    Merge merge = new Merge(database, history, contract, number, window);
    if (window instanceof Window.Versions versions) {
      tallies = land(versions, incoming, contract, batches, merge);
    } else {
      append(table, incoming, contract, batches);
      brokenTexts.mark(database, table.name(), "_window = " + number);
      tallies = merge.settle();
      missed = merge.missed(window.horizon().reach(feed));
      exact = !(window instanceof Window.Written && merge.isDoubtful());
    }
    retained.release(contract.key());
    if (fitted.changed() || retained.exists() != retainedBefore) {
      KindViews.refresh(database, feed.kind());
    }
    return Tally.total(tallies);
  }

  private List<Tally> land(
      Window.Versions versions,
      List<Column> incoming,
      Contract contract,
      BatchReader batches,
      Merge merge) {
    ChangeEvents events = new ChangeEvents(database, history, versions, number);
    pull(batches, () -> events.keep(judged(incoming, contract)));
    brokenTexts.mark(database, ChangeEvents.EVENTS, "true");
    events.workOut(incoming);
    List<Tally> ends = events.settle(merge.settle());
    exact = events.balances();
    return ends;
  }

  @Override
  public Receipt commit(Proof proof, Control control) {
    Receipt receipt = receipt(proof, control, tallies);
    HeldWindows held = new HeldWindows(database);
    if (held.mustHold(feed, window, tallies)) {
      ContractException refusal = held.hold(feed, window, history, receipt);
      open = false; // by the transaction in which the evidence is kept
      throw refusal;
    }
    held.landed(feed, window);
    return write(receipt, versionHeld());
  }

  /** None, where what was read may be of another version than the rest of what is held. */
  private Optional<TableVersion> versionHeld() {
    return window.landed(new Histories(database).version(history)).filter(version -> exact);
  }

  /** Commits, without reading them, that the source's rows of the window are those of the store. */
  Receipt confirm(ControlTotal held) {
    Total total = held.total();
    Proof nothingRead = new Proof(held.statementId(), total.rows(), 0, 0);
    boolean landed = new LandingTable(database, history).exists();
    List<Tally> ends = landed ? new Differences(database, history).tallies(window) : List.of();
    Optional<TableVersion> version = window.confirmed(new Histories(database).version(history));
    return write(receipt(nothingRead, new Control(held, Standing.PROVED), ends), version);
  }

  /** Lets the rows leave that the source has no longer. */
  Receipt remove(Window.Gone gone, ControlTotal held) {
    Differences differences = new Differences(database, history);
    ControlTotal lacking = held.lacking(differences.kept(gone));
    List<Tally> ends = differences.depart(gone, number);
    new Judgement(database, history).release(feed);
    Proof nothingRead = new Proof(held.statementId(), Tally.total(ends).rows(), 0, 0);
    Optional<TableVersion> version = new Histories(database).version(history);
    return write(receipt(nothingRead, new Control(lacking, Standing.PROVED), ends), version);
  }

  private Receipt receipt(Proof proof, Control control, List<Tally> ends) {
    Receipt receipt =
        new Receipt(
            number,
            feed.name(),
            window.sort(),
            window.describe(),
            window.horizon().clock(),
            window.horizon().reading().way(),
            new Histories(database).reason(history, window.horizon().reading()),
            window.horizon().version().map(TableVersion::number),
            proof,
            control,
            ends,
            missed,
            clock.instant());
    if (!receipt.balances()) {
      throw new IncompleteException(
          "The window %s of %s does not balance: %,d rows were declared, %,d were accounted for, and a control query found %,d."
              .formatted(
                  window.describe(),
                  feed.name(),
                  proof.rows(),
                  Tally.total(ends).rows(),
                  control.asked().total().rows()),
          "Nothing of it was landed. Run the command again; if it comes back, report it.");
    }
    return receipt;
  }

  private Receipt write(Receipt receipt, Optional<TableVersion> version) {
    Receipts.write(database, receipt, history, window.horizon());
    Histories histories = new Histories(database);
    window.covers().ifPresent(interval -> histories.cover(history, interval));
    histories.keepVersion(history, version, window.horizon().reading());
    database.commit();
    open = false;
    return receipt;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      database.rollback();
    }
  }

  private List<Column> shapeOf(LandingTable table, BatchReader batches) {
    IncomingStream.registerShape(database, "shape", schemaOf(batches), allocator);
    return table.describe("shape");
  }

  private static Schema schemaOf(BatchReader batches) {
    try {
      return batches.getVectorSchemaRoot().getSchema();
    } catch (IOException e) {
      throw new IllegalStateException("A window's schema could not be read", e);
    }
  }

  private void append(
      LandingTable table, List<Column> incoming, Contract contract, BatchReader batches) {
    String columns =
        incoming.stream().map(Column::name).map(Sql::name).collect(Collectors.joining(", "));
    pull(
        batches,
        () ->
            database.execute(
                "INSERT INTO %s (%s, _window, _violations) SELECT %s, %s, _violations FROM (%s)"
                    .formatted(
                        table.name(), columns, columns, number, judged(incoming, contract))));
  }

  /** The rows that come, with their violations. */
  private String judged(List<Column> columns, Contract contract) {
    return new Suppression(database, history, people)
        .incoming(columns, ContractSql.violations(contract));
  }

  /** Lets {@code statement} read the batches as the relation {@code incoming}. */
  private void pull(BatchReader batches, Runnable statement) {
    Redacting redacting = Redacting.of(feed, schemaOf(batches), redactors);
    IncomingStream stream =
        IncomingStream.register(database, "incoming", batches, brokenTexts, redacting, allocator);
    try {
      statement.run();
    } catch (StoreException e) {
      stream.rethrowFailure();
      throw e;
    }
  }
}
