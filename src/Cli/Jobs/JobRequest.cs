using TopicGrpc.Cli.Input;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Jobs;

/// <summary>A fit job: input, settings and output folder.</summary>
internal sealed record JobRequest
{
    public required InputSurvey Input { get; init; }

    public required string Corpus { get; init; }

    /// <summary>What a new corpus declares about given embeddings; null for nothing.</summary>
    public GivenEmbeddings? GivenEmbeddings { get; init; }

    public required string Model { get; init; }

    public required FitSettings Settings { get; init; }

    /// <summary>Folder for charts, report and documents; created if missing.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Texts to predict after the fit.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];
}
