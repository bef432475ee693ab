package ai.birdie.app.config;

import java.util.List;

/** What came of reading a connection file. */
public sealed interface Reading {

  /** The file can be used. */
  record Valid(Connection connection) implements Reading {}

  /** The file must be mended first: all of its faults, in the file's order, at least one. */
  record Faulty(List<Fault> faults) implements Reading {

    public Faulty {
      faults = List.copyOf(faults);
      if (faults.isEmpty()) {
        throw new IllegalArgumentException("A faulty reading has a fault");
      }
    }
  }
}
