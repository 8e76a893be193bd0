namespace TopicGrpc.Cli.Settings;

/// <summary>A settings file that cannot be used; the message names file, key and limit on one line.</summary>
internal sealed class SettingsException(string path, string fault) : Exception($"{path}: {fault}");
