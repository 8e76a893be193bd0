namespace TopicGrpc.Engine.Numerics;

/// <summary>Resources of a stage. They never change a result: every stage returns the same bits for any number of threads.</summary>
public sealed record ComputeOptions
{
    /// <summary>One thread for each core.</summary>
    public static ComputeOptions Default { get; } = new();

    /// <summary>Number of threads, 1 or more. Default: the number of cores.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;
}
