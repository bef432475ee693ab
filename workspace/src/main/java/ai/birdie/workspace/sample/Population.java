package ai.birdie.workspace.sample;

import java.io.Serializable;

/**
 * How many there are of what: enough accounts and users that rows join, and few enough that several
 * rows share one.
 */
record Population(int rows, int accounts, int users, int products) implements Serializable {
  private static final int PRODUCTS = 24;

  static Population of(int rows) {
    return new Population(rows, Math.max(20, rows / 10), Math.max(50, rows * 2 / 5), PRODUCTS);
  }
}
