using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Archive;

/// <summary>Content of <c>manifest.json</c>. It is written last, so a folder without it is incomplete.</summary>
public sealed record ArchiveManifest
{
    /// <summary>Format that this build writes and reads.</summary>
    public const int CurrentFormat = 1;

    /// <summary>Format of the folder.</summary>
    public required int Format { get; init; }

    /// <summary>Version of the engine that wrote the archive.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>Encoder of the embeddings.</summary>
    public required EmbedderInfo Encoder { get; init; }

    /// <summary>Settings of the fit.</summary>
    public required TopicModelOptions Options { get; init; }

    /// <summary>Settings of the layout as fitted; null for a model without a layout.</summary>
    public UmapOptions? LayoutOptions { get; init; }

    /// <summary>Settings of the clusters as fitted; null for a model without clusters.</summary>
    public HdbscanOptions? ClusterOptions { get; init; }

    /// <summary>Number of training documents.</summary>
    public required int Documents { get; init; }

    /// <summary>Number of topics without the outlier topic.</summary>
    public required int Topics { get; init; }

    /// <summary>All other files of the folder, by name.</summary>
    public required IReadOnlyList<ArchiveFileEntry> Files { get; init; }

    /// <summary>SHA-256 of the manifest itself, computed with 64 zeros in place of this value.</summary>
    public required string Digest { get; init; }
}
