namespace TopicGrpc.Cli.Exports;

/// <summary>The file of an export.</summary>
/// <param name="Path">Path; its extension chooses the format.</param>
/// <param name="Replace">Whether an existing file is replaced.</param>
internal sealed record ExportTarget(string Path, bool Replace);
