namespace TopicGrpc.Client.Maintenance;

/// <summary>Result of a verification of all stored data.</summary>
/// <param name="Problems">Problems; at most about 1,000, while the counts include all.</param>
/// <param name="CorpusCount">Corpora that were read.</param>
/// <param name="DocumentCount">Documents in them.</param>
/// <param name="VersionCount">Versions whose files were read.</param>
/// <param name="ReadBytes">Bytes that were read.</param>
/// <param name="ErrorCount">Problems that mean damaged or missing data.</param>
/// <param name="WarningCount">Problems without a loss.</param>
public sealed record DataVerification(
    IReadOnlyList<DataProblem> Problems,
    int CorpusCount,
    long DocumentCount,
    int VersionCount,
    long ReadBytes,
    int ErrorCount,
    int WarningCount);
