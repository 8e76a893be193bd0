namespace TopicGrpc.Cli.Settings;

/// <summary>An invalid settings file; the message contains file, key and limit on one line.</summary>
internal sealed class SettingsException(string path, string fault) : Exception($"{path}: {fault}");
