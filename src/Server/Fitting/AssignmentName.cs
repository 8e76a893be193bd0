using TopicGrpc.Shared;

namespace TopicGrpc.Server.Fitting;

/// <summary>Identity of an assignment: the topics of the documents of one corpus by one version.</summary>
/// <param name="CorpusId">Id of the corpus.</param>
/// <param name="ModelId">Id of the model.</param>
/// <param name="Version">Number of the version.</param>
internal readonly record struct AssignmentName(string CorpusId, string ModelId, long Version)
{
    /// <summary>Resource name of the corpus.</summary>
    public string CorpusName => ResourceNames.Corpus(CorpusId);

    /// <summary>Resource name of the version.</summary>
    public string VersionName => ResourceNames.Version(ModelId, Version);
}
