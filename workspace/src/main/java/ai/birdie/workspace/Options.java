package ai.birdie.workspace;

import ai.birdie.workspace.statement.Warehouse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the command line asks for.
 *
 * @param port the port to listen on; 0 for any that is free
 * @param data files to serve instead of sample data
 * @param state where tables, grants, and credentials are kept from one start to the next
 * @param rows sample rows of each kind
 * @param seed what sample data is drawn from
 * @param chunkRows the most rows in one chunk behind a link
 * @param warehouse how the SQL warehouse behaves
 * @param tokenLifetime how long issued tokens hold
 * @param switches the options without a value that were given
 */
record Options(
    int port,
    Optional<Path> data,
    Optional<Path> state,
    int rows,
    long seed,
    long chunkRows,
    Warehouse.Behaviour warehouse,
    Duration tokenLifetime,
    Set<Switch> switches) {
  /** Options without a value. */
  enum Switch {
    /** Stop when standard input ends, as it does when the parent process dies. */
    UNTIL_STDIN_CLOSES("--until-stdin-closes"),
    /** Let the first statement start the warehouse. */
    WAREHOUSE_STOPPED("--warehouse-stopped"),
    /** Answer 503 as long as the warehouse starts, rather than let statements wait. */
    WAREHOUSE_REFUSES("--warehouse-refuses"),
    /** Run some statements of each sort, and stop: what a cache of classes is made from. */
    TRAIN("--train");

    private final String option;

    Switch(String option) {
      this.option = option;
    }
  }

  static final String USAGE =
      """
      usage: workspace [options]
        --port N               listen on this port of 127.0.0.1 (default: any that is free)
        --data DIR             serve its CSV and Parquet files as tables main.feedback.<name>,
                               instead of sample data
        --state DIR            keep tables, grants, and credentials there (default: a temporary folder)
        --rows N               sample rows of each kind (default 2000)
        --seed N               what sample data is drawn from (default 7)
        --chunk-rows N         most rows in one chunk of a large result (default 200000)
        --warehouse-start-seconds N  what the warehouse takes to start and to stop (default 0)
        --warehouse-stopped    begin with a stopped warehouse: the first statement starts it
        --warehouse-refuses    answer statements 503 while it starts, rather than let them wait
        --token-lifetime-seconds N   how long OAuth tokens hold (default 3600)
        --until-stdin-closes   stop when standard input ends
      """;

  private static final Set<String> WITH_VALUE =
      Set.of(
          "--port",
          "--data",
          "--state",
          "--rows",
          "--seed",
          "--chunk-rows",
          "--warehouse-start-seconds",
          "--token-lifetime-seconds");
  private static final long MOST_SECONDS = 365L * 24 * 3600;
  private static final int MOST_ROWS = 10_000_000;

  Options {
    switches = Set.copyOf(switches);
  }

  /**
   * @throws IllegalArgumentException saying what is wrong
   */
  static Options parse(List<String> arguments) {
    Map<String, String> values = new HashMap<>();
    Set<Switch> switches = new HashSet<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      Optional<Switch> known =
          Set.of(Switch.values()).stream().filter(s -> s.option.equals(argument)).findFirst();
      if (known.isPresent()) {
        switches.add(known.get());
      } else if (!WITH_VALUE.contains(argument)) {
        throw new IllegalArgumentException("unknown option: " + argument);
      } else if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException(argument + " needs a value");
      } else {
        i++;
        values.put(argument, arguments.get(i));
      }
    }
    return new Options(
        (int) number(values, "--port", 0, 0, 65_535),
        Optional.ofNullable(values.get("--data")).map(Path::of),
        Optional.ofNullable(values.get("--state")).map(Path::of),
        (int) number(values, "--rows", 2000, 1, MOST_ROWS),
        number(values, "--seed", 7, Long.MIN_VALUE, Long.MAX_VALUE),
        number(values, "--chunk-rows", 200_000, 1, 200_000),
        warehouse(values, switches),
        Duration.ofSeconds(number(values, "--token-lifetime-seconds", 3600, 1, MOST_SECONDS)),
        switches);
  }

  boolean has(Switch option) {
    return switches.contains(option);
  }

  private static Warehouse.Behaviour warehouse(Map<String, String> values, Set<Switch> switches) {
    return new Warehouse.Behaviour(
        switches.contains(Switch.WAREHOUSE_STOPPED)
            ? Warehouse.State.STOPPED
            : Warehouse.State.RUNNING,
        Duration.ofSeconds(number(values, "--warehouse-start-seconds", 0, 0, MOST_SECONDS)),
        switches.contains(Switch.WAREHOUSE_REFUSES)
            ? Warehouse.Early.IS_REFUSED
            : Warehouse.Early.WAITS);
  }

  private static long number(
      Map<String, String> values, String option, long otherwise, long least, long most) {
    String text = values.get(option);
    if (text == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new IllegalArgumentException(
        option + " must be a number from " + least + " to " + most + ", not " + text);
  }
}
