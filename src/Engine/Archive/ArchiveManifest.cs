using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Archive;

/// <summary>What <c>manifest.json</c> says of an archived model. It is written last, so a folder without it is unfinished.</summary>
public sealed record ArchiveManifest
{
    /// <summary>Format that this build writes and the newest that it reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Version of the layout of the folder.</summary>
    public required int Format { get; init; }

    /// <summary>Version of the engine that wrote it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>Encoder that made the model's vectors.</summary>
    public required EmbedderInfo Encoder { get; init; }

    /// <summary>Settings of the fit.</summary>
    public required TopicModelOptions Options { get; init; }

    /// <summary>Settings of the layout as fitted; null in a model without one.</summary>
    public UmapOptions? LayoutOptions { get; init; }

    /// <summary>Settings of the clusters as fitted; null in a model without them.</summary>
    public HdbscanOptions? ClusterOptions { get; init; }

    /// <summary>Training documents.</summary>
    public required int Documents { get; init; }

    /// <summary>Topics, the outlier topic not counted.</summary>
    public required int Topics { get; init; }

    /// <summary>Every other file of the folder, by name.</summary>
    public required IReadOnlyList<ArchiveFileEntry> Files { get; init; }

    /// <summary>SHA-256 of the manifest itself, read with this value as 64 zeros.</summary>
    public required string Digest { get; init; }
}
