package ai.birdie.workspace.sample;

/** The ids by which rows of different tables join. */
final class Ids {
  private Ids() {}

  static String account(long number) {
    return "acct-%05d".formatted(number);
  }

  static String user(long number) {
    return "user-%06d".formatted(number);
  }

  static String product(long number) {
    return "prod-%03d".formatted(number);
  }

  /** Each user is of one account. */
  static String accountOfUser(long user, Population population) {
    return account(user % population.accounts());
  }
}
