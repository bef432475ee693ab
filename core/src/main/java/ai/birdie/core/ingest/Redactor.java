package ai.birdie.core.ingest;

import java.nio.ByteBuffer;

/**
 * Takes personal data out of texts, before anything of them is stored. The same text always becomes
 * the same. Used by one thread at a time, though not always by the same one.
 */
public interface Redactor {

  /** What stands where something was taken out. */
  String MARK = "[REDACTED]";

  /**
   * Whether a text, as UTF-8, is worth looking at: a quick look that may be wrongly true, and is
   * never false for a text that {@link #redact} would change.
   */
  boolean isSuspect(ByteBuffer text);

  /** The text with {@link #MARK} in place of each piece of personal data. */
  String redact(String text);
}
