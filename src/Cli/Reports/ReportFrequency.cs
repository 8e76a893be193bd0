namespace TopicGrpc.Cli.Reports;

/// <summary>How many training documents a topic has.</summary>
internal sealed record ReportFrequency(int Topic, long Count);
