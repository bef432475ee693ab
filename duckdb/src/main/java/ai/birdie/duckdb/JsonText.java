package ai.birdie.duckdb;

/** A value of type JSON, as the text that it is. */
public record JsonText(String text) {

  @Override
  public String toString() {
    return text;
  }
}
