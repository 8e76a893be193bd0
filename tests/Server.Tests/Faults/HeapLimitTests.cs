using TopicGrpc.Engine.Topics.Estimation;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Testing;

namespace TopicGrpc.Server.Tests.Faults;

/// <summary>The bound of docs/performance.md: a heap of the estimate and what a process needs without a fit.</summary>
public sealed class HeapLimitTests
{
    private const int Documents = 12_000;
    private const int Dimension = 128;
    private const int TextBytes = 60;

    /// <summary>Heap of a process that does not fit.</summary>
    private const long ProcessBytes = 32 << 20;

    [Fact]
    public async Task Fit_HeapOfTheEstimate_Succeeds()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The child process is started by a shell.");
        using TempFolder folder = new();
        FitWorkload workload = new(Documents, Documents * TextBytes, Dimension, new TopicModelOptions(), Environment.ProcessorCount);
        long bound = FitEstimator.Estimate(workload).PeakBytes + ProcessBytes;

        Assert.InRange(await ChildServer.FitAsync(folder.Path, Documents, bound) ?? 0, 2, Documents);
    }

    [Fact]
    public async Task Fit_HeapFarBelowTheEstimate_EndsTheProcess()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The child process is started by a shell.");
        using TempFolder folder = new();

        Assert.Null(await ChildServer.FitAsync(folder.Path, Documents, 8 << 20));
    }
}
