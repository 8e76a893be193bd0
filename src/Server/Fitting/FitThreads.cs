using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Server.Scheduling;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// How many threads a fit may compute on. By default all cores while nobody asks for predictions, and one less as soon as somebody does: a
/// call that finds a free core waits for no other thread. It never changes a result.
/// </summary>
internal sealed class FitThreads(IOptions<FitOptions> options, CallWatch calls)
{
    /// <summary>Threads that are kept for it.</summary>
    public int Most => options.Value.Threads > 0 ? options.Value.Threads : Environment.ProcessorCount;

    /// <summary>What a stage that begins now may use.</summary>
    public ComputeOptions Compute => new() { Threads = options.Value.Threads == 0 && calls.IsAwake ? Math.Max(1, Most - 1) : Most };
}
