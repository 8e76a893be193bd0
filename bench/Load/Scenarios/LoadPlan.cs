namespace TopicGrpc.Load.Scenarios;

/// <summary>How long, how many.</summary>
internal sealed record LoadPlan
{
    /// <summary>Long enough to see that everything runs, too short for a 99th percentile that means much.</summary>
    public static LoadPlan Short { get; } = new()
    {
        Closed = TimeSpan.FromSeconds(3),
        StreamTexts = 300,
        MoveWindows = 4,
        MoveWindow = TimeSpan.FromSeconds(2.5),
        Overload = TimeSpan.FromSeconds(10),
        CancelledCalls = 1000,
        BesideFit = TimeSpan.FromSeconds(10),
        MemoryCalls = 5000,
        Rollbacks = 200,
        Kills = 3,
        KillDocuments = 15_000,
        Soak = TimeSpan.FromMinutes(2),
    };

    /// <summary>What the targets speak of.</summary>
    public static LoadPlan Full { get; } = new()
    {
        Closed = TimeSpan.FromSeconds(10),
        StreamTexts = 2000,
        MoveWindows = 10,
        MoveWindow = TimeSpan.FromSeconds(10),
        Overload = TimeSpan.FromSeconds(60),
        CancelledCalls = 10_000,
        BesideFit = TimeSpan.FromSeconds(45),
        MemoryCalls = 72_000,
        Rollbacks = 1000,
        Kills = 20,
        KillDocuments = 100_000,
        Soak = TimeSpan.FromMinutes(30),
    };

    /// <summary>Length of a closed loop.</summary>
    public required TimeSpan Closed { get; init; }

    /// <summary>Texts of the stream.</summary>
    public required int StreamTexts { get; init; }

    /// <summary>Windows of each half of the label moves, and of the shadow; every second one is without.</summary>
    public required int MoveWindows { get; init; }

    public required TimeSpan MoveWindow { get; init; }

    public required TimeSpan Overload { get; init; }

    public required int CancelledCalls { get; init; }

    /// <summary>Length of the open loop without a fit, and of those with one.</summary>
    public required TimeSpan BesideFit { get; init; }

    /// <summary>Calls that the server has answered when its memory is read: an hour of twenty a second.</summary>
    public required int MemoryCalls { get; init; }

    public required int Rollbacks { get; init; }

    /// <summary>Times that the server is killed during an upload.</summary>
    public required int Kills { get; init; }

    /// <summary>Documents of that upload.</summary>
    public required int KillDocuments { get; init; }

    public required TimeSpan Soak { get; init; }
}
