using TopicGrpc.Engine.Topics.Checkpoints;
using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Engine.Tests.Topics.Checkpoints;

/// <summary>Checkpoints in memory, which a test can remove and damage.</summary>
internal sealed class MemoryCheckpoints : IStageCheckpoints
{
    /// <summary>Content by stage.</summary>
    public Dictionary<FitStage, byte[]> Contents { get; } = [];

    /// <summary>Stages whose content was used.</summary>
    public List<FitStage> Read { get; } = [];

    /// <summary>Stages whose content was stored.</summary>
    public List<FitStage> Stored { get; } = [];

    /// <summary>Stages whose content was rejected.</summary>
    public List<FitStage> Rejected { get; } = [];

    /// <summary>Returns checkpoints with some of the contents.</summary>
    public MemoryCheckpoints Only(params FitStage[] stages)
    {
        MemoryCheckpoints copy = new();
        foreach (FitStage stage in stages)
        {
            copy.Contents[stage] = [.. Contents[stage]];
        }

        return copy;
    }

    public bool TryRead(FitStage stage, Action<Stream> read, CancellationToken cancellationToken)
    {
        if (!Contents.TryGetValue(stage, out byte[]? content))
        {
            return false;
        }

        try
        {
            using MemoryStream stream = new(content, writable: false);
            read(stream);
            Read.Add(stage);
            return true;
        }
        catch (InvalidDataException)
        {
            Rejected.Add(stage);
            return false;
        }
    }

    public void Store(FitStage stage, TimeSpan duration, Action<Stream> write, CancellationToken cancellationToken)
    {
        using MemoryStream stream = new();
        write(stream);
        Contents[stage] = stream.ToArray();
        Stored.Add(stage);
    }
}
