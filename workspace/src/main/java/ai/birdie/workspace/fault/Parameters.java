package ai.birdie.workspace.fault;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** What a request says of a fault; each throws for a value of another type, or out of range. */
public interface Parameters {
  Optional<String> text(String name);

  OptionalLong number(String name, long least, long most);

  Optional<Duration> duration(String name);
}
