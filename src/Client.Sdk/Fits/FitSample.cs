namespace TopicGrpc.Client.Fits;

/// <summary>What a fit on a sample did, and how the documents that were assigned compare with the sample.</summary>
public sealed record FitSample
{
    /// <summary>Number of documents in the sample.</summary>
    public long Size { get; init; }

    /// <summary>Number of strata.</summary>
    public int StratumCount { get; init; }

    /// <summary>The largest strata, at most 100, largest first.</summary>
    public IReadOnlyList<SampleStratum> Strata { get; init; } = [];

    /// <summary>Share of outliers in the sample, 0 to 1.</summary>
    public double SampledOutlierShare { get; init; }

    /// <summary>Share of outliers among the assigned documents, 0 to 1.</summary>
    public double AssignedOutlierShare { get; init; }

    /// <summary>Mean probability of the documents of the sample that are in a topic.</summary>
    public double SampledMeanProbability { get; init; }

    /// <summary>Mean probability of the assigned documents that are in a topic.</summary>
    public double AssignedMeanProbability { get; init; }

    /// <summary>
    /// Half the sum over the topics of the absolute difference between their shares in the sample and among the assigned documents: 0 for
    /// the same shares, 1 if no topic has documents of both.
    /// </summary>
    public double SizeDifference { get; init; }

    /// <summary>Number of topics found among the outliers of all documents.</summary>
    public int AddedTopicCount { get; init; }
}
