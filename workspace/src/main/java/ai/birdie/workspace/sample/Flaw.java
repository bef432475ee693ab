package ai.birdie.workspace.sample;

/** What is wrong with a row; a small share of rows breaks each rule of its kind. */
enum Flaw {
  NONE(9390),
  NULL_KEY(50),
  BLANK_KEY(50),
  RATING_OUT_OF_RANGE(100),
  NO_TEXT(100),
  NULL_CURSOR(100),
  NULL_POSTED_AT(60),
  UNPARSABLE(100),
  IN_THE_FUTURE(50);

  private final int share;

  Flaw(int share) {
    this.share = share;
  }

  static Flaw of(Draw draw) {
    int drawn = draw.below(10_000);
    for (Flaw flaw : values()) {
      drawn -= flaw.share;
      if (drawn < 0) {
        return flaw;
      }
    }
    return NONE;
  }
}
