package ai.birdie.databricks.permission;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The API's answers as they come: any part may be missing. */
final class Wire {

  private Wire() {}

  /** The elements that are there of a list that may not be. */
  static <T> List<T> list(@Nullable List<@Nullable T> elements) {
    return elements == null ? List.of() : elements.stream().filter(Objects::nonNull).toList();
  }

  record Me(@Nullable String userName, @Nullable List<@Nullable Group> groups) {}

  record Group(@Nullable String display) {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Shown(@Nullable String owner, @Nullable String tableType) {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Permissions(
      @Nullable List<@Nullable PrivilegeAssignment> privilegeAssignments,
      @Nullable String nextPageToken) {}

  record PrivilegeAssignment(
      @Nullable String principal, @Nullable List<@Nullable Privilege> privileges) {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Privilege(@Nullable String privilege, @Nullable String inheritedFromType) {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record AccessControls(@Nullable List<@Nullable AccessControl> accessControlList) {}

  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record AccessControl(
      @Nullable String userName,
      @Nullable String groupName,
      @Nullable String servicePrincipalName,
      @Nullable List<@Nullable Level> allPermissions) {

    /** Whom it is about, by the name that it has for the sort of principal. */
    Optional<String> principal() {
      return Stream.of(
              Optional.ofNullable(userName),
              Optional.ofNullable(groupName),
              Optional.ofNullable(servicePrincipalName))
          .flatMap(Optional::stream)
          .findFirst();
    }
  }

  record Level(@JsonProperty("permission_level") @Nullable String level) {}
}
