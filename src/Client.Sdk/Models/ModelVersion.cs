using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Operations;

namespace TopicGrpc.Client.Models;

/// <summary>One fitted model; it never changes.</summary>
public sealed record ModelVersion
{
    /// <summary>Model it belongs to.</summary>
    public required string Model { get; init; }

    /// <summary>Number, from 1; never used twice.</summary>
    public required long Version { get; init; }

    /// <summary>State in the server that answered.</summary>
    public required VersionState State { get; init; }

    /// <summary>Why it cannot serve; empty unless it has failed.</summary>
    public string ErrorMessage { get; init; } = "";

    /// <summary>Topics, the outliers not counted.</summary>
    public int TopicCount { get; init; }

    /// <summary>Documents it was fitted on.</summary>
    public long DocumentCount { get; init; }

    /// <summary>Share of them in no topic, 0 to 1.</summary>
    public double OutlierShare { get; init; }

    /// <summary>
    /// Report of the fit; null where the server has none. Its settings are empty in lists and watches: <see cref="ModelsClient.GetVersionAsync"/>
    /// returns them.
    /// </summary>
    public FitReport? Report { get; init; }

    /// <summary>SHA-256 of the encoder's weights, lower-case hexadecimal.</summary>
    public string EncoderSha256 { get; init; } = "";

    /// <summary>Calls that hold it.</summary>
    public long ActiveLeases { get; init; }

    /// <summary>When it was fitted.</summary>
    public DateTimeOffset? Created { get; init; }

    /// <summary>Time that loading took; zero for a version fitted since the server started.</summary>
    public TimeSpan LoadTime { get; init; }

    /// <summary>Fit that made it; empty for a version that was imported.</summary>
    public string Fit { get; init; } = "";

    /// <summary>Version that it was derived from; null for a version that was fitted.</summary>
    public long? ParentVersion { get; init; }

    /// <summary>
    /// Operation that derived it; null for a version that was fitted. Only <see cref="ModelsClient.GetVersionAsync"/> returns it; null elsewhere.
    /// </summary>
    public VersionOperation? Operation { get; init; }

    /// <summary>Where it came from; null for a version that was made by the server.</summary>
    public ModelSource? ImportedFrom { get; init; }
}
