namespace TopicGrpc.Cli.Exports;

/// <summary>What an export wrote.</summary>
internal sealed record ExportResult(string Model, long Version, string File, long Rows, IReadOnlyList<string> Columns);
