namespace TopicGrpc.Cli.Reports;

/// <summary>A line of <c>documents.jsonl</c>.</summary>
/// <param name="Id">Id of the document as the input gives it.</param>
/// <param name="Topic">Its topic; −1 for an outlier.</param>
/// <param name="Uid">Id of the topic that lives through refits; null for an outlier.</param>
/// <param name="Name">Name of the topic.</param>
/// <param name="Probability">Strength of the assignment.</param>
/// <param name="Representative">Whether it stands for its topic.</param>
internal sealed record DocumentLine(string Id, int Topic, string? Uid, string Name, double Probability, bool Representative);
