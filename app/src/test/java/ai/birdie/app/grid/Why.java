package ai.birdie.app.grid;

/** Why a cell is empty. */
enum Why {
  NO_CALL('a', "Decoding is no call: what the network did to a chunk has shown in its download."),
  FIRST_CALL(
      'b',
      "These calls go to the token's host, by the same client: what keeps a connection from being made keeps"
          + " the first call from being made."),
  NO_STATEMENT('c', "Nothing of a statement is in what comes."),
  NO_LINKS('d', "Nothing of a link is in what comes."),
  TOKEN_ONLY('e', "Only the answer to a call for a token has this in it."),
  BY_THE_SECRET(
      'f', "No token is sent with this call: here the same status is about the client's secret."),
  SUBMIT_ONLY(
      'g', "Only a submission starts something. Other answers that are lost are 4, 5, and 9."),
  SUBMIT_FIRST('h', "Whatever a statement's rows are, they show when they are decoded."),
  POLLED_OFTEN(
      'i',
      "Birdie polls every few seconds. Where the computer slept for longer, the next poll is answered as in 18."),
  INLINE_ONLY(
      'j',
      "Rows come inline only where the storage is out of reach; their statements are judged as in 22."),
  NO_GATEWAY('k', "The storage has no such right, status, or state."),
  NO_JSON('l', "Nothing that comes is JSON."),
  STORAGE_ALONE('m', "These calls are not the storage's; the row above has them.");

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
