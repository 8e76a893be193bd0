using TopicGrpc.Load.Clusters;

namespace TopicGrpc.Load.Scenarios;

/// <summary>Durations and counts of a run.</summary>
internal sealed record LoadPlan
{
    /// <summary>Long enough for a smoke test, too short for a reliable 99th percentile.</summary>
    public static LoadPlan Short { get; } = new()
    {
        Closed = TimeSpan.FromSeconds(3),
        StreamTexts = 300,
        MoveWindows = 4,
        MoveWindow = TimeSpan.FromSeconds(2.5),
        Overload = TimeSpan.FromSeconds(10),
        CanceledCalls = 1000,
        BesideFit = TimeSpan.FromSeconds(10),
        MemoryCalls = 5000,
        Rollbacks = 200,
        Kills = 3,
        KillDocuments = 15_000,
        VectorDocuments = 50_000,
        Soak = TimeSpan.FromMinutes(2),
        MapDocuments = 100_000,
        MapFrames = 60,
        Cluster = ClusterPlan.Short,
    };

    /// <summary>Durations and counts that the targets require.</summary>
    public static LoadPlan Full { get; } = new()
    {
        Closed = TimeSpan.FromSeconds(10),
        StreamTexts = 2000,
        MoveWindows = 10,
        MoveWindow = TimeSpan.FromSeconds(10),
        Overload = TimeSpan.FromSeconds(60),
        CanceledCalls = 10_000,
        BesideFit = TimeSpan.FromSeconds(45),
        MemoryCalls = 72_000,
        Rollbacks = 1000,
        Kills = 20,
        KillDocuments = 100_000,
        VectorDocuments = 1_000_000,
        Soak = TimeSpan.FromMinutes(30),
        MapDocuments = 1_000_000,
        MapFrames = 240,
        Cluster = ClusterPlan.Full,
    };

    /// <summary>Number of documents with embeddings that are uploaded or assigned.</summary>
    public required int VectorDocuments { get; init; }

    /// <summary>Duration of a closed loop.</summary>
    public required TimeSpan Closed { get; init; }

    /// <summary>Number of texts of the stream.</summary>
    public required int StreamTexts { get; init; }

    /// <summary>Number of windows of each half of the label moves and of the shadow scenario; every second window is without.</summary>
    public required int MoveWindows { get; init; }

    public required TimeSpan MoveWindow { get; init; }

    public required TimeSpan Overload { get; init; }

    public required int CanceledCalls { get; init; }

    /// <summary>Duration of each open loop, without and with a fit.</summary>
    public required TimeSpan BesideFit { get; init; }

    /// <summary>Number of answered calls before the memory is measured: an hour at twenty per second.</summary>
    public required int MemoryCalls { get; init; }

    public required int Rollbacks { get; init; }

    /// <summary>Number of kills during an upload or an assignment.</summary>
    public required int Kills { get; init; }

    /// <summary>Number of documents of the upload with kills.</summary>
    public required int KillDocuments { get; init; }

    public required TimeSpan Soak { get; init; }

    /// <summary>Number of documents of the largest map.</summary>
    public required int MapDocuments { get; init; }

    /// <summary>Frames of each movement of a map.</summary>
    public required int MapFrames { get; init; }

    /// <summary>The cluster scenarios.</summary>
    public required ClusterPlan Cluster { get; init; }

    /// <summary>Parts of names; the attacks whose names contain one of them run. Empty: all.</summary>
    public IReadOnlyList<string> Attacks { get; init; } = [];
}
