using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Server.Scheduling;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// The number of threads that a fit computes on. By default all cores while no predictions arrive, and one less as soon as they do, so that
/// a call finds a free core. The number never changes a result.
/// </summary>
internal sealed class FitThreads(IOptions<FitOptions> options, CallWatch calls)
{
    /// <summary>Most threads a fit may use.</summary>
    public int Most => options.Value.Threads > 0 ? options.Value.Threads : Environment.ProcessorCount;

    /// <summary>Threads for a stage that starts now.</summary>
    public ComputeOptions Compute => new() { Threads = options.Value.Threads == 0 && calls.IsAwake ? Math.Max(1, Most - 1) : Most };
}
