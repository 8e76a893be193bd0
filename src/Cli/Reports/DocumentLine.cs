namespace TopicGrpc.Cli.Reports;

/// <summary>A line of <c>documents.jsonl</c>.</summary>
/// <param name="Id">Id of the document in the input.</param>
/// <param name="Topic">Number of its topic; −1 for an outlier.</param>
/// <param name="Uid">Identity of the topic across versions; null for an outlier.</param>
/// <param name="Name">Name of the topic.</param>
/// <param name="Probability">Probability of the assignment, 0 to 1.</param>
/// <param name="Representative">Whether it is a representative document of its topic.</param>
internal sealed record DocumentLine(string Id, int Topic, string? Uid, string Name, double Probability, bool Representative);
