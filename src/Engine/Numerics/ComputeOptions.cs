namespace TopicGrpc.Engine.Numerics;

/// <summary>How much of the machine a stage may use. Never changes a result: every stage gives the same bits for any number of threads.</summary>
public sealed record ComputeOptions
{
    /// <summary>All cores.</summary>
    public static ComputeOptions Default { get; } = new();

    /// <summary>Threads, 1 or more. Default: the number of cores.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
