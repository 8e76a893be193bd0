using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Operations;

namespace TopicGrpc.Client.Models;

/// <summary>A version of a model. A version is immutable.</summary>
public sealed record ModelVersion
{
    /// <summary>Id of the model.</summary>
    public required string Model { get; init; }

    /// <summary>Number, from 1; never reused.</summary>
    public required long Version { get; init; }

    /// <summary>State on the server.</summary>
    public required VersionState State { get; init; }

    /// <summary>Cause of the failure; empty unless the state is failed.</summary>
    public string ErrorMessage { get; init; } = "";

    /// <summary>Number of topics without the outliers.</summary>
    public int TopicCount { get; init; }

    /// <summary>Number of training documents.</summary>
    public long DocumentCount { get; init; }

    /// <summary>Share of the outliers among the documents, 0 to 1.</summary>
    public double OutlierShare { get; init; }

    /// <summary>
    /// Report of the fit; null if the server has none. Its settings are empty in lists and watches;
    /// <see cref="ModelsClient.GetVersionAsync"/> returns them.
    /// </summary>
    public FitReport? Report { get; init; }

    /// <summary>SHA-256 of the encoder's weights, lower-case hexadecimal; empty with <see cref="GivenEmbeddings"/>.</summary>
    public string EncoderSha256 { get; init; } = "";

    /// <summary>
    /// Embeddings of clients on which the version was fitted; null for embeddings of the server. Such a version answers an embedding, and
    /// rejects a text.
    /// </summary>
    public GivenEmbeddings? GivenEmbeddings { get; init; }

    /// <summary>Number of leases that calls hold on the version.</summary>
    public long ActiveLeases { get; init; }

    /// <summary>Creation time.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Load time; zero for a version fitted since the start of the server.</summary>
    public TimeSpan LoadTime { get; init; }

    /// <summary>Id of the fit; empty for an imported version.</summary>
    public string Fit { get; init; } = "";

    /// <summary>Number of the parent version; null for a fitted version.</summary>
    public long? ParentVersion { get; init; }

    /// <summary>
    /// Operation that derived the version; null for a fitted version. Only <see cref="ModelsClient.GetVersionAsync"/> returns it; elsewhere
    /// it is null.
    /// </summary>
    public VersionOperation? Operation { get; init; }

    /// <summary>Origin of an imported version; null for others.</summary>
    public ModelSource? ImportedFrom { get; init; }

    /// <summary>
    /// Caller that started the fit, the derivation or the import, such as <c>keys/k7mh2p</c>; <c>anonymous</c> on a server without
    /// authentication, empty for a version of an older server.
    /// </summary>
    public string CreatedBy { get; init; } = "";
}
