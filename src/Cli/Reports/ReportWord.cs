namespace TopicGrpc.Cli.Reports;

/// <summary>A word of a topic and its weight.</summary>
internal sealed record ReportWord(string Word, double Score);
