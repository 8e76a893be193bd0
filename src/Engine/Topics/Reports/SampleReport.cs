namespace TopicGrpc.Engine.Topics.Reports;

/// <summary>What a fit on a sample did, and how the documents that were assigned compare with the sample.</summary>
public sealed record SampleReport
{
    /// <summary>Maximum number of strata in a report.</summary>
    public const int MostStrata = 100;

    /// <summary>Number of documents in the sample.</summary>
    public required int Size { get; init; }

    /// <summary>Number of strata.</summary>
    public required int StratumCount { get; init; }

    /// <summary>The largest strata, at most 100, largest first; equal ones by name.</summary>
    public required IReadOnlyList<SampleStratum> Strata { get; init; }

    /// <summary>Share of outliers among the documents of the sample, 0 to 1.</summary>
    public required double SampledOutlierShare { get; init; }

    /// <summary>Share of outliers among the assigned documents, 0 to 1.</summary>
    public required double AssignedOutlierShare { get; init; }

    /// <summary>Mean probability of the documents of the sample that are in a topic; 0 if none is.</summary>
    public required double SampledMeanProbability { get; init; }

    /// <summary>Mean probability of the assigned documents that are in a topic; 0 if none is.</summary>
    public required double AssignedMeanProbability { get; init; }

    /// <summary>
    /// Difference between the sizes of the topics in the sample and among the assigned documents: half the sum over the topics of the
    /// absolute difference of their shares (total variation). 0: the same shares; 1: no common topic.
    /// </summary>
    public required double SizeDifference { get; init; }

    /// <summary>Number of topics found among the outliers of all documents.</summary>
    public required int AddedTopics { get; init; }
}
