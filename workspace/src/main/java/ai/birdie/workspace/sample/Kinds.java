package ai.birdie.workspace.sample;

import java.util.ArrayList;
import java.util.List;

/** All kinds of sample rows. */
final class Kinds {
  private Kinds() {}

  static List<Kind> all(Setting setting) {
    List<Kind> kinds = new ArrayList<>();
    for (Surveys.Sort sort : Surveys.Sort.values()) {
      kinds.add(new Surveys(sort, setting));
    }
    for (Conversations.Sort sort : Conversations.Sort.values()) {
      kinds.add(new Conversations(sort, setting));
    }
    kinds.add(new Accounts(setting));
    kinds.add(new Users(setting));
    kinds.add(new Products(setting));
    return kinds;
  }
}
