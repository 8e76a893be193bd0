using TopicGrpc.Client.Settings;

namespace TopicGrpc.Client.Fits;

/// <summary>What to fit.</summary>
/// <param name="Model">Model that gets the version; made when there is none.</param>
/// <param name="Corpus">Corpus to fit on.</param>
public sealed record FitRequest(string Model, string Corpus)
{
    /// <summary>Settings. Default: <see cref="FitSettings.Auto"/>.</summary>
    public FitSettings Settings { get; init; } = FitSettings.Auto;

    /// <summary>Labels to set to the version once it is ready, such as <c>stable</c>; at most 16.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Makes a repeated call return the first one's fit, also from another process; at most 64 bytes. Null: the client makes one for the call and its retries.</summary>
    public string? RequestId { get; init; }
}
