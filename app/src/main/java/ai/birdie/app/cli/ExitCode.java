package ai.birdie.app.cli;

import ai.birdie.core.error.AccessException;
import ai.birdie.core.error.BirdieException;
import ai.birdie.core.error.ConfigException;
import ai.birdie.core.error.ContractException;
import ai.birdie.core.error.IncompleteException;
import ai.birdie.core.error.SourceException;
import ai.birdie.core.error.StoreException;

/** What the process says to whoever started it. 69, no suitable JDK, is the launcher's. */
enum ExitCode {
  DONE(0),
  BUG(1),
  USAGE(2),
  ACCESS_REFUSED(3),
  SOURCE_UNAVAILABLE(4),
  CONTRACT_EXCEEDED(5),
  DOES_NOT_BALANCE(6),
  STORE_UNUSABLE(7);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }

  static ExitCode of(BirdieException failure) {
    return switch (failure) {
      case ConfigException e -> USAGE;
      case AccessException e -> ACCESS_REFUSED;
      case SourceException e -> SOURCE_UNAVAILABLE;
      case ContractException e -> CONTRACT_EXCEEDED;
      case IncompleteException e -> DOES_NOT_BALANCE;
      case StoreException e -> STORE_UNUSABLE;
    };
  }
}
