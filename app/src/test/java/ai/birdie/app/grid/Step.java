package ai.birdie.app.grid;

import ai.birdie.testkit.fault.Phase;
import java.util.Locale;

/** A column of the grid: where in a run something fails. */
enum Step {
  TOKEN(Phase.TOKEN, "token"),
  SUBMIT(Phase.SUBMIT, "execute"),
  POLL(Phase.POLL, "poll"),
  LINK(Phase.LINK, "chunk"),
  DOWNLOAD(Phase.DOWNLOAD, "download"),
  /** A chunk that came as the storage sent it. */
  DECODE(Phase.DOWNLOAD, "download");

  /** The calls of the API. */
  static final Step[] API = {TOKEN, SUBMIT, POLL, LINK};

  /** The calls of the API that carry a token. */
  static final Step[] WITH_TOKEN = {SUBMIT, POLL, LINK};

  /** The calls that may answer with a statement and its result. */
  static final Step[] RESULT = {SUBMIT, POLL};

  static final Step[] CALLS = {TOKEN, SUBMIT, POLL, LINK, DOWNLOAD};

  private final Phase call;
  private final String target;

  Step(Phase call, String target) {
    this.call = call;
    this.target = target;
  }

  /** The call with which it fails. */
  Phase call() {
    return call;
  }

  /** The same as the workspace's control panel calls it. */
  String target() {
    return target;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
