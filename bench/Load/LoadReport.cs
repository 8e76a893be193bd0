namespace TopicGrpc.Load;

/// <summary>Figures of one precision. Server and client share the process and its cores.</summary>
internal sealed record LoadReport
{
    public required string Precision { get; init; }

    public required int Documents { get; init; }

    public required int Topics { get; init; }

    /// <summary>Tokens of the text predicted, the encoder's two special ones included.</summary>
    public required int Tokens { get; init; }

    public required CallFigures OneInFlight { get; init; }

    /// <summary>Server's time beyond tokenisation, inference and assignment.</summary>
    public required double ServerShareP50Milliseconds { get; init; }

    public required double InferenceP50Milliseconds { get; init; }

    public required CallFigures EightInFlight { get; init; }

    public required CallFigures EmbeddingOneInFlight { get; init; }

    public required CallFigures EmbeddingThirtyTwoInFlight { get; init; }

    public required double StreamTextsPerSecond { get; init; }

    public required CallFigures OpenLoop { get; init; }

    public required CallFigures OpenLoopWithMoves { get; init; }

    public required int Moves { get; init; }

    /// <summary>p99 beside label moves over p99 without.</summary>
    public required double P99Ratio { get; init; }

    /// <summary>Answers of the open loop with moves by neither of the two versions.</summary>
    public required int AnswersByOthers { get; init; }

    /// <summary>Memory of the process, client included.</summary>
    public required double ResidentMegabytes { get; init; }
}
