package ai.birdie.workspace;

import java.nio.file.Path;
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
 * @param switches the options without a value that were given
 */
record Options(
    int port,
    Optional<Path> data,
    Optional<Path> state,
    int rows,
    long seed,
    long chunkRows,
    Set<Switch> switches) {
  /** Options without a value. */
  enum Switch {
    /** Stop when standard input ends, as it does when the parent process dies. */
    UNTIL_STDIN_CLOSES("--until-stdin-closes"),
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
        --until-stdin-closes   stop when standard input ends
      """;

  private static final Set<String> WITH_VALUE =
      Set.of("--port", "--data", "--state", "--rows", "--seed", "--chunk-rows");
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
        switches);
  }

  boolean has(Switch option) {
    return switches.contains(option);
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
