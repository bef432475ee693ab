package ai.birdie.core.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root of everything that can go wrong in a way that somebody can mend. Its children differ by
 * what the reader should do; anything else that is thrown is a bug.
 *
 * <p>A message says what failed and why, with names; the remedy says what to do next. Neither holds
 * a secret, a link's query, or the content of a row.
 */
public abstract sealed class BirdieException extends RuntimeException
    permits AccessException,
        ConfigException,
        ContractException,
        IncompleteException,
        SourceException,
        StoreException {

  private final @Nullable String remedy;

  BirdieException(String message, @Nullable String remedy, @Nullable Throwable cause) {
    super(message, cause);
    this.remedy = remedy;
  }

  /** What a run may try before it gives up. */
  public Recovery recovery() {
    return Recovery.NONE;
  }

  /** What to do next, as a sentence or a command, without a closing line break. */
  public final Optional<String> remedy() {
    return Optional.ofNullable(remedy);
  }
}
