package dev.skep.provider.service;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What the system is to keep running.
 *
 * @param name of the unit, without an ending: {@code skep-01a20380}
 * @param command the program with its arguments; the program's path is absolute
 * @param environment what the process gets besides the service manager's own
 */
public record ServiceUnit(String name, List<String> command, Map<String, String> environment) {
  /** A connector that leaves finishes its jobs first, for a minute and a bit. */
  private static final int STOP_SECONDS = 150;

  public ServiceUnit {
    if (!name.matches("[a-z0-9-]{1,60}")) {
      throw new IllegalArgumentException("a service's name is lower case: " + name);
    }
    command = List.copyOf(command);
    environment = Map.copyOf(environment);
  }

  /**
   * The text of a systemd user unit. Only hardening that needs no namespaces: it holds anywhere.
   */
  public String systemd() {
    String variables =
        sorted().stream()
            .map(e -> "Environment=" + systemdWord(e.getKey() + "=" + e.getValue()) + "\n")
            .collect(Collectors.joining());
    String line = command.stream().map(ServiceUnit::systemdWord).collect(Collectors.joining(" "));
    return """
        [Unit]
        Description=Skep connector (%1$s)
        StartLimitIntervalSec=600
        StartLimitBurst=10

        [Service]
        ExecStart=%2$s
        %3$sRestart=on-failure
        RestartSec=10
        # 2 and 3: wrong words or a refusal; another try would end the same.
        RestartPreventExitStatus=2 3
        # A connector that is asked to leave ends as if it were interrupted.
        SuccessExitStatus=130 143
        KillMode=mixed
        TimeoutStopSec=%4$d
        NoNewPrivileges=yes
        UMask=0077
        LockPersonality=yes
        RestrictRealtime=yes
        RestrictSUIDSGID=yes
        RestrictNamespaces=yes
        RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
        SystemCallArchitectures=native
        SystemCallFilter=@system-service
        SystemCallErrorNumber=EPERM

        [Install]
        WantedBy=default.target
        """
        .formatted(name, line, variables, STOP_SECONDS);
  }

  /** A word of a unit file: specifiers, variables, quotes and ends of lines mean themselves. */
  private static String systemdWord(String text) {
    String escaped =
        text.replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("%", "%%")
            .replace("$", "$$");
    return '"' + escaped + '"';
  }

  /** The text of a launchd agent's property list. */
  public String launchd(String logFile) {
    String arguments =
        command.stream()
            .map(word -> "    <string>" + xml(word) + "</string>\n")
            .collect(Collectors.joining());
    String variables =
        sorted().stream()
            .map(
                e ->
                    "    <key>%s</key><string>%s</string>\n"
                        .formatted(xml(e.getKey()), xml(e.getValue())))
            .collect(Collectors.joining());
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
        <plist version="1.0">
        <dict>
          <key>Label</key><string>dev.%1$s</string>
          <key>ProgramArguments</key>
          <array>
        %2$s  </array>
          <key>EnvironmentVariables</key>
          <dict>
        %3$s  </dict>
          <key>RunAtLoad</key><true/>
          <key>KeepAlive</key>
          <dict><key>SuccessfulExit</key><false/></dict>
          <key>ThrottleInterval</key><integer>10</integer>
          <key>ExitTimeOut</key><integer>%4$d</integer>
          <key>Umask</key><integer>63</integer>
          <key>ProcessType</key><string>Background</string>
          <key>StandardErrorPath</key><string>%5$s</string>
          <key>StandardOutPath</key><string>%5$s</string>
        </dict>
        </plist>
        """
        .formatted(name, arguments, variables, STOP_SECONDS, xml(logFile));
  }

  private static String xml(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private List<Map.Entry<String, String>> sorted() {
    return environment.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList();
  }
}
