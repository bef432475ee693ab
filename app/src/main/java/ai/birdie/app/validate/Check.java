package ai.birdie.app.validate;

import static java.util.Objects.requireNonNull;

import ai.birdie.core.error.BirdieException;
import java.util.Optional;

/**
 * One thing that was looked at.
 *
 * @param name what was looked at
 * @param detail what was found, or why it failed or was skipped
 * @param remedy what to do about it, where there is something to do; each statement that is to be
 *     run stands on a line of its own
 * @param failure present where it failed, for whoever must tell the sort of failure
 */
public record Check(
    String name,
    Verdict verdict,
    String detail,
    Optional<String> remedy,
    Optional<BirdieException> failure) {

  /** What came of it. */
  public enum Verdict {
    PASS,
    WARN,
    FAIL,
    SKIPPED
  }

  public Check {
    requireNonNull(name);
    requireNonNull(verdict);
    requireNonNull(detail);
    requireNonNull(remedy);
    if (failure.isPresent() != (verdict == Verdict.FAIL)) {
      throw new IllegalArgumentException("A check has a failure if and only if it failed");
    }
  }

  static Check pass(String name, String detail) {
    return new Check(name, Verdict.PASS, detail, Optional.empty(), Optional.empty());
  }

  static Check warn(String name, String detail, String remedy) {
    return new Check(name, Verdict.WARN, detail, Optional.of(remedy), Optional.empty());
  }

  static Check skipped(String name, String why) {
    return new Check(name, Verdict.SKIPPED, why, Optional.empty(), Optional.empty());
  }

  static Check skipped(String name, String why, String remedy) {
    return new Check(name, Verdict.SKIPPED, why, Optional.of(remedy), Optional.empty());
  }

  static Check fail(String name, BirdieException failure) {
    return new Check(
        name,
        Verdict.FAIL,
        String.valueOf(failure.getMessage()),
        failure.remedy(),
        Optional.of(failure));
  }

  /**
   * @param besides what to do where what the failure says is of no help
   */
  static Check fail(String name, BirdieException failure, String besides) {
    String remedy = failure.remedy().map(first -> first + " " + besides).orElse(besides);
    return new Check(
        name,
        Verdict.FAIL,
        String.valueOf(failure.getMessage()),
        Optional.of(remedy),
        Optional.of(failure));
  }
}
