using TopicGrpc.Cli.Input;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Jobs;

/// <summary>All of a job: what is read, how it is fitted, where the results go.</summary>
internal sealed record JobRequest
{
    public required InputSource Source { get; init; }

    public required string Corpus { get; init; }

    public required string Model { get; init; }

    public required FitSettings Settings { get; init; }

    /// <summary>Folder that gets the charts, the report and the documents; made when there is none.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Texts to predict afterwards.</summary>
    public IReadOnlyList<string> Texts { get; init; } = [];
}
