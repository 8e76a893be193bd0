namespace TopicGrpc.Client.Fits;

/// <summary>A setting that the server chose.</summary>
/// <param name="Setting">Path of the setting with Python's names, such as <c>hdbscan.min_cluster_size</c>.</param>
/// <param name="Value">Chosen value.</param>
/// <param name="Reason">Reason in one sentence.</param>
public sealed record SettingChoice(string Setting, string Value, string Reason);
