package ai.birdie.app.grid;

/** Why a cell is empty. */
enum Why {
  NO_CALL('a', "Decoding is no call: what the network did to a chunk has shown in its download.");

  private final char letter;
  private final String text;

  Why(char letter, String text) {
    this.letter = letter;
    this.text = text;
  }

  String text() {
    return text;
  }

  /** By which the cells of the table point to it. */
  char letter() {
    return letter;
  }
}
