package ai.birdie.databricks.result;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Arrays that are used again and again, so that a download leaves no garbage. Safe for use by many
 * threads.
 */
public final class Segments {

  static final int SIZE = 256 << 10;

  private final int most;
  private final Deque<byte[]> free = new ArrayDeque<>();

  /** Keeps at most about {@code bytes} that are not in use. */
  public Segments(long bytes) {
    this.most = (int) Math.min(Integer.MAX_VALUE, bytes / SIZE);
  }

  synchronized byte[] take() {
    byte[] segment = free.poll();
    return segment == null ? new byte[SIZE] : segment;
  }

  synchronized void give(byte[] segment) {
    if (free.size() < most) {
      free.push(segment);
    }
  }
}
