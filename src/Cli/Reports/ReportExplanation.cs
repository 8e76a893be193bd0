using TopicGrpc.Client.Predictions;

namespace TopicGrpc.Cli.Reports;

/// <summary>A machine-readable explanation.</summary>
internal sealed record ReportExplanation
{
    public required string Model { get; init; }

    public required long Version { get; init; }

    public required ReportPrediction Prediction { get; init; }

    /// <summary>Number of the explained topic.</summary>
    public required int Topic { get; init; }

    public required string Name { get; init; }

    public required double Margin { get; init; }

    public required int? NextTopic { get; init; }

    /// <summary>Distribution of the text over the topics, by topic number.</summary>
    public required IReadOnlyDictionary<int, double> Distribution { get; init; }

    public required IReadOnlyList<SharedTerm> SharedTerms { get; init; }

    public required IReadOnlyList<string> RepresentativeDocuments { get; init; }

    /// <summary>Null unless requested.</summary>
    public required IReadOnlyList<TokenTopics>? Tokens { get; init; }

    public static ReportExplanation Of(string text, Explanation explanation) => new()
    {
        Model = explanation.Prediction.Model,
        Version = explanation.Prediction.Version,
        Prediction = ReportPrediction.Of(text, explanation.Prediction),
        Topic = explanation.TopicId,
        Name = explanation.TopicName,
        Margin = explanation.Margin,
        NextTopic = explanation.NextTopicId,
        Distribution = explanation.Distribution,
        SharedTerms = explanation.SharedTerms,
        RepresentativeDocuments = [.. explanation.RepresentativeDocuments.Select(document => document.Text)],
        Tokens = explanation.Tokens.Count == 0 ? null : explanation.Tokens,
    };
}
