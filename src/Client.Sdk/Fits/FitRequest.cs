using TopicGrpc.Client.Settings;

namespace TopicGrpc.Client.Fits;

/// <summary>Request of a fit.</summary>
/// <param name="Model">Model of the new version; created if it does not exist.</param>
/// <param name="Corpus">Corpus of the training documents.</param>
public sealed record FitRequest(string Model, string Corpus)
{
    /// <summary>Settings. Default: <see cref="FitSettings.Auto"/>.</summary>
    public FitSettings Settings { get; init; } = FitSettings.Auto;

    /// <summary>Labels to point at the version when it is ready, such as <c>stable</c>; at most 16.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>
    /// Id that makes a repeated call return the fit of the first, also from another process; at most 64 bytes. Null: a new id per call.
    /// </summary>
    public string? RequestId { get; init; }
}
