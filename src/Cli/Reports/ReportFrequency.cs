namespace TopicGrpc.Cli.Reports;

/// <summary>Number of training documents of a topic.</summary>
internal sealed record ReportFrequency(int Topic, long Count);
